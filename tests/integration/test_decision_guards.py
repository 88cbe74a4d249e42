"""What must never happen to a decision is refused by the database itself: raw SQL with real commits."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from applications.cases import executor
from applications.decisions.models import Announcement, BoardItem, Decision, DecisionLetter, DecisionTrack, Proposal
from applications.decisions.services.decide import decide
from applications.decisions.services.make_letter import make_letter
from tests.database import owner_url
from tests.factories import decisions as given
from vetting.accounts.models import District

pytestmark = pytest.mark.race

COPY = (
    "INSERT INTO decisions_decision SELECT (jsonb_populate_record(null::decisions_decision, to_jsonb(d) ||"
    " jsonb_build_object('id', d.id + 1000, 'key', gen_random_uuid()) || %s::jsonb)).* FROM decisions_decision d"
)
TRACK = (
    "INSERT INTO decisions_decisiontrack (state, version, decision_id, case_id, matter) SELECT 'decided', 1, id,"
    " case_id, matter FROM decisions_decision WHERE id > 1000"
)
STATE = (
    "INSERT INTO cases_statechange (key, subject_type, subject_id, case_id, version, action, from_state, to_state,"
    " actor, role, ground, at, commitment) SELECT gen_random_uuid(), 'decision', id, case_id, {version}, 'x',"
    " '{before}', '{after}', 'user:x', '', '', '2026-01-01', '' FROM decisions_decisiontrack WHERE {which}"
)


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(*(statement if isinstance(statement, tuple) else (statement,)))


@pytest.fixture
def decision(real_db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with transaction.atomic():
        staff = given.staff()
        case = given.case_to_decide(staff["officer"])
        proposal = given.proposal(case, staff["officer"])
        given.declared(case, staff["head"])
    decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    return Decision.objects.get()


@pytest.mark.parametrize(
    "table", ["decisions_decision", "decisions_decisionletter", "decisions_legalforce", "decisions_proposalsave"]
)
@pytest.mark.parametrize("verb", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_records_are_only_added(decision, table, verb):
    with pytest.raises(DatabaseError, match="permission denied|only added"):
        run(verb.format(table))


def test_the_owner_cannot_rewrite_a_decision_either(decision, real_db):
    with (
        psycopg.connect(owner_url(real_db)) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="only added"),
    ):
        owner.execute("UPDATE decisions_decision SET outcome = 'refused', amount = NULL")


@pytest.mark.parametrize(
    "table", ["decisions_proposal", "decisions_boarditem", "decisions_boardmeeting", "decisions_announcement"]
)
def test_nothing_is_deleted(decision, table):
    with pytest.raises(DatabaseError, match="permission denied"):
        run(f"DELETE FROM {table}")


def test_two_decisions_in_force_on_one_matter_are_refused(decision):
    with pytest.raises(IntegrityError, match="decisions_one_in_force"):
        run((COPY, ["{}"]), TRACK)


def test_a_decision_without_a_track_is_refused(decision):
    with pytest.raises(IntegrityError, match="has no track"):
        run((COPY, ["{}"]))


def test_a_track_moved_without_its_row_is_refused(decision):
    with pytest.raises(IntegrityError, match="without a state row"):
        run("UPDATE decisions_decisiontrack SET state = 'final', version = 2")


def test_a_decision_is_not_called_corrected_without_another(decision):
    with pytest.raises(IntegrityError, match="replaced by none"):
        run(
            STATE.format(version=2, before="decided", after="corrected", which="true"),
            "UPDATE decisions_decisiontrack SET state = 'corrected', version = 2",
        )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ('{"citations": []}', "reasoned"),
        ('{"reason_class": ""}', "reasoned"),
        ('{"principle": true}', "principle"),
        ('{"delegation_rule": ""}', "empowered"),
        ('{"path": "board"}', "empowered"),
        ('{"outcome": "refused"}', "sum"),
        ('{"amount": 45001}', "within"),
        ('{"amount": 0}', "within"),
        ('{"text_sha256": "abc"}', "sha"),
        ('{"payload_id": "00000000-0000-0000-0000-000000000000"}', "frozen text"),
        ('{"proposal_version": 9}', "without a proposal"),
        ('{"matter": "change"}', "without a proposal"),
    ],
)
def test_a_record_that_does_not_hold_is_refused(decision, changes, says):
    with pytest.raises(DatabaseError, match=says):
        run((COPY, [changes]), TRACK)


def test_a_record_of_another_district_is_refused(decision):
    other = District.objects.create(code="SÖD", name="Söder", board_name="Söders nämnd")
    with pytest.raises(DatabaseError, match="another district"):
        run((COPY, [f'{{"district_id": {other.pk}}}']), TRACK)


def test_a_decision_under_a_draft_of_the_rules_is_refused(decision):
    run(
        "INSERT INTO decisions_delegationversion (code, number, status, is_example, content, digest, drafted_by,"
        " published_by, district_id) SELECT code, 99, 'draft', false, content, '', 'user:x', '', district_id"
        " FROM decisions_delegationversion LIMIT 1"
    )
    with pytest.raises(DatabaseError, match="not published"):
        run(
            (
                "INSERT INTO decisions_decision SELECT (jsonb_populate_record(null::decisions_decision, to_jsonb(d) ||"
                " jsonb_build_object('id', d.id + 1000, 'key', gen_random_uuid(), 'delegation_id',"
                " (SELECT id FROM decisions_delegationversion WHERE number = 99)))).* FROM decisions_decision d",
            ),
            TRACK,
        )


@pytest.mark.parametrize("table", ["decisions_delegationversion", "decisions_lettertemplateversion"])
def test_a_published_rule_is_frozen(decision, table):
    with pytest.raises(DatabaseError, match="a published version is frozen"):
        run(f"UPDATE {table} SET content = '{{}}'")


def test_a_letter_that_no_lawyer_signed_is_not_published(decision):
    run(
        "INSERT INTO decisions_lettertemplateversion (code, number, status, is_example, content, digest, drafted_by,"
        " published_by, district_id, signed_by) SELECT code, 99, 'draft', false, content, '', 'user:a', '',"
        " district_id, '' FROM decisions_lettertemplateversion LIMIT 1"
    )
    with pytest.raises(IntegrityError, match="signed_first"):
        run(
            "UPDATE decisions_lettertemplateversion SET status = 'published', published_by = 'user:b',"
            " published_at = '2026-01-01', valid_from = '2026-01-01', digest = 'x' WHERE number = 99"
        )


def test_a_decided_proposal_is_frozen(decision):
    with pytest.raises(IntegrityError, match="stays as it is"):
        run("UPDATE decisions_proposal SET assessment = 'efterhand'")


def test_no_letter_but_of_the_frozen_text(decision):
    make_letter({"decision": str(decision.key)}, lambda done, of_all: None)
    file = DecisionLetter.objects.get().file_id
    with pytest.raises(DatabaseError, match="frozen_text|only added|unique"):
        run(
            "INSERT INTO decisions_decisionletter (decision_id, text_sha256, file_id, at) SELECT id,"
            f" repeat('0', 64), {file}, at FROM decisions_decision"
        )


def test_no_letter_with_another_hash(decision):
    with pytest.raises(IntegrityError, match="letter_of_frozen_text"):
        run(
            "INSERT INTO files_storedfile (key, district_id, access_class, subject, name, content_type, size, sha256,"
            " stored_by, stored_at) VALUES (gen_random_uuid(), (SELECT district_id FROM decisions_decision), 'x', 'x',"
            " 'x', 'application/pdf', 1, repeat('a', 64), 'user:x', '2026-01-01')",
            "INSERT INTO decisions_decisionletter (decision_id, text_sha256, file_id, at) SELECT d.id, repeat('0', 64),"
            " f.id, d.at FROM decisions_decision d, files_storedfile f",
        )


@pytest.fixture
def item(real_db):
    with transaction.atomic():
        staff = given.staff()
        case = given.case_to_decide(staff["officer"])
        given.proposal(case, staff["officer"], path="board")
        given.declared(case, staff["officer"])
        meeting = given.meeting(staff["secretary"])
    data = {"meeting_id": meeting.pk}
    executor.perform(subject=case, action="send_to_board", actor=staff["officer"], data=data)
    return BoardItem.objects.get()


def test_what_the_board_had_before_it_stays(item):
    with pytest.raises(IntegrityError, match="had before it stays"):
        run("UPDATE decisions_boarditem SET proposal_digest = repeat('0', 64)")


def test_an_ended_item_is_frozen(item):
    run("UPDATE decisions_boarditem SET ended_at = '2026-01-01'")
    with pytest.raises(IntegrityError, match="has ended"):
        run("UPDATE decisions_boarditem SET outcome = 'bifall'")


def test_a_case_stands_before_one_board_at_a_time(item):
    with pytest.raises(IntegrityError, match="one_open"):
        run(
            "INSERT INTO decisions_boarditem SELECT (jsonb_populate_record(null::decisions_boarditem, to_jsonb(i) ||"
            " jsonb_build_object('id', i.id + 1000, 'key', gen_random_uuid()))).* FROM decisions_boarditem i"
        )


def test_of_a_notice_only_the_take_down_is_added(decision):
    track = DecisionTrack.objects.get()
    Announcement.objects.create(
        track=track,
        notice_of="own_record",
        approved_on="2026-01-01",
        announced_on="2026-01-02",
        address="https://exempel.invalid/1",
        last_day="2026-01-23",
        force_from="2026-01-24",
        registered_by="user:x",
    )
    with pytest.raises(IntegrityError, match="only its take-down"):
        run("UPDATE decisions_announcement SET last_day = '2026-01-10'")
    with pytest.raises(IntegrityError, match="notice_order"):
        run("UPDATE decisions_announcement SET taken_down_on = '2026-01-01'")
    run("UPDATE decisions_announcement SET taken_down_on = '2026-01-30'")
    with pytest.raises(IntegrityError, match="only its take-down"):
        run("UPDATE decisions_announcement SET taken_down_on = '2026-02-01'")


def test_one_open_proposal_per_case_and_matter(item):
    with pytest.raises(IntegrityError, match="one_open"):
        run(
            "INSERT INTO decisions_proposal SELECT (jsonb_populate_record(null::decisions_proposal, to_jsonb(p) ||"
            " jsonb_build_object('id', p.id + 1000, 'key', gen_random_uuid()))).* FROM decisions_proposal p"
        )
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [("assessment = 'Annat.'", "changed by a new version"), ("version = version + 1, facts = 'Annat.'", "no writer")],
)
def test_a_proposal_changes_with_its_version_and_a_version_has_its_writer(real_db, change, why):
    with transaction.atomic():
        staff = given.staff()
        given.proposal(given.case_to_decide(staff["officer"]), staff["officer"])
    with pytest.raises(DatabaseError, match=why):
        run(f"UPDATE decisions_proposal SET {change}")
