"""A grant application sent back and forth before its decision: by readers, deciders and the board."""

from applications.decisions.models import BoardItem
from applications.decisions.services.register_outcome import record_board_decision, register_outcome
from applications.examples.scenarios.grant_steps import GrantSteps


class BoardSteps(GrantSteps):
    """The secretary's steps with a board, and what sends a case back to its officer."""

    @property
    def item(self) -> BoardItem:
        """The item by which the case stands on a meeting's list."""
        return BoardItem.objects.get(case_id=self.pk, kind="decide", ended_at__isnull=True)

    def return_review(self) -> None:
        self.declare(self.staff.reader)
        self.perform("return_review", self.staff.reader, comment="Skriv var uppgiften om målgruppen kommer ifrån.")

    def return_proposal(self) -> None:
        self.declare(self.staff.unit_head)
        self.perform("return_proposal", self.staff.unit_head, comment="Skriv ut hur beloppet har räknats fram.")

    def plan_sitting(self) -> None:
        """The board's next meeting stands in the calendar."""
        self.meeting()

    def send_to_board(self) -> None:
        if self.proposal.path != "board":
            raise RuntimeError("propose(path='board') before the review is submitted")
        self.perform("send_to_board", self.staff.officer, data={"meeting_id": self.meeting().pk})

    def strike(self) -> None:
        self.perform("strike", self.staff.secretary)

    def table(self) -> None:
        self.perform("table", self.staff.secretary, data={"paragraph": "7"})

    def back_from_table(self) -> None:
        self.perform("back_from_table", self.staff.secretary, data={"meeting_id": self.meeting().pk})

    def refer_back(self) -> None:
        comment = "Nämnden vill veta hur många av platserna som når boende i området."
        self.perform("refer_back", self.staff.secretary, comment=comment)

    def board_as_proposed(self, paragraph: str = "7") -> None:
        """What the minutes say is registered: the board decided as proposed."""
        register_outcome(
            case=self.case,
            actor=self.staff.secretary,
            values={"outcome": "bifall", "paragraph": paragraph},
            expected_version=self.item.version,
        )

    def record_board(self) -> None:
        case = self.case
        record_board_decision(case=case, actor=self.staff.secretary, expected_version=case.version)

    def board_decides(self, paragraph: str = "7") -> None:
        self.board_as_proposed(paragraph)
        self.record_board()
