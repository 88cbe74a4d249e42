"""The money of one case as it stands now: read once for a step, or once for all steps that a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from applications.associations.models import GiroAccount
from applications.decisions import selectors as decisions
from applications.decisions.models import DecisionTrack
from vetting.kernel.workflow import Move

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows in their order, the sums the database keeps, the newest main decision, the giros in use. Sums in kr."""

    rows: Sequence[Any]
    sums: Any
    track: DecisionTrack | None
    giros: Sequence[GiroAccount]

    def row(self, pk: int) -> Any:
        return next(row for row in self.rows if row.pk == pk)

    @property
    def granted(self) -> Decimal:
        return self.sums.granted if self.sums else ZERO

    def total(self, *states: str, but: int = 0) -> Decimal:
        """What the rows in `states` come to, without the row `but`."""
        return sum((row.amount for row in self.rows if row.state in states and row.pk != but), ZERO)

    def carries(self, row: Any) -> bool:
        """Whether the decision the row was planned under is the one in force."""
        return self.track is not None and self.track.in_force and self.track.decision_id == row.decision_id


def picture_of(case: Any) -> Picture:
    """A constant number of questions, however many rows there are."""
    people = ("certified_by", "released_by", "confirmed_by")
    rows = case.payments.select_related("giro", *people).prefetch_related("conditions", "early_answers")
    return Picture(
        rows=list(rows.order_by("position")),
        sums=getattr(case, "grant_sums", None),
        track=decisions.newest_track(case.pk),
        giros=list(
            GiroAccount.objects.filter(
                association=case.association_id, confirmed_at__isnull=False, ended_at__isnull=True
            ).order_by("kind")
        ),
    )


def picture_on(move: Move) -> Picture:
    """The case's money, read once per call or page."""
    if "payments" not in move.facts:
        move.facts["payments"] = picture_of(move.case)
    found: Picture = move.facts["payments"]
    return found
