"""Double clicks over HTTP, each on a connection of its own: one effect, one answer for all (trust F1)."""

import http.client
import re
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from applications.cases.models import StateChange
from applications.decisions.models import BoardItem, Decision
from applications.decisions.services.register_outcome import register_outcome
from applications.examples.scenarios.grant_case import ROUTES, GrantCase
from tests.browser.server import served
from tests.factories import grants
from tests.threads import at_once
from vetting.accounts.actors import Actor
from vetting.accounts.models import User
from vetting.jobs.models import Job

pytestmark = pytest.mark.race
THREADS, ROUNDS = 8, 3
HIDDEN = re.compile(r'name="(version|proposal_version|csrfmiddlewaretoken)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def office(real_db):
    with transaction.atomic():
        return grants.office()


@pytest.fixture
def site(office) -> Iterator[str]:
    with served() as address:
        yield address


def walked(office, state: str) -> GrantCase:
    with transaction.atomic():
        walk = grants.grant(office)
    for step in ROUTES[state]:
        with transaction.atomic():
            step(walk)
    return walk


class Browser:
    """A signed-in person; every request goes over a connection of its own."""

    def __init__(self, site: str, actor: Actor) -> None:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        self.host, self.cookies = urlsplit(site).netloc, {name: one.value for name, one in client.cookies.items()}

    def send(self, method: str, path: str, body: dict | None = None) -> tuple[int, str, str]:
        wire = http.client.HTTPConnection(self.host, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://{self.host}/"}
        wire.request(method, path, urlencode(body) if body is not None else None, headers)
        answer = wire.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and method == "GET":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        content = answer.read().decode()
        wire.close()
        return answer.status, content, answer.getheader("Location") or ""

    def form(self, path: str, **said: str) -> dict[str, str]:
        status, page, _to = self.send("GET", path)
        assert status == 200
        return dict(HIDDEN.findall(page)) | {"idempotency_key": str(uuid.uuid4())} | said


def clicked(browser: Browser, path: str, **said: str) -> list[tuple[int, str]]:
    """What the eight clicks on one form were answered."""
    sent = browser.form(path, **said)
    found = at_once(THREADS, lambda _: browser.send("POST", path, sent))
    return [(status, to) for status, _page, to in found]


def tried(prepare: Callable[[], tuple[GrantCase, Browser, str, dict]], action: str) -> list[GrantCase]:
    done = []
    for _ in range(ROUNDS):
        walk, browser, path, said = prepare()
        answers = clicked(browser, path, **said)
        assert {status for status, _to in answers} == {302}, answers
        assert len({to for _status, to in answers}) == 1
        changes = StateChange.objects.filter(subject_type="case", subject_id=walk.pk, action=action)
        assert changes.count() == 1
        done.append(walk)
    return done


def test_submit(office, site):
    def prepare():
        walk = walked(office, "draft")
        said = {"officer": str(office.officer.user_id)}
        return walk, Browser(site, office.officer), reverse("receive-application", args=[walk.case.key]), said

    numbers = [walk.case.number for walk in tried(prepare, "submit")]
    assert len(set(numbers)) == ROUNDS and [int(one[-4:]) for one in numbers] == list(range(1, ROUNDS + 1))


def test_start_review(office, site):
    def prepare():
        walk = walked(office, "formal_check")
        with transaction.atomic():
            walk.answer_all()
        path = reverse("take-step", args=[walk.case.key, "start_review"])
        return walk, Browser(site, office.officer), path, {"comment": ""}

    tried(prepare, "start_review")


def test_grant(office, site):
    def prepare():
        walk = walked(office, "proposed")
        walk.declare(office.unit_head)
        return walk, Browser(site, office.unit_head), reverse("decide-proposal", args=[walk.case.key]), {}

    for walk in tried(prepare, "grant"):
        assert Decision.objects.filter(case_id=walk.pk).count() == 1
    assert Job.objects.filter(kind="decision.letter").count() == ROUNDS


def test_register_the_boards_decision(office, site):
    def prepare():
        walk = walked(office, "before_board")
        return walk, Browser(site, office.secretary), reverse("register-board-decision", args=[walk.case.key]), {}

    for _ in range(ROUNDS):
        walk, browser, path, _said = prepare()
        before = BoardItem.objects.get(case_id=walk.pk).version
        answers = clicked(browser, path, outcome="bifall", paragraph="12")
        assert {status for status, _to in answers} == {302} and len({to for _status, to in answers}) == 1
        assert BoardItem.objects.get(case_id=walk.pk).version == before + 1


def test_record_the_boards_decision(office, site):
    def prepare():
        walk = walked(office, "before_board")
        item = BoardItem.objects.get(case_id=walk.pk)
        said = {"outcome": "bifall", "paragraph": "12"}
        register_outcome(case=walk.case, actor=office.secretary, values=said, expected_version=item.version)
        return walk, Browser(site, office.secretary), reverse("record-board-decision", args=[walk.case.key]), {}

    for walk in tried(prepare, "grant"):
        assert Decision.objects.filter(case_id=walk.pk).count() == 1
