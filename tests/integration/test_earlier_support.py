"""An association's earlier cases, as the register tells them: A9's suggestion, first-time applicants, the gate."""

from datetime import timedelta

import pytest

from applications.cases.models import DocumentKind
from applications.grants.known import known_of
from applications.grants.other_cases import granted_before
from applications.grants.review_cycle import reviews_of
from tests.factories import grants
from vetting.kernel import clock

pytestmark = pytest.mark.django_db
LATER = timedelta(days=900)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def first():
    return grants.walked("granted")


def again(first, state="formal_check"):
    """The same association applies once more."""
    second = grants.grant(first.staff, call=first.round)
    second.association = first.association
    second.walk(state)
    return second


def suggested(walk, code):
    rows = reviews_of(walk.case)[1].prefills.filter(question=code).order_by("id")
    return [(row.value, row.circumstances, row.reference) for row in rows]


def test_nothing_is_suggested_while_the_report_is_not_due(first):
    assert suggested(again(first), "A9") == []


def test_a_report_that_is_overdue_is_named_with_its_case(first):
    with clock.shifted(LATER):
        assert suggested(again(first), "A9") == [("nej", ["report_overdue"], first.case.number)]


def test_a_report_that_has_come_waits_for_approval(first):
    first.paper(DocumentKind.REPORT)
    with clock.shifted(LATER):
        assert suggested(again(first), "A9") == [("nej", ["report_under_review"], first.case.number)]


def test_without_earlier_support_nothing_is_left_to_report():
    assert suggested(grants.walked("formal_check"), "A9") == [("ja", [], "")]


def test_an_earlier_refusal_is_no_grant():
    refused = grants.walked("refused")
    second = again(refused)
    assert not granted_before(second.case).exists()
    (one,) = known_of(second.case).earlier
    assert (one.number, one.granted, one.same_programme) == (refused.case.number, False, True)
    assert suggested(second, "A9") == [("ja", [], "")]


def test_what_is_known_is_read_in_one_question(first, django_assert_num_queries):
    case = again(first).case
    with django_assert_num_queries(1):
        (one,) = known_of(case).earlier
    assert known_of(case) is known_of(case)
    assert (one.granted, one.ended_on, one.report_due) == (
        True,
        first.case.period_to,
        first.case.decisions.get().last_report_on,
    )
