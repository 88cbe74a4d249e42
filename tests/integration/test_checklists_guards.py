"""What plain SQL is refused on the checklist's tables (design §2.9): the same as what the services refuse."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from checklists.models import Answer, ChecklistVersion, Evidence, Review
from checklists.services.complete_review import complete_review
from tests.factories import people, reviews
from vetting.accounts.roles import Role
from vetting.kernel import clock

pytestmark = pytest.mark.django_db

ONLY_ADDED = [
    "prefill",
    "answer",
    "evidence",
    "evidencenote",
    "escalation",
    "escalationanswer",
    "specialreasons",
    "reviewchange",
]


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def review(officer):
    return reviews.review(officer)


def refused(sql: str, *values) -> str:
    """The database's message; the statement is taken back."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(error.value)


@pytest.mark.parametrize("table", ONLY_ADDED)
@pytest.mark.parametrize("verb", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_rows_are_only_added(table, verb):
    assert "permission denied" in refused(verb.format(f"checklists_{table}"))


@pytest.mark.parametrize("table", ONLY_ADDED)
def test_the_triggers_stand_beside_the_privileges(table):
    """The owner of the tables is refused too: each table has both triggers, and they fire always."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [f"checklists_{table}"],
        )
        assert {("append_only", "A"), ("append_only_truncate", "A")} <= set(cursor.fetchall())


def test_a_review_is_not_deleted(review):
    assert "permission denied" in refused("DELETE FROM checklists_review WHERE id = %s", review.pk)


@pytest.mark.parametrize(
    "column", ["subject = 'association:other'", "asked = '{A1}'", "rule_flags = '{x}'", "opened_by = 'user:x'"]
)
def test_what_a_review_was_opened_with_stays(review, column):
    said = refused(f"UPDATE checklists_review SET {column}, revision = revision + 1 WHERE id = %s", review.pk)
    assert "opened with stays" in said


@pytest.mark.parametrize(
    "change", ["state = 'complete', completed_at = opened_at", "lane = 'in_depth'", "refusal_considered = true"]
)
def test_a_change_of_the_review_has_its_record(review, change):
    raw = f"UPDATE checklists_review SET {change}, revision = revision + 1 WHERE id = %s"
    assert "changed without its record" in refused(raw, review.pk)
    assert "revision" in refused(raw.replace(", revision = revision + 1", ""), review.pk)


def test_a_review_is_not_made_without_its_record(review):
    said = refused(
        "INSERT INTO checklists_review (key, district_id, version_id, template, subject, reference, asked, rule_flags,"
        " least_looked_at, lane, refusal_considered, state, revision, opened_at, opened_by) SELECT gen_random_uuid(),"
        " district_id, version_id, template, 'association:raw', '', asked, rule_flags, least_looked_at, lane, false,"
        " 'open', 1, opened_at, opened_by FROM checklists_review WHERE id = %s",
        review.pk,
    )
    assert "changed without its record" in said


ANSWER = (
    "INSERT INTO checklists_answer (key, actor, role, at, commitment, review_id, question, value, circumstances,"
    " looked_at, supersedes_id) VALUES (gen_random_uuid(), 'user:x', '', %s, '', %s, %s, %s, '{}', '{}', %s)"
)


def test_two_first_answers_are_refused(review, officer):
    reviews.answer(review, "A4", "ja", officer)
    assert "checklists_answer_one_first" in refused(ANSWER, clock.now(), review.pk, "A4", "nej", None)


def test_an_answer_has_one_successor_of_its_own_question(review, officer):
    first = reviews.answer(review, "A4", "ja", officer)
    assert "same question" in refused(ANSWER, clock.now(), review.pk, "A3", "ja", first.pk)
    reviews.answer(review, "A4", "ja", officer)
    assert "supersedes_id" in refused(ANSWER, clock.now(), review.pk, "A4", "ja", first.pk)


def test_an_unclear_answer_says_why(review):
    assert "unclear_says_why" in refused(ANSWER, clock.now(), review.pk, "A4", "oklart", None)


def test_a_value_is_one_of_four(review):
    assert "checklists_answer_value" in refused(ANSWER, clock.now(), review.pk, "A4", "kanske", None)


def test_nothing_is_added_to_a_signed_review(review, officer):
    reviews.answer_all(review, officer)
    complete_review(review=review, actor=officer)
    last = Answer.objects.get(review=review, question="A4")
    assert "is not open" in refused(ANSWER, clock.now(), review.pk, "A4", "ja", last.pk)


def test_one_open_review_per_subject(review):
    with pytest.raises(DatabaseError, match="checklists_review_one_open"), transaction.atomic():
        Review.objects.create(
            district=review.district,
            version=review.version,
            template=review.template,
            subject=review.subject,
            asked=review.asked,
            opened_by="user:x",
        )


@pytest.mark.parametrize("change", ["content = '{}'", "valid_from = '2020-02-02'", "drafted_by = 'user:x'"])
def test_a_published_version_is_frozen(review, change):
    said = refused(f"UPDATE checklists_checklistversion SET {change} WHERE id = %s", review.version_id)
    assert "a published version is frozen" in said


def test_a_published_version_may_end(review):
    ends = clock.today() + timedelta(days=9)
    assert ChecklistVersion.objects.filter(pk=review.version_id).update(valid_to=ends) == 1


@pytest.mark.parametrize(
    ("shows", "role", "source_class", "said"),
    [
        ("umbrella", "board", 2, "evidence_shows"),
        ("act", "", 2, "act_by_whom"),
        ("act", "board", 7, "evidence_class"),
    ],
)
def test_a_card_is_whole(review, shows, role, source_class, said):
    with pytest.raises(DatabaseError, match=said), transaction.atomic():
        Evidence.objects.create(
            review=review,
            question="A13",
            number=1,
            shows=shows,
            source_class=source_class,
            captured_on=clock.today(),
            actor_role=role,
            capacity="in_activity",
            actor="user:x",
        )
