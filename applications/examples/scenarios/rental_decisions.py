"""The decision in a request for a room: proposed, read, decided by a delegate or the board."""

from typing import Any

from applications.decisions.choices import Body
from applications.decisions.models import BoardItem, BoardMeeting, Proposal
from applications.decisions.services.decide import decide
from applications.decisions.services.plan_meeting import plan_meeting
from applications.decisions.services.register_outcome import record_board_decision, register_outcome
from applications.decisions.services.save_proposal import save_proposal
from applications.decisions.subjects import described, subject_of
from applications.examples.scenarios.rental_steps import WEEK, RentalSteps
from applications.rentals.review_cycle import reviews_of
from checklists.services.consider_refusal import consider_refusal
from vetting.kernel import clock


class RentalDecisions(RentalSteps):
    """The unit head proposes, the department head or the board decides."""

    def propose(self, **more: Any) -> None:
        """The unit head's proposal; by default to confirm with a special condition."""
        case = self.case
        matter = subject_of(case).matter
        values: dict[str, Any] = {
            "outcome": "part",
            "reason_class": "rule",
            "facts": "Arrangemanget slutar klockan 21 men musiken är förstärkt, enligt hyrestagaren själv.",
            "facts_from": "applicant",
            "assessment": "Med ett villkor om ljudnivå kan lokalen hyras ut utan att störa grannarna.",
            "citations": [described(case).citations[0].as_data()],
            "conditions": "Förstärkt ljud stängs av senast klockan 20.",
            "principle": False,
            "principle_reason": "Ett vanligt ärende av mindre vikt.",
            "differs": "no",
            "path": "delegate",
        }
        open_now = Proposal.objects.filter(case_id=case.pk, status="open", matter=matter).first()
        save_proposal(
            case=case,
            actor=self.staff.unit_head,
            values=values | more,
            expected_version=open_now.version if open_now else 0,
            matter=matter,
        )

    def propose_no(self, **more: Any) -> None:
        """A refusal on a published condition, on what the tenant itself has said."""
        no = {
            "outcome": "refused",
            "facts": "Hyrestagaren vill hålla en privat fest. Det står i förfrågan den dagen.",
            "assessment": "Lokalens ändamål omfattar inte privata fester, och ingen annan har fått hyra för det.",
            "conditions": "",
        }
        self.propose(**(no | more))

    def weigh_refusal(self) -> None:
        """The proposal is written first: L16 is answered by it. Then the questions of a refusal."""
        self.declare(self.staff.unit_head)
        event = next(one for one in reviews_of(self.case) if one.template == "event")
        consider_refusal(review=event, actor=self.staff.steward, case=self.case.key)
        self.answer_all()

    def propose_refusal(self) -> None:
        self.perform("propose_refusal", self.staff.unit_head)

    def read(self) -> None:
        self.declare(self.staff.reader)
        self.perform("confirm_review", self.staff.reader)

    def decide(self) -> None:
        """The department head, by the delegation: somebody else than who proposed."""
        self.declare(self.staff.department_head)
        case = self.case
        proposal = Proposal.objects.get(case_id=self.pk, status="open", matter=subject_of(case).matter)
        decide(
            case=case,
            proposal=proposal,
            actor=self.staff.department_head,
            expected_version=case.version,
            seen_proposal=proposal.version,
        )

    def meeting(self) -> BoardMeeting:
        coming = BoardMeeting.objects.filter(district=self.staff.district, date__gte=clock.today()).order_by("date")
        return coming.first() or plan_meeting(
            actor=self.staff.secretary, district=self.staff.district, body=Body.BOARD, date=clock.today() + WEEK
        )

    def send_to_board(self) -> None:
        self.perform("send_to_board", self.staff.unit_head, data={"meeting_id": self.meeting().pk})

    def table(self) -> None:
        self.perform("table", self.staff.secretary)

    def board_decides(self, outcome: str = "bifall") -> None:
        item = BoardItem.objects.get(case_id=self.pk, outcome="")
        register_outcome(
            case=self.case,
            actor=self.staff.secretary,
            values={"outcome": outcome, "paragraph": "9"},
            expected_version=item.version,
        )
        record_board_decision(case=self.case, actor=self.staff.secretary, expected_version=self.case.version)

    def read_revocation(self) -> None:
        self.declare(self.staff.reader)
        self.perform("read_revocation", self.staff.reader)
