"""Grant cases with real commits: what one transaction may do, and many people at once (trust F1–F3)."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from applications.cases.models import CaseReview, JavDeclaration
from applications.decisions.models import Decision, DecisionReview
from applications.examples.scenarios.grant_case import ROUTES, GrantCase
from checklists.services.complete_review import complete_review
from checklists.services.reopen_review import reopen_review
from tests.factories import grants
from tests.threads import at_once
from vetting.accounts.actors import system_actor
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.race


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def office(real_db):
    with transaction.atomic():
        return grants.office()


def walked(office, state: str) -> GrantCase:
    """A case at `state`, each step committed by itself."""
    with transaction.atomic():
        walk = grants.grant(office)
    for step in ROUTES[state]:
        with transaction.atomic():
            step(walk)
    return walk


def test_an_open_review_is_not_signed_once_the_case_has_left_it(office):
    for state in ("second_reading", "proposed", "before_board"):
        walk = walked(office, state)
        review = CaseReview.objects.filter(case_id=walk.pk)[0].review
        reopen_review(review=review, actor=system_actor("tests"), why="Ett annat ärende.", case=walk.case.key)
        with pytest.raises(NotNow) as refused:
            complete_review(review=review, actor=office.officer, case=walk.case.key)
        assert [one.code for one in refused.value.reasons] == ["not_reviewing"]


def run(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_a_decision_rests_on_is_held_by_the_database(office):
    walk, other = walked(office, "granted"), walked(office, "review")
    decision = Decision.objects.get(case_id=walk.pk)
    kept = DecisionReview.objects.filter(decision=decision).first()
    with pytest.raises(DatabaseError, match="stays as it was signed"):
        reopen_review(review=kept.review, actor=system_actor("tests"), why="Ett försök.", case=walk.case.key)
    with pytest.raises(DatabaseError, match="permission denied|only added"):
        run("UPDATE decisions_decisionreview SET adverse = '[]'")
    open_one = CaseReview.objects.filter(case_id=other.pk)[0].review
    row = "INSERT INTO decisions_decisionreview (decision_id, review_id, revision, digest, adverse, stops)"
    row += " VALUES (%s, %s, %s, %s, '[]', '[]')"
    with pytest.raises(DatabaseError, match="rests on a signed review"):
        run(row, decision.pk, open_one.pk, open_one.revision, kept.digest)


def test_a_decision_and_the_other_case_s_return_do_not_cross(office):
    """Two cases share a review; one is decided while the other is returned: the decision's review stays signed."""
    for _ in range(3):
        first, second = walked(office, "review"), None
        with transaction.atomic():
            second = grants.grant(office)
            second.association = first.association
        for step in ROUTES["proposed"]:
            with transaction.atomic():
                step(second)
        for step in (first.propose, first.submit, first.read):
            with transaction.atomic():
                step()
        if not JavDeclaration.objects.filter(case_id=second.pk, user_id=office.unit_head.user_id).exists():
            second.declare(office.unit_head)
        first.declare(office.unit_head)

        def act(index, first=first, second=second):
            if index % 2:
                return second.perform("return_proposal", office.unit_head, comment="Se över A19.")
            return first.perform("grant", office.unit_head)

        at_once(8, act)
        assert (first.case.state, second.case.state) == ("granted", "review")
        for kept in DecisionReview.objects.filter(decision__case_id=first.pk).select_related("review"):
            assert (kept.review.state, kept.review.revision) == ("complete", kept.revision)
