"""Drafts, publishing by a second person, and what the database refuses (docs/adr/0010)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from applications.grants.models import ProgrammeVersion
from applications.grants.programmes.services.drafts import create_programme, save_draft, start_draft
from applications.grants.programmes.services.publish import publish_version
from applications.grants.programmes.terms.stored import terms_of
from tests.factories import people, programmes
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow, Stale

pytestmark = pytest.mark.django_db


def publish(version, actor=None, day=None, revision=None):
    return publish_version(
        actor=actor or people.actor(Role.UNIT_HEAD),
        version=version,
        valid_from=day or clock.today(),
        revision=version.revision if revision is None else revision,
    )


def next_draft(version, **more):
    draft = start_draft(actor=people.actor(Role.GRANT_OFFICER), programme=version.programme)
    return save_draft(
        actor=people.actor(Role.GRANT_OFFICER),
        version=draft,
        terms=programmes.terms(**more),
        revision=draft.revision,
    )


def test_a_new_version_ends_the_former_the_day_before_and_both_stay_readable():
    first = programmes.published(amounts={"cap_kr": 10_000})
    second = next_draft(first, amounts={"cap_kr": 20_000}, name={"sv": "Nytt namn", "en": "New name"})
    assert second.number == 2
    day = clock.today() + timedelta(days=40)
    publish(second, day=day)
    first.refresh_from_db()
    second = ProgrammeVersion.objects.select_related("programme").get(pk=second.pk)
    assert (first.valid_to, second.valid_from, second.valid_to) == (day - timedelta(days=1), day, None)
    assert [terms_of(one).amounts.cap_kr for one in (first, second)] == [10_000, 20_000]
    assert second.programme.name_sv == "Nytt namn"
    valid = ProgrammeVersion.objects.filter(programme=first.programme)
    assert list(valid.valid_on(day - timedelta(days=1))) == [first]
    assert list(valid.valid_on(day)) == [second]


def test_starting_a_draft_twice_gives_the_same_draft():
    version = programmes.published()
    officer = people.actor(Role.GRANT_OFFICER)
    one = start_draft(actor=officer, programme=version.programme)
    other = start_draft(actor=people.actor(Role.UNIT_HEAD), programme=version.programme)
    assert one == other
    assert one.content == version.content


def test_who_wrote_in_a_draft_cannot_publish_it_even_as_one_of_several():
    head, other = people.actor(Role.UNIT_HEAD), people.actor(Role.UNIT_HEAD)
    version = programmes.draft(by=head)
    version = save_draft(actor=other, version=version, terms=programmes.terms(as_of=2026), revision=1)
    for writer in (head, other):
        with pytest.raises(NotNow) as caught:
            publish(version, actor=writer)
        assert caught.value.code == "second_person"
    publish(version, actor=people.actor(Role.DEPARTMENT_HEAD))


def test_the_right_to_write_and_to_publish():
    version = programmes.draft()
    with pytest.raises(NotAllowed):
        publish(version, actor=people.actor(Role.GRANT_OFFICER))
    with pytest.raises(NotAllowed):
        publish(version, actor=people.actor(Role.UNIT_HEAD, at=people.district("SÖD")))
    with pytest.raises(NotAllowed):
        save_draft(
            actor=people.actor(Role.SECOND_READER), version=version, terms=programmes.terms(as_of=2026), revision=1
        )
    with pytest.raises(NotAllowed):
        create_programme(
            actor=people.actor(Role.CONTROLLER), district=people.district(), code="x", terms=programmes.terms()
        )


def test_no_rule_holds_before_today_or_before_the_former_one():
    version = programmes.draft()
    with pytest.raises(Invalid) as caught:
        publish(version, day=clock.today() - timedelta(days=1))
    assert list(caught.value.fields) == ["valid_from"]
    publish(version, day=clock.today() + timedelta(days=30))
    second = next_draft(version, as_of=2027)
    with pytest.raises(Invalid):
        publish(second, day=clock.today() + timedelta(days=30))
    publish(second, day=clock.today() + timedelta(days=31))


def test_what_was_not_seen_is_not_written_over_and_not_published():
    version = programmes.draft()
    officer = people.actor(Role.GRANT_OFFICER)
    save_draft(actor=officer, version=version, terms=programmes.terms(as_of=2026), revision=1)
    with pytest.raises(Stale) as caught:
        save_draft(actor=officer, version=version, terms=programmes.terms(as_of=2025), revision=1)
    assert (caught.value.data["seen"], caught.value.data["current"]) == (1, 2)
    with pytest.raises(Stale):
        publish(version, revision=1)
    fresh = publish(version, revision=2)
    with pytest.raises(NotNow) as caught:
        save_draft(actor=officer, version=fresh, terms=programmes.terms(as_of=2024), revision=2)
    assert caught.value.code == "published"


def test_saving_what_stands_there_already_changes_nothing():
    version = programmes.draft()
    events = Event.objects.count()
    same = save_draft(actor=people.actor(Role.UNIT_HEAD), version=version, terms=programmes.terms(), revision=1)
    assert (same.revision, len(same.edited_by)) == (1, 1)
    assert Event.objects.count() == events


REFUSED = {
    "content of a published version": "UPDATE grants_programmeversion SET content = '{}' WHERE id = {id}",
    "its first day": "UPDATE grants_programmeversion SET valid_from = '2020-01-01' WHERE id = {id}",
    "unpublishing": "UPDATE grants_programmeversion SET status = 'draft' WHERE id = {id}",
    "its editors": "UPDATE grants_programmeversion SET edited_by = '[]' WHERE id = {id}",
    "deleting it": "DELETE FROM grants_programmeversion WHERE id = {id}",
    "deleting all": "TRUNCATE grants_programmeversion CASCADE",
    "deleting the programme": "DELETE FROM grants_programme",
    "two in force": (
        "INSERT INTO grants_programmeversion SELECT nextval('grants_programmeversion_id_seq'), code, 99, status,"
        " is_example, content, digest, valid_from, valid_to, drafted_by, published_by, published_at,"
        " gen_random_uuid(), edited_by, revision, source, created_at, programme_id"
        " FROM grants_programmeversion WHERE id = {id}"
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(what):
    version = programmes.published()
    statement = REFUSED[what].replace("{id}", str(version.pk))
    refusal = pytest.raises(DatabaseError, match=r"refused|conflicting|permission denied")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    version.refresh_from_db()
    assert version.is_published


@pytest.mark.parametrize("publisher", ["drafter", "system:import"])
def test_the_database_refuses_publishing_by_a_writer_or_by_the_system(publisher):
    version = programmes.draft()
    by = version.drafted_by if publisher == "drafter" else publisher
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE grants_programmeversion SET status = 'published', published_by = %s, digest = 'x',"
            " valid_from = '2026-01-01', published_at = '2026-01-01' WHERE id = %s",
            [by, version.pk],
        )


def test_a_frozen_content_of_the_first_format_is_still_read():
    """Content as it was stored when the format was new. A change to the types must keep reading it (docs/adr/0010)."""
    stored = {
        "name": {"sv": "Stöd", "en": "Support"},
        "extra_pots": False,
        "window": {"kind": "yearly", "closes": "01-29", "closes_time": "12:00", "postmark_counts": False},
        "late": {"rule": "reduced", "percent": "10", "each": "started_week"},
        "applicants": {
            "orgnr_required": True,
            "own_giro": True,
            "documented_activity": False,
            "seat_in_area": False,
            "not_in_arrears": False,
            "member_list_may_be_asked_for": False,
        },
        "amounts": {"cap_kr": "100000", "fixed_kr": ["25000", "50000"]},
        "handling": {
            "frame": "laglighetsprovning",
            "completion_days": 14,
            "hearing_days": 14,
            "keep_identity_copy": False,
            "second_reader": {
                "always": ["adverse", "special_reasons", "in_depth", "changed_giro", "first_time"],
                "over_kr": "50000",
                "share_percent": "20",
            },
        },
        "criteria": [{"point": "1", "title": {"sv": "A", "en": "A"}, "text": {"sv": "A", "en": "A"}}],
        "clauses": {"repayment": {"sv": "A", "en": "A"}, "interest": {"sv": "A", "en": "A"}},
    }
    terms = terms_of(ProgrammeVersion(code="x", number=1, content=stored))
    assert str(terms.window.closes_time) == "12:00:00"
    assert terms.handling.second_reader.over_kr == 50_000


def test_publishing_follows_the_clock_of_stockholm():
    with time_machine.travel("2026-06-30T22:30:00+00:00", tick=False):
        version = programmes.draft()
        publish(version, day=date(2026, 7, 1))  # it is July in Stockholm
    version.refresh_from_db()
    assert version.valid_from == date(2026, 7, 1)
