"""load_volume: what it leaves is what the executor would have left, only more of it."""

import io
import itertools
import json

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Max

from applications.cases.invariants import breaches
from applications.cases.models import Case, DiaryCounter, StateChange
from applications.examples.volume import stories
from applications.grants.models import BudgetLine, GrantApplication
from applications.grants.workflow import GRANT
from checklists.models import Review
from checklists.rules.verdict import verdict
from checklists.selectors.reviews import materials
from checklists.services.complete_review import digest_of
from vetting.audit.models import Event
from vetting.audit.services import canonical_json
from vetting.audit.verbs import verbs

CASES = 300


@pytest.mark.parametrize(
    "story", [row[0] for row in stories.STORIES], ids=lambda story: story[-1] if story else "draft"
)
def test_every_story_is_a_way_through_the_table(story):
    told = stories.steps(story)
    assert told[0].to_state == GRANT.initial
    for before, step in itertools.pairwise(told):
        assert step.from_state == before.to_state
        row = GRANT.row(step.action, step.from_state)
        assert row is not None
        assert step.role in row.who


def test_a_way_the_table_lacks_is_refused():
    with pytest.raises(ValueError, match="no row grant from draft"):
        stories.steps(("grant",))


@pytest.mark.race
def test_volume_holds_what_the_executor_would_have_written(real_db):
    call_command("load_volume", "--cases", str(CASES), "--districts", "2", stdout=io.StringIO())
    assert GrantApplication.objects.count() == CASES
    assert Case.objects.values("district").annotate(n=Count("id")).count() == 2
    assert BudgetLine.objects.count() == 3 * CASES

    # State rows are contiguous, and the last of them is where the case stands.
    for case in Case.objects.prefetch_related("state_changes"):
        changes = sorted(case.state_changes.all(), key=lambda change: change.version)
        assert [change.version for change in changes] == list(range(1, case.version + 1))
        assert [change.from_state for change in changes] == ["", *(change.to_state for change in changes[:-1])]
        assert changes[-1].to_state == case.state
        assert case.is_open is not GRANT.state(case.state).final

    # Diary numbers have no gap and follow the days of arrival.
    for counter in DiaryCounter.objects.all():
        rows = Case.objects.filter(district=counter.district, number_year=counter.year).order_by("number_seq")
        assert [row.number_seq for row in rows] == list(range(1, counter.last + 1))
        assert [row.received_date for row in rows] == sorted(row.received_date for row in rows)

    # The log has one event per state row.
    assert Event.objects.filter(verb__startswith="grant.").count() == StateChange.objects.count()
    for verb in ("grant.", "review."):
        assert_as_recorded(Event.objects.filter(verb__startswith=verb)[:200])
    assert_in_order(Event.objects.filter(case__isnull=False).order_by("id"))

    # Every case that is worked on rests on its reviews; a signed one is whole, and its signature holds.
    worked_on = Case.objects.filter(is_open=True, state_changes__action="start_check")
    assert worked_on.count() == worked_on.filter(case_reviews__part="association").distinct().count() > 20
    assert_reviews_hold()

    assert list(breaches()) == []

    # A second load goes on where the first ended.
    call_command("load_volume", "--cases", "20", "--seed", "2", stdout=io.StringIO())
    assert Case.objects.count() == CASES + 20
    counters = dict(DiaryCounter.objects.values_list("year", Max("last")))
    assert all(counters.values())


def assert_as_recorded(events):
    """In the very bytes that record() would have written."""
    assert events
    for event in events:
        body = json.loads(bytes(event.canonical))
        assert canonical_json(body) == bytes(event.canonical)
        assert (body["key"], body["case"]) == (str(event.key), str(event.case))
        assert event.at.isoformat(timespec="microseconds") == body["at"]
        assert set(body) == {
            "format", "key", "at", "actor", "role", "verb", "district", "case", "subject", "data", "payload",
        }  # fmt: skip
        assert event.verb in verbs


def assert_in_order(events):
    """The log tells each case in the order of time."""
    told = {}
    for event in events:
        assert told.get(event.case, event.at) <= event.at
        told[event.case] = event.at


def assert_reviews_hold():
    reviews = Review.objects.select_related("version", "district")
    signed = [one for one in materials(list(reviews)) if not one.review.is_open]
    at_work = [one for one in materials(list(reviews)) if one.review.is_open]
    assert len(signed) > 20 < len(at_work)
    for one in signed:
        assert verdict(one.view).complete
        assert one.review.changes.get(kind="completed").digest == digest_of(one)
    assert any(not verdict(one.view).complete for one in at_work)


@pytest.mark.parametrize("arguments", [["--cases", "0"], ["--cases", "5", "--districts", "6"], ["--cases", "-1"]])
@pytest.mark.django_db
def test_senseless_sizes_are_refused(arguments):
    with pytest.raises(CommandError, match="whole numbers"):
        call_command("load_volume", *arguments)
