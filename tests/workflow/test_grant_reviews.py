"""The reviews a grant case rests on: signed where the line allows it, by whose work they are, before any decision."""

import pytest

from applications.cases import executor
from applications.cases.models import CaseReview
from applications.cases.services.jav import declare_jav
from checklists.hosts import reasons_against
from checklists.models import Review
from checklists.services.complete_review import complete_review
from checklists.services.reopen_review import reopen_review
from tests.factories import grants, people, reviews
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.django_db

SYSTEM = system_actor("tests")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def reviews_of(walk) -> list[Review]:
    return [link.review for link in CaseReview.objects.filter(case_id=walk.pk).select_related("review__version")]


def refused(step) -> set[str]:
    with pytest.raises(NotNow) as error:
        step()
    return {one.code for one in error.value.reasons}


class TestNothingIsDecidedOnAnOpenReview:
    def opened(self, state):
        walk = grants.walked(state)
        reopen_review(review=reviews_of(walk)[0], actor=SYSTEM, why="Ett annat ärende.", case=walk.case.key)
        return walk

    def test_by_a_delegate(self):
        assert "review_unsigned" in refused(self.opened("proposed").decide)

    def test_by_a_delegate_who_refuses(self):
        walk = self.opened("proposed")
        change = {"outcome": "refused", "reason_class": "priority", "amount": None, "lines": []}
        walk.propose(**change)
        assert "review_unsigned" in refused(walk.decide)

    def test_by_the_board(self):
        assert "review_unsigned" in refused(self.opened("before_board").board_decides)

    def test_nor_is_it_sent_to_the_board(self):
        walk = self.opened("proposed")
        walk.propose(path="board")
        assert "review_unsigned" in refused(walk.send_to_board)

    def test_but_it_can_be_returned_and_signed(self):
        walk = self.opened("proposed")
        walk.declare(walk.staff.unit_head)
        walk.perform("return_proposal", walk.staff.unit_head, comment="Granskningen är öppen.")
        walk.submit()
        walk.read()
        walk.decide()
        assert walk.case.state == "granted"

    def test_while_a_dismissal_needs_no_signed_review(self):
        row = executor.kind_of(grants.walked("formal_check").case).workflow.row("dismiss", "formal_check")
        assert "reviews_signed" not in [guard.__name__ for guard in row.guards]


def test_the_officer_may_sign_while_the_case_is_reviewed():
    walk = grants.walked("review")
    for review in reviews_of(walk):
        reviews.answer_all(review, walk.staff.officer)
        complete_review(review=review, actor=walk.staff.officer, case=walk.case.key)
    assert {one.state for one in reviews_of(walk)} == {"complete"}


class TestAPremisesOfficer:
    @pytest.fixture
    def walk(self):
        return grants.walked("formal_check")

    def reasons(self, walk, person) -> set[str]:
        declare_jav(case=walk.case, actor=person, answer="none")
        verbs = ("review.answered", "review.evidence_added", "review.completed", "review.reopened")
        found = [reasons_against(reviews_of(walk)[0], person, verb) for verb in verbs]
        return {one.code for reasons in found for one in reasons}

    def test_does_not_work_on_a_grant_s_review(self, walk):
        assert self.reasons(walk, people.actor(Role.PREMISES_OFFICER, at=walk.case.district)) == {"other_kind"}

    def test_unless_a_grant_officer_as_well(self, walk):
        both = people.user(Role.PREMISES_OFFICER, at=walk.case.district)
        assert not self.reasons(walk, people.also(both, Role.GRANT_OFFICER, at=walk.case.district))
