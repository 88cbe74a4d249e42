"""Asking one page as one person, and saying in the table's words what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.matrix import ROLES, Line
from tests.access.world import ELSEWHERE, HERE, World
from tests.architecture.test_urls import patterns
from vetting.accounts.models import User

REACHED = {200, 302, 303, 400, 409, 422}
LOGIN = "/konto/logga-in/"


def addresses() -> dict[str, str]:
    """URL name → pattern."""
    return {str(entry.name): address for address, entry in patterns()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to its end."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, response: Any, path: str) -> "Answer":
        body = b"".join(response.streaming_content) if response.streaming else response.content
        response.close()
        return cls(path, response.status_code, response.headers, body)


class Driver:
    """Keeps everybody signed in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients: dict[str, Client] = {}
        self.places: dict[tuple[str, str], str] = {}

    def client(self, user: User | None) -> Client:
        name = user.username if user else ""
        if name not in self.clients:
            self.clients[name] = Client(raise_request_exception=False)
            if user is not None:
                self.clients[name].force_login(user)
        return self.clients[name]

    def at(self, line: Line) -> str:
        """The address of the line's object."""
        place = (line.url, line.object)
        if place not in self.places:
            given = self.world.arguments(addresses()[line.url], line.object)
            self.places[place] = reverse(line.url, kwargs=given)
        return self.places[place]

    def ask(self, user: User | None, method: str, address: str) -> Answer:
        """One request whose effects are taken back."""
        client = self.client(user)
        signed_in = client.cookies.copy()
        try:
            with transaction.atomic():
                raise _Back(Answer.of(getattr(client, method.lower())(address), address))
        except _Back as back:
            client.cookies = signed_in  # signing out is taken back too
            return back.answer

    def as_role(self, line: Line, role: str, *, code: str = HERE) -> str:
        return word(self.ask(self.world.people[code][role], line.method, self.at(line)))

    def probe(self, url: str, method: str, thing: str) -> Line:
        """What the page answers now, as a line of the table."""
        line = Line(url, method, thing, "", "", "", dict.fromkeys(ROLES, ""))
        cells = {role: self.as_role(line, role) for role in ROLES}
        anonymous = word(self.ask(None, method, self.at(line)))
        far = {self.as_role(line, role, code=ELSEWHERE) for role in ROLES if cells[role] == "x"}
        out = word(self.ask(self.world.recused, method, self.at(line))) if "in review" in thing else ""
        return Line(
            url,
            method,
            thing,
            "open" if anonymous == "x" else anonymous,
            "/".join(sorted(far)).replace("x", "own"),
            out,
            cells,
        )


class _Back(Exception):
    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def word(answer: Answer) -> str:
    """`x`, empty (refused), `404`, `login`, or the bare status where the table has no word for it."""
    status = answer.status
    if status == 302 and answer.headers["Location"].startswith(LOGIN + "?next="):
        return "login"
    if status in REACHED or (status == 503 and answer.path == "/readyz"):
        return "x"
    return "" if status == 403 else str(status)
