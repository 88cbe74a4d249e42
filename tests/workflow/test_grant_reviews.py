"""The reviews a grant case rests on: signed where the line allows it, by whose work they are, before any decision."""

import pytest
from django.urls import reverse

from applications.cases import executor
from applications.cases.models import CaseReview
from applications.cases.services.jav import declare_jav
from applications.decisions.models import Decision, DecisionReview
from checklists.hosts import reasons_against
from checklists.models import Evidence, NoteKind, Prefill, Review
from checklists.services.complete_review import complete_review
from checklists.services.note_evidence import Note, note_evidence
from checklists.services.reopen_review import reopen_review
from checklists.words import words_in
from tests.factories import grants, people, reviews
from tests.integration.test_checklists_evidence import add
from vetting.accounts.actors import system_actor
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock
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


class TestAReviewSharedByTwoCases:
    """One association, two applications: one review serves both (docs/adr/0016)."""

    @pytest.fixture
    def pair(self):
        office = grants.office()
        first, second = grants.grant(office), grants.grant(office)
        second.association = first.association
        first.walk("review")
        second.walk("review")
        first.propose()
        first.submit()
        first.read()
        return first, second

    def shared(self, first, second) -> Review:
        return next(one for one in reviews_of(first) if one in reviews_of(second))

    def standing(self, walk) -> list[Review]:
        return [link.review for link in CaseReview.objects.filter(case_id=walk.pk).standing().select_related("review")]

    def returned(self, walk) -> None:
        walk.declare(walk.staff.unit_head)
        walk.perform("return_proposal", walk.staff.unit_head, comment="Se över svaret på A19.")

    def test_is_opened_again_while_both_are_reviewed(self, pair):
        first, second = pair
        shared = self.shared(first, second)
        self.returned(first)
        assert self.standing(first)[0] == shared == self.standing(second)[0]
        assert self.standing(first)[0].is_open

    def test_stays_signed_when_the_other_case_is_decided_on_it(self, pair):
        first, second = pair
        shared = self.shared(first, second)
        second.propose()
        second.submit()
        second.read()
        second.decide()
        self.returned(first)
        shared.refresh_from_db()
        assert shared.state == "complete"
        fresh = self.standing(first)[0]
        assert fresh != shared and fresh.is_open and fresh.asked == shared.asked
        suggested = Prefill.objects.filter(review=fresh, source="last_review").values_list("question", flat=True)
        assert {"A3", "A13"} <= set(suggested)
        assert self.standing(second)[0] == shared
        first.submit()
        first.read()
        first.decide()
        assert first.case.state == "granted"

    def test_nor_when_the_other_case_is_on_its_way_to_a_decision(self, pair):
        first, second = pair
        second.propose()
        second.submit()
        second.read()
        shared = self.shared(first, second)
        self.returned(first)
        assert self.standing(first)[0] != shared
        second.decide()
        assert second.case.state == "granted"

    def test_the_fresh_one_serves_the_other_when_it_is_returned_too(self, pair):
        first, second = pair
        second.propose()
        second.submit()
        second.read()
        self.returned(first)
        self.returned(second)
        assert self.standing(first)[0] == self.standing(second)[0]

    def test_a_person_gets_a_fresh_one_too(self, pair, client):
        first, second = pair
        for step in (second.propose, second.submit, second.read, second.decide):
            step()
        third = grants.grant(first.staff)
        third.association = first.association
        self.returned(first)
        first.answer_all()
        for review in reviews_of(first):
            if review.is_open:
                complete_review(review=review, actor=first.staff.officer, case=first.case.key)
        before = self.standing(first)
        client.force_login(User.objects.get(pk=first.staff.officer.user_id))
        page = client.post(reverse("reopen-review", args=["case", first.case.key]), {"why": "Nytt underlag."})
        assert page.status_code == 302
        assert self.standing(first) == before and all(one.is_open for one in self.standing(first))


class TestWhatADecisionRestsOn:
    def test_is_kept_with_it_as_it_was_signed(self):
        walk = grants.walked("granted")
        kept = DecisionReview.objects.filter(decision__case_id=walk.pk)
        assert {(one.review_id, one.revision) for one in kept} == {(one.pk, one.revision) for one in reviews_of(walk)}
        for one in kept:
            signature = one.review.changes.get(kind="completed", revision=one.revision)
            assert (one.digest, one.adverse, one.stops) == (signature.digest, [], [])

    def test_says_where_the_review_said_to_look(self):
        walk = grants.walked("review")
        walk.answer_all()
        review = next(one for one in reviews_of(walk) if "A3" in one.asked)
        words = "Stadgarna saknar regler om upplösning."
        reviews.answer(review, "A3", "nej", walk.staff.officer, words, circumstances=["statutes_have_gaps"])
        for step in (walk.propose, walk.submit, walk.read, walk.decide):
            step()
        kept = DecisionReview.objects.get(decision__case_id=walk.pk, review=review)
        assert (kept.adverse, kept.stops) == (["A3"], [])

    def test_leaves_its_evidence_to_the_fresh_one(self):
        walk = grants.walked("review")
        walk.answer_all()
        review = next(one for one in reviews_of(walk) if "A14" in one.asked)
        kept, gone = add(review, walk.staff.officer), add(review, walk.staff.officer)
        note = Note(kind=NoteKind.WITHDRAWN, on=clock.today(), text="Fel förening.")
        note_evidence(evidence=gone, note=note, actor=walk.staff.officer)
        for step in (walk.propose, walk.submit, walk.read, walk.decide):
            step()
        walk.perform("reconsider", walk.staff.unit_head, comment="Uppgifterna var falska.")
        standing = CaseReview.objects.filter(case_id=walk.pk).standing().values("review")
        carried = Evidence.objects.get(review__in=standing)
        assert (carried.first, carried.number, carried.actor, carried.at) == (kept, 1, kept.actor, kept.at)
        assert words_in(carried) == words_in(kept)
        assert [note.kind for note in carried.notes.all()] == ["counter"]

    def test_is_closed_to_answers_and_to_whoever_is_out(self):
        walk = grants.walked("granted")
        old = reviews_of(walk)[0]
        walk.perform("reconsider", walk.staff.unit_head, comment="Uppgifterna var falska.")
        assert [one.code for one in reasons_against(old, walk.staff.officer, "review.reopened")] == ["replaced"]
        assert not reasons_against(old, walk.staff.officer, "see")
        declare_jav(case=walk.case, actor=walk.staff.officer, answer="yes")
        assert [one.code for one in reasons_against(old, walk.staff.officer, "see")] == ["no_case"]

    def test_is_not_opened_again_when_the_case_is_reconsidered(self):
        walk = grants.walked("granted")
        before = reviews_of(walk)
        walk.perform("reconsider", walk.staff.unit_head, comment="Uppgifterna var falska.")
        standing = CaseReview.objects.filter(case_id=walk.pk).standing().select_related("review")
        fresh = [link.review for link in standing]
        assert not set(fresh) & set(before)
        assert all(one.is_open for one in fresh)
        assert {one.state for one in Review.objects.filter(pk__in=[one.pk for one in before])} == {"complete"}
        walk.propose()
        walk.submit()
        walk.read()
        walk.decide()
        newest = Decision.objects.filter(case_id=walk.pk).latest("id")
        assert {one.review_id for one in newest.reviews.all()} == {one.pk for one in fresh}
