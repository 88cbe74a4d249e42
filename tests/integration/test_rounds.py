"""Rounds: pinned to a version, state by dates, what may still be changed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from applications.grants.models import RoundKind
from applications.grants.programmes.rounds import CANCELLED, CLOSED, OPEN, PLANNED, RoundPlan, state_of
from applications.grants.programmes.rules.lateness import deadline_of
from applications.grants.programmes.services.announce import announce_round, cancel_round, change_round
from applications.grants.programmes.services.drafts import start_draft
from applications.grants.programmes.services.publish import publish_version
from applications.grants.programmes.terms.stored import terms_of
from tests.factories import people, programmes
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.clock import STOCKHOLM
from vetting.kernel.errors import Invalid, NotAllowed, NotNow, Stale
from vetting.kernel.labels import Label

pytestmark = pytest.mark.django_db

NAME = Label("Utlysning 2027", "Call 2027")


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


def plan(**more) -> RoundPlan:
    return RoundPlan(**{"name": NAME, "opens_on": date(2026, 4, 1), "closes_on": date(2026, 5, 1), **more})


def at(text: str):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def wrong_fields(version, officer, **more) -> list[str]:
    with pytest.raises(Invalid) as caught:
        announce_round(actor=officer, version=version, plan=plan(**more))
    return sorted(caught.value.fields)


def test_a_round_keeps_its_version_when_the_rules_change(officer):
    version = programmes.published()
    round = announce_round(actor=officer, version=version, plan=plan(pot_kr=Decimal("1000000.50")))
    assert round.programme_version == version
    other = programmes.published(code="annat")
    refusal = pytest.raises(DatabaseError, match="stays with its programme version")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE grants_round SET programme_version_id = %s, programme_id = %s WHERE id = %s",
            [other.pk, other.programme_id, round.pk],
        )


def test_a_round_needs_a_published_version_also_in_the_database(officer):
    draft = programmes.draft()
    with pytest.raises(NotNow):
        announce_round(actor=officer, version=draft, plan=plan())
    version = programmes.published(code="annat")
    round = announce_round(actor=officer, version=version, plan=plan())
    round.pk, round.name_sv, round.programme, round.programme_version = None, "Ny", draft.programme, draft
    with pytest.raises(IntegrityError, match="published programme version"), transaction.atomic():
        round.save(force_insert=True)


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"closes_on": date(2026, 3, 31)}, ["closes_on"]),
        ({"closes_on": None}, ["closes_on"]),
        ({"opens_on": date(2026, 3, 1)}, ["opens_on"]),  # before the version holds
        ({"period_from": date(2027, 1, 1)}, ["period_to"]),
        ({"period_from": date(2027, 2, 1), "period_to": date(2027, 1, 1)}, ["period_to"]),
        ({"meeting_on": date(2026, 4, 30)}, ["meeting_on"]),
        ({"pot_kr": Decimal(-1)}, ["pot_kr"]),
        ({"kind": RoundKind.EXTRA}, ["kind"]),
        ({"form_codes": ("saknas",)}, ["form_codes"]),
    ],
)
def test_what_cannot_be_announced_is_told_by_field(officer, more, fields):
    assert wrong_fields(programmes.published(), officer, **more) == fields


def test_an_extra_pot_where_the_programme_has_them(officer):
    version = programmes.published(extra_pots=True)
    assert announce_round(actor=officer, version=version, plan=plan(kind=RoundKind.EXTRA)).kind == RoundKind.EXTRA


def test_a_rolling_programme_has_rounds_without_a_last_day(officer):
    version = programmes.published(window={"kind": "rolling"})
    round = announce_round(actor=officer, version=version, plan=plan(closes_on=None))
    assert state_of(round, at("2031-01-01T00:00")) is OPEN
    assert deadline_of(round, terms_of(version)).day is None


def test_the_closing_hour_is_the_programmes(officer):
    version = programmes.published(
        window={"kind": "yearly", "closes": "05-01", "closes_time": "12:00", "postmark_counts": False}
    )
    round = announce_round(actor=officer, version=version, plan=plan())
    assert f"{round.closes_time:%H:%M}" == "12:00"
    states = [
        state_of(round, at(moment)).code
        for moment in ("2026-03-31T23:59", "2026-04-01T00:00", "2026-05-01T12:00:59", "2026-05-01T12:01")
    ]
    assert states == ["planned", "open", "open", "closed"]
    assert deadline_of(round, terms_of(version)).postmark_counts is False


def test_two_rounds_of_a_programme_have_different_names(officer):
    version = programmes.published()
    announce_round(actor=officer, version=version, plan=plan())
    assert wrong_fields(version, officer) == ["name_sv"]


def test_before_it_opens_everything_but_the_version_can_change(officer):
    round = announce_round(actor=officer, version=programmes.published(), plan=plan())
    assert state_of(round, clock.now()) is PLANNED
    other = plan(name=Label("Annat", "Other"), opens_on=date(2026, 4, 2), closes_on=date(2026, 4, 20))
    changed = change_round(actor=officer, round=round, plan=other, seen_version=1)
    assert (changed.name_sv, changed.opens_on, changed.version) == ("Annat", date(2026, 4, 2), 2)
    with pytest.raises(Stale):
        change_round(actor=officer, round=round, plan=plan(), seen_version=1)


def test_an_open_call_can_only_be_prolonged(officer):
    round = announce_round(actor=officer, version=programmes.published(), plan=plan())
    with time_machine.travel("2026-04-15T09:00:00+00:00", tick=False):
        with pytest.raises(Invalid) as caught:
            change_round(
                actor=officer,
                round=round,
                plan=plan(opens_on=date(2026, 4, 2), closes_on=date(2026, 4, 30)),
                seen_version=1,
            )
        assert sorted(caught.value.fields) == ["closes_on", "opens_on"]
        longer = plan(closes_on=date(2026, 5, 10), pot_kr=Decimal(500_000), meeting_on=date(2026, 6, 1))
        changed = change_round(actor=officer, round=round, plan=longer, seen_version=1)
        assert (changed.closes_on, changed.pot_kr) == (date(2026, 5, 10), Decimal(500_000))
    with time_machine.travel("2026-05-11T09:00:00+00:00", tick=False):
        assert state_of(changed, clock.now()) is CLOSED
        with pytest.raises(Invalid) as caught:
            change_round(actor=officer, round=round, plan=plan(closes_on=date(2026, 6, 1)), seen_version=2)
        assert "closes_on" in caught.value.fields


def test_a_cancelled_call_stays_cancelled_with_its_reason(officer):
    round = announce_round(actor=officer, version=programmes.published(), plan=plan())
    with pytest.raises(Invalid):
        cancel_round(actor=officer, round=round, reason=" ", seen_version=1)
    cancelled = cancel_round(actor=officer, round=round, reason="Budgeten är inte beslutad.", seen_version=1)
    assert state_of(cancelled, clock.now()) is CANCELLED
    with pytest.raises(NotNow):
        change_round(actor=officer, round=round, plan=plan(), seen_version=2)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE grants_round SET cancelled_at = NULL, cancel_reason = '' WHERE id = %s", [round.pk])


def test_a_closed_call_cannot_be_cancelled(officer):
    round = announce_round(actor=officer, version=programmes.published(), plan=plan())
    with time_machine.travel("2026-05-02T09:00:00+00:00", tick=False), pytest.raises(NotNow):
        cancel_round(actor=officer, round=round, reason="För sent.", seen_version=1)


def test_only_who_may_edit_programmes_in_the_district(officer):
    version = programmes.published()
    for actor in (people.actor(Role.REGISTRAR), people.actor(Role.GRANT_OFFICER, at=people.district("SÖD"))):
        with pytest.raises(NotAllowed):
            announce_round(actor=actor, version=version, plan=plan())


def test_a_version_that_has_ended_announces_nothing_later(officer):
    first = programmes.published()
    draft = start_draft(actor=officer, programme=first.programme)
    publish_version(
        actor=people.actor(Role.UNIT_HEAD),
        version=draft,
        valid_from=clock.today() + timedelta(days=20),
        revision=draft.revision,
    )
    first.refresh_from_db()
    assert wrong_fields(first, officer, opens_on=date(2026, 4, 1)) == ["opens_on"]
    assert announce_round(actor=officer, version=first, plan=plan(opens_on=date(2026, 3, 10)))
