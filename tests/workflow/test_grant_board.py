"""The board's decision on a grant: asked again at the moment it is recorded (docs/domain.md §3, §4.2, §8.1)."""

import html

import pytest
from django.urls import reverse

from applications.cases.models import Note
from applications.cases.services.jav import declare_jav
from applications.cases.services.notes import write_note
from applications.cases.services.waiver import waive_hearing
from applications.decisions.models import BoardItem, Decision
from applications.decisions.services.plan_meeting import plan_meeting
from applications.decisions.services.register_outcome import record_board_decision, register_outcome
from applications.grants.review_cycle import reviews_of
from checklists.rules.evidence import ActorRole, Capacity, DraftEvidence, Shows, SourceClass
from checklists.services.add_evidence import Card, add_evidence
from tests.factories import grants, reviews
from vetting.accounts.models import User
from vetting.kernel import clock
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.django_db

OWN = "Nämnden bedömer att lokalen hölls stängd för rullstolsburna och att inget har gjorts åt det."
PLACE = {"paragraph": "12"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def refused(step) -> list[str]:
    with pytest.raises(NotNow) as error:
        step()
    return [one.code for one in error.value.reasons]


def registered(walk, **said) -> None:
    item = BoardItem.objects.get(case_id=walk.pk, ended_at__isnull=True)
    register_outcome(case=walk.case, actor=walk.staff.secretary, values=PLACE | said, expected_version=item.version)


def recorded(walk) -> Decision:
    record_board_decision(case=walk.case, actor=walk.staff.secretary, expected_version=walk.case.version)
    return Decision.objects.get(case_id=walk.pk)


def sent_to_board(walk, **proposed):
    walk.propose(path="board", **proposed)
    walk.submit()
    walk.read()
    walk.send_to_board()
    return walk


def question(walk, code: str):
    return next(review for review in reviews_of(walk.case) if code in review.asked)


def without_statutes(walk):
    """A stop that no special reasons of the review lift."""
    walk.answer_all()
    words = "Föreningen har inga stadgar."
    reviews.answer(question(walk, "A3"), "A3", "nej", walk.staff.officer, words, circumstances=["statutes_missing"])
    return walk


def card(walk, code: str):
    draft = DraftEvidence(
        shows=Shows.ACT,
        source_class=SourceClass.OWN_MATERIAL,
        excerpt="Lokalen nås via trappa.",
        reliability="Hög: egen affisch.",
        counter="Inget annat funnet.",
        role=ActorRole.BOARD,
        capacity=Capacity.IN_ACTIVITY,
    )
    made = Card(title="Affisch", place="Trapphus", draft=draft, counter_found=False, captured_on=clock.today())
    return add_evidence(review=question(walk, code), question=code, card=made, actor=walk.staff.officer)


def waived(walk, ground="own_fact"):
    why = {"why": "Uppgiften kommer från föreningens egen redovisning."}
    waive_hearing(case=walk.case, actor=walk.staff.officer, waiver=ground, detail=why)


class TestOtherwiseThanProposed:
    def test_against_conduct_the_applicant_is_heard_first(self):
        walk = grants.walked("before_board")
        registered(walk, outcome="avslag", own_reason_class="conduct", own_text=OWN)
        assert refused(lambda: recorded(walk)) == ["not_heard"]
        assert walk.case.state == "before_board"

    def test_heard_before_the_board_may_decide_so(self):
        walk = grants.walked("review")
        waived(walk)
        sent_to_board(walk)
        registered(walk, outcome="avslag", own_reason_class="conduct", own_text=OWN)
        assert recorded(walk).reason_class == "conduct"

    def test_a_waiver_for_a_full_grant_does_not_serve_a_refusal(self):
        walk = grants.walked("review")
        waived(walk, "fully_granted")
        sent_to_board(walk)
        registered(walk, outcome="avslag", own_reason_class="conduct", own_text=OWN)
        assert refused(lambda: recorded(walk)) == ["not_heard"]

    def test_for_want_of_money_no_hearing_is_owed(self):
        walk = grants.walked("before_board")
        registered(walk, outcome="avslag", own_reason_class="priority", own_text=OWN)
        assert recorded(walk).outcome == "refused"


class TestAStop:
    REFUSAL = {
        "outcome": "refused",
        "amount": None,
        "lines": [],
        "last_report_on": None,
        "facts": "Föreningen har inga stadgar enligt sina egna handlingar från årsmötet.",
        "facts_from": "applicant",
        "principle_reason": "Regeln är klar.",
    }

    def test_does_not_go_to_the_board_to_be_granted(self):
        walk = without_statutes(grants.walked("review"))
        walk.propose(path="board")
        walk.submit()
        walk.read()
        assert refused(walk.send_to_board) == ["stop"]

    def test_the_board_grants_in_spite_of_it_with_its_own_reasons_alone(self):
        walk = sent_to_board(without_statutes(grants.walked("review")), **self.REFUSAL)
        granted = {"outcome": "andrat", "own_outcome": "full", "own_amount": walk.amount, "own_reason_class": "rule"}
        registered(walk, **granted)
        assert refused(lambda: recorded(walk)) == ["board_stop"]
        registered(walk, **granted, own_text="Stadgarna antogs den 3 mars och var okända när förslaget skrevs.")
        assert recorded(walk).outcome == "full"

    def test_as_proposed_it_refuses(self):
        walk = sent_to_board(without_statutes(grants.walked("review")), **self.REFUSAL)
        registered(walk, outcome="bifall")
        assert recorded(walk).outcome == "refused"


class TestReferredBack:
    @pytest.fixture
    def walk(self):
        walk = grants.walked("before_board")
        registered(walk, outcome="aterremiss", instruction="Utred hur lokalen används.")
        return walk

    def test_the_instruction_is_a_note_that_must_be_answered(self, walk):
        note = Note.objects.get(case_id=walk.pk)
        assert note.must_answer
        assert "note_unanswered" in refused(walk.submit)
        write_note(case=walk.case, actor=walk.staff.officer, text="Lokalen är öppen alla kvällar.", answers=note)
        walk.submit()
        assert walk.case.state in {"second_reading", "proposed"}

    def test_facts_that_came_after_the_hearing_are_heard_too(self):
        walk = grants.walked("review")
        waived(walk)
        refusal = TestAStop.REFUSAL | {"facts_from": "other"}
        sent_to_board(without_statutes(walk), **refusal)
        registered(walk, outcome="aterremiss", instruction="Utred hur lokalen används.")
        note = Note.objects.get(case_id=walk.pk)
        write_note(case=walk.case, actor=walk.staff.officer, text="Se den nya uppgiften.", answers=note)
        card(walk, "A3")
        walk.submit()
        walk.read()
        assert refused(walk.send_to_board) == ["new_facts"]
        walk.declare(walk.staff.unit_head)
        walk.perform("return_proposal", walk.staff.unit_head, comment="Kommunicera den nya uppgiften.")
        waived(walk)
        walk.submit()
        walk.read()
        walk.send_to_board()
        assert walk.case.state == "before_board"


class TestAMeetingsListForWhoeverIsOutOfACase:
    @pytest.fixture
    def walk(self):
        walk = grants.walked("before_board")
        declare_jav(case=walk.case, actor=walk.staff.secretary, answer="yes")
        return walk

    def page(self, client, walk, name: str, *args) -> str:
        client.force_login(User.objects.get(pk=walk.staff.secretary.user_id))
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200
        return html.unescape(answer.content.decode()).replace("\xad", "")

    def test_the_number_stands_and_nothing_of_the_matter(self, walk, client):
        other = grants.grant(walk.staff)
        other.walk("before_board")
        said = self.page(client, walk, "show-meeting", BoardItem.objects.get(case_id=walk.pk).meeting.key)
        assert walk.case.number in said and "jäv" in said
        assert walk.association.name not in said
        assert other.association.name in said
        assert reverse("register-board-decision", args=[walk.case.key]) not in said

    def test_nor_among_what_is_reported_and_in_the_notice(self, client):
        walk = grants.walked("granted")
        meeting = plan_meeting(
            actor=walk.staff.secretary, district=walk.staff.district, body="board", date=clock.today()
        )
        declare_jav(case=walk.case, actor=walk.staff.secretary, answer="yes")
        for name in ("show-meeting", "announce-meeting"):
            said = self.page(client, walk, name, meeting.key)
            assert walk.association.name not in said
            assert walk.case.number in said

    def test_nor_among_what_waits_for_a_meeting(self, client):
        walk = grants.walked("granted")
        declare_jav(case=walk.case, actor=walk.staff.secretary, answer="yes")
        said = self.page(client, walk, "list-meetings")
        assert walk.association.name not in said
        assert walk.case.number in said
