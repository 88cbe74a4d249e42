"""Every URL × role × object × method, driven. One module, so that its world is built once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.urls import resolve, reverse

from tests import database
from tests.access import guess, matrix
from tests.access.drive import Driver, addresses, word
from tests.access.world import CANARY, ELSEWHERE, HERE, World
from vetting.accounts.roles import ROLES, Role
from vetting.audit.models import Event

pytestmark = pytest.mark.slow
LINES = matrix.read()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
}
INLINE = re.compile(rb"<style[\s>]|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
# Whose own pages differ: what an account without case content must never be shown.
BLIND = [role.value for role, info in ROLES.items() if not info.case_content]


@pytest.fixture(scope="module")
def driver(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Driver]:
    """A database of its own with real commits, in which every request is taken back."""
    connection = connections["default"]
    before, files = connection.settings_dict["NAME"], settings.FILES_ROOT
    name = f"{before}_access"
    with django_db_blocker.unblock():
        database.clone(name)
        _use(name)
        settings.FILES_ROOT = Path(tmp_path_factory.mktemp("files"))
        try:
            yield Driver(World())
        finally:
            settings.FILES_ROOT = files
            connections.close_all()
            _use(before)
            database.drop(name)


def _use(name: str) -> None:
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = name


def by_url(lines: list[matrix.Line]) -> dict[str, list[matrix.Line]]:
    found: dict[str, list[matrix.Line]] = {}
    for line in lines:
        found.setdefault(line.url, []).append(line)
    return found


def test_every_url_is_listed_and_nothing_else():
    assert set(addresses()) - {line.url for line in LINES} == set(), "unlisted: see python -m tests.access"
    assert {line.url for line in LINES} - set(addresses()) == set(), "listed, but no such URL"


def test_every_method_a_page_serves_is_listed():
    served = {(url, method) for url, method, _thing in guess.asked()}
    assert served - {(line.url, line.method) for line in LINES} == set()


def test_no_line_stands_twice():
    keys = [(line.url, line.method, line.object) for line in LINES]
    assert sorted(keys) == sorted(set(keys))


def test_a_form_opens_only_to_whom_it_may_be_sent_by():
    """Whoever may not is told who may before anything is typed, not after."""
    asked = {(line.url, line.object, line.method): line for line in LINES}
    opens = [line for line in LINES if line.method == "GET"]
    sent = [(line, asked.get((line.url, line.object, "POST"))) for line in opens]
    assert [str(line) for line, form in sent if form and line.allowed != form.allowed] == []


@pytest.mark.parametrize("url", sorted(by_url(LINES)))
def test_each_role_meets_what_the_table_says(driver, url):
    wrong = []
    for line in by_url(LINES)[url]:
        for role in matrix.ROLES:
            met = driver.as_role(line, role)
            if met != line.cells[role]:
                wrong.append(f"{line}: {role} meets {met or 'refused'}, not {line.cells[role] or 'refused'}")
    assert wrong == []


@pytest.mark.parametrize("url", sorted(by_url(LINES)))
def test_another_district_strangers_and_those_kept_out(driver, url):
    wrong = []
    for line in by_url(LINES)[url]:
        address = driver.at(line)
        anonymous = word(driver.ask(None, line.method, address)).replace("x", "open")
        if anonymous != line.anonymous:
            wrong.append(f"{line}: nobody signed in meets {anonymous}")
        for role in line.allowed:
            met = driver.as_role(line, role, code=ELSEWHERE).replace("x", "own")
            if met != line.elsewhere:
                wrong.append(f"{line}: {role} of another district meets {met or 'refused'}")
        if line.out and (met := word(driver.ask(driver.world.recused, line.method, address))) != line.out:
            wrong.append(f"{line}: whoever has a conflict of interest meets {met}")
    assert wrong == []


@pytest.mark.parametrize("url", sorted(by_url(LINES)))
def test_other_methods_are_not_served(driver, url):
    lines = by_url(LINES)[url]
    listed = {line.method for line in lines}
    person = driver.world.people[HERE][(lines[0].allowed or [Role.GRANT_OFFICER.value])[0]]
    for method in METHODS:
        if method not in listed and not url.startswith("account_"):  # allauth's own pages about oneself
            status = driver.ask(person, method, driver.at(lines[0])).status
            assert status in {403, 404, 405}, f"{method} {url}: {status}"


@pytest.mark.parametrize("url", sorted({line.url for line in LINES if line.method == "GET" and line.allowed}))
def test_every_page_carries_the_headers_and_nothing_inline(driver, url):
    line = next(line for line in LINES if line.url == url and line.method == "GET" and line.allowed)
    answer = driver.ask(driver.world.people[HERE][line.allowed[0]], "GET", driver.at(line))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    if url == "serve-file":
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        return
    sent = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert sent == POLICY
    if answer.headers["Content-Type"].startswith("text/html"):
        assert not (found := INLINE.search(answer.body)), answer.body[found.start() - 80 : found.end() + 80]


# Where people go on from: what stands here leads to nearly every other page.
HUBS = (
    "start",
    "list-cases",
    "show-case",
    "show-review",
    "show-consultations",
    "show-hearings",
    "show-documents",
    "show-decisions",
    "show-letter",
    "list-associations",
    "show-association",
    "list-programmes",
    "show-programme",
    "show-round",
    "list-decision-rules",
    "show-delegation",
    "show-letter-template",
    "list-meetings",
    "show-meeting",
)


@pytest.mark.parametrize("role", matrix.ROLES)
def test_no_page_leads_to_a_door_that_is_closed(driver, role):
    """Whoever may not is told on the page itself; a link never ends in a refusal."""
    closed = []
    hubs = [line for line in LINES if line.url in HUBS and line.method == "GET" and line.cells[role] == "x"]
    others = [
        driver.world.case(state).key for state in ("draft", "formal_check", "proposed", "before_board", "granted")
    ]
    others.append(driver.world.arguments("<uuid:key>", "rental in received")["key"])
    case_pages = {"show-case", "show-decisions"}
    pages = [driver.at(line) for line in hubs]
    pages += [reverse(line.url, args=[key]) for line in hubs if line.url in case_pages for key in others]
    for page in dict.fromkeys(pages):
        body = driver.ask(driver.world.people[HERE][role], "GET", page).body.decode()
        for address in dict.fromkeys(re.findall(r'href="(/[^"#?]*)', body)):
            if not address.startswith(settings.STATIC_URL) and _refused(address, role):
                closed.append(f"{page} leads to {address}")
    assert closed == []


def _refused(address: str, role: str) -> bool:
    found = resolve(address)
    lines = [line for line in by_url(LINES).get(found.url_name, []) if line.method == "GET"]
    if found.url_name == "take-step":
        lines = [line for line in lines if line.object == f"step {found.kwargs['action']}"]
    return bool(lines) and all(line.cells[role] != "x" for line in lines)


def test_the_canary_sits_where_case_content_is_shown(driver):
    assert CANARY.encode() in _body(driver, "grant_officer", _line("show-case"))


@pytest.mark.parametrize("role", BLIND)
def test_who_sees_no_cases_is_shown_nothing_of_them(driver, role):
    """The canary stands in the application of the case that the pages are asked about."""
    pages = [line for line in LINES if line.method == "GET"]
    assert [str(line) for line in pages if CANARY.encode() in _body(driver, role, line)] == []


def _line(url: str) -> matrix.Line:
    return next(line for line in LINES if line.url == url)


def _body(driver: Driver, role: str, line: matrix.Line) -> bytes:
    return driver.ask(driver.world.people[HERE][role], "GET", driver.at(line)).body


def test_a_refusal_is_logged_with_who_and_where(driver):
    person = driver.world.people[HERE]["system_admin"]
    before = Event.objects.filter(verb="access.refused", actor=person.reference).count()
    assert driver.client(person).get("/arenden/").status_code == 403
    events = Event.objects.filter(verb="access.refused", actor=person.reference)
    assert events.count() == before + 1
    assert b"list-cases" in bytes(events.latest("id").canonical)
