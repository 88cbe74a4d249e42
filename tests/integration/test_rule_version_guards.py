"""No rule is put in force round its second person: plain SQL as the app's own role, on every table of versions."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from applications.decisions.models import DelegationVersion, LetterTemplateVersion
from applications.decisions.services.rule_versions import draft_delegation, draft_letter, publish_rule, sign_letter
from checklists.definitions import shipped_content
from checklists.services.draft_version import draft_version
from checklists.services.publish_version import publish_version
from tests.factories import grants, obligations, people, programmes, rentals
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.errors import NotNow
from vetting.kernel.versions import VersionedRule

pytestmark = pytest.mark.django_db

TABLES = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if issubclass(model, VersionedRule) and model._meta.app_label != "trial"
)
PUBLISH = (
    "status = 'published', published_at = '2026-01-01', valid_from = '2099-01-01',"
    " digest = repeat('a', 64), published_by = '{by}'"
)
MINE, THEIRS = "user:11111111-1111-4111-8111-111111111111", "user:22222222-2222-4222-8222-222222222222"


def run(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
        return cursor.rowcount


def refused(statement: str, words: str = "is refused|permission denied") -> None:
    with pytest.raises(DatabaseError, match=words):
        run(statement)


@pytest.fixture
def rules():
    """A published example of every table (the office's own), from which drafts are made."""
    office = grants.office()
    programmes.published(at=office.district)
    obligations.obligation(district=office.district)
    rentals.venue(office.district)
    return office


@pytest.fixture(params=TABLES)
def draft(request, rules):
    """The id of a draft that MINE wrote, in each table in turn."""
    table = request.param
    if table == "grants_programmeversion":
        more = f", 'edited_by', jsonb_build_array('{MINE}'), 'key', gen_random_uuid()"
    else:
        more = ", 'key', gen_random_uuid()" if table.startswith("rentals_") else ""
    more += ", 'signed_by', '', 'signed_at', null" if table == "decisions_lettertemplateversion" else ""
    run(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(null::{table}, to_jsonb(v) || jsonb_build_object("
        f"'id', v.id + 100000, 'number', v.number + 50, 'status', 'draft', 'is_example', false, 'drafted_by', '{MINE}',"
        f" 'published_by', '', 'published_at', null, 'valid_from', null, 'valid_to', null{more}))).*"
        f" FROM {table} v ORDER BY id LIMIT 1"
    )
    return table


def test_a_draft_is_not_published_by_who_wrote_it(draft):
    refused(f"UPDATE {draft} SET {PUBLISH.format(by=MINE)} WHERE id > 100000", "second")


def test_nor_as_an_example(draft):
    refused(f"UPDATE {draft} SET is_example = true, {PUBLISH.format(by=MINE)} WHERE id > 100000")
    refused(f"UPDATE {draft} SET is_example = true WHERE id > 100000", "does not become an example")
    refused(f"UPDATE {draft} SET drafted_by = '{THEIRS}' WHERE id > 100000", "whose it is")


def test_nor_by_the_system(draft):
    refused(f"UPDATE {draft} SET {PUBLISH.format(by='system:examples')} WHERE id > 100000", "a person|human_publishes")


def test_nor_with_other_words_than_were_read(draft):
    refused(f"UPDATE {draft} SET content = '{{}}' WHERE id > 100000")
    refused(f"UPDATE {draft} SET content = '{{}}', {PUBLISH.format(by=THEIRS)} WHERE id > 100000")


def test_no_version_begins_published(draft):
    again = "to_jsonb(v) || jsonb_build_object('id', v.id + 200000, 'number', v.number + 60)"
    refused(
        f"INSERT INTO {draft} SELECT (jsonb_populate_record(null::{draft}, {again})).* FROM {draft} v"
        " WHERE status = 'published' LIMIT 1",
        "begins as a draft",
    )


def test_neither_a_draft_nor_a_version_is_deleted(draft):
    refused(f"DELETE FROM {draft} WHERE id > 100000")
    refused(f"DELETE FROM {draft} WHERE id < 100000")
    refused(f"TRUNCATE {draft} CASCADE")


def test_what_has_ended_does_not_hold_again(draft):
    run(f"UPDATE {draft} SET valid_to = '2098-12-31' WHERE status = 'published'")
    refused(f"UPDATE {draft} SET valid_to = NULL WHERE status = 'published'", "not taken back")
    refused(f"UPDATE {draft} SET valid_to = '2099-06-30' WHERE status = 'published'", "not taken back")


def test_a_signed_letter_stands():
    office = grants.office()
    lawyer = people.actor(Role.LAWYER, at=office.district)

    shipped = LetterTemplateVersion.objects.filter(district=office.district).first()
    letter = draft_letter(district=office.district, code=shipped.code, content=shipped.content, actor=lawyer)
    refused("UPDATE decisions_lettertemplateversion SET content = '{}' WHERE status = 'draft'", "drafted anew")
    sign_letter(version=letter, actor=lawyer)
    refused("UPDATE decisions_lettertemplateversion SET content = '{}' WHERE status = 'draft'", "drafted anew")
    refused("UPDATE decisions_lettertemplateversion SET signed_by = '', signed_at = NULL WHERE signed_by <> ''")
    refused(
        f"UPDATE decisions_lettertemplateversion SET signed_by = '{MINE}' WHERE signed_by <> ''", "signature stands"
    )


def test_the_system_publishes_examples_alone():
    office, system = grants.office(), system_actor("examples")

    shipped = DelegationVersion.objects.filter(district=office.district).first()
    table = draft_delegation(district=office.district, code=shipped.code, content=shipped.content, actor=system)
    day = clock.today()
    with pytest.raises(NotNow):
        publish_rule(version=table, actor=system, valid_from=day)
    questions = draft_version(content=shipped_content("association"), actor=system)
    with pytest.raises(NotNow):
        publish_version(version=questions, actor=system, valid_from=date(day.year + 1, 1, 1))


def test_who_drafted_an_example_does_not_publish_it():
    office = grants.office()

    head = people.actor(Role.UNIT_HEAD, at=office.district)
    shipped = DelegationVersion.objects.filter(district=office.district).first()
    table = draft_delegation(
        district=office.district, code=shipped.code, content=shipped.content, actor=head, is_example=True
    )
    with pytest.raises(NotNow, match="annan person"):
        publish_rule(version=table, actor=head, valid_from=clock.today())
