"""`/healthz` and `/readyz`: what they answer when all is well, and which part they name when it is not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from vetting.jobs.models import Heartbeat
from vetting.jobs.services import carry_signs
from vetting.kernel import clock


@pytest.fixture
def signs(db: None) -> None:
    for name in ("worker", "beat"):
        Heartbeat.objects.create(name=name, at=clock.now())


def ask(client: Client) -> tuple[int, dict[str, dict[str, object]]]:
    answer = client.get("/readyz")
    assert answer["Cache-Control"].startswith("max-age=0")
    return answer.status_code, answer.json()["parts"]


def test_healthz_answers_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_readyz_is_200_when_every_part_is_ok(client: Client, signs: None) -> None:
    status, parts = ask(client)
    assert status == 200
    assert parts == {name: {"ok": True} for name in ("database", "migrations", "worker", "beat")}


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_readyz_names_the_process_that_has_fallen_silent(client: Client, signs: None, name: str) -> None:
    Heartbeat.objects.filter(name=name).update(at=clock.now() - timedelta(seconds=16))
    status, parts = ask(client)
    assert status == 503
    assert [part for part, state in parts.items() if not state["ok"]] == [name]
    assert "16 seconds" in str(parts[name]["why"])


def test_readyz_says_that_nothing_was_heard_yet(client: Client, db: None) -> None:
    status, parts = ask(client)
    assert status == 503
    assert parts["worker"]["why"] == "no sign of life yet"


def test_readyz_names_a_missing_migration(client: Client, signs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting.health.known_migrations", lambda: frozenset({"jobs.0001_initial", "jobs.9999_next"}))
    status, parts = ask(client)
    assert status == 503
    assert "1 not applied, the first is jobs.9999_next" in str(parts["migrations"]["why"])


def test_readyz_names_a_database_that_does_not_answer(
    client: Client, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    connection.close()
    with django_db_blocker.unblock():
        status, parts = ask(client)
    assert status == 503
    assert "does not answer" in str(parts["database"]["why"])


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_open_but_read_only(client: Client, signs: None, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


def test_a_clock_moved_forward_makes_nobody_silent(client: Client, signs: None, monkeypatch: Any) -> None:
    Heartbeat.objects.filter(name="beat").update(at=clock.now() - timedelta(seconds=16))
    a_month = timedelta(days=30)
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + a_month)
    carry_signs(a_month)
    _status, parts = ask(client)
    assert [name for name, part in parts.items() if not part["ok"]] == ["beat"]
