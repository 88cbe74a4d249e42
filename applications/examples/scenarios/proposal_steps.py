"""The proposals of a grant application beside the ordinary one: in part, a refusal, a dismissal, for the board."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from applications.examples.scenarios.grant_steps import WEEK, GrantSteps
from vetting.kernel import clock

_NOTHING: dict[str, Any] = {"amount": None, "lines": [], "last_report_on": None}


class ProposalSteps(GrantSteps):
    """Each writes the open proposal; nobody is owed a hearing by any of them."""

    def propose_for_board(self) -> None:
        self.propose(path="board")

    def propose_refusal(self, **more: Any) -> None:
        self.propose(
            outcome="refused",
            reason_class="priority",
            **_NOTHING,
            principle_reason="Samma prioritering gäller alla ansökningar i omgången.",
            facts="Stödet räcker inte till alla som uppfyller villkoren.",
            facts_from="register",
            priority_note="Ansökningar som når fler boende i området har gått före.",
            differs="yes",
            differs_reason="Färre av platserna når boende i området än i de ärenden som fått bifall.",
            assessment="Verksamheten uppfyller villkoren men når färre än de ansökningar som prioriterats.",
            **more,
        )

    def propose_refusal_by_board(self) -> None:
        self.propose_refusal(path="board")

    def propose_part(self) -> None:
        """Less than applied for: a revised budget is owed before the first payment."""
        self.propose(
            outcome="part",
            reason_class="priority",
            amount=(self.amount * 2 / 3).quantize(Decimal(1)),
            lines=[],
            principle_reason="Samma fördelning gäller alla ansökningar i omgången.",
            facts="Stödet räcker inte till hela det sökta beloppet för alla som uppfyller villkoren.",
            facts_from="register",
            priority_note="Ledararvodena går före materialet, som i övriga ansökningar.",
            differs="yes",
            differs_reason="Ansökan är större än de som fått hela beloppet.",
            assessment="Verksamheten uppfyller villkoren. Arvoden och lokal bedöms vara det som bär den.",
        )

    def propose_dismissal(self) -> None:
        """Help was offered three weeks ago and its last day has passed."""
        self.propose(
            outcome="dismissed",
            reason_class="formal",
            **_NOTHING,
            formal_ground="incomplete",
            formal_helped_on=clock.today() - 3 * WEEK,
            formal_last_day=clock.today() - timedelta(days=1),
            principle_reason="Ärendet gäller bara vilka handlingar som har kommit in.",
            facts="Stadgarna har begärts in två gånger och har inte kommit.",
            assessment="",
        )
