"""Where a person stands on conflicts of interest (jäv) in a case, and what that bars (docs/domain.md A24; KL 6:28)."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.models import Case, JavAnswer, JavDeclaration, JavRuling, Recusal
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's newest declaration in a case, what a unit head ruled since, and the lock-out that stands."""

    answer: str = ""  # JavAnswer; empty: nothing declared
    ruled: str = ""  # JavRuling.Ruling made after the declaration
    recused: bool = False
    allowed_action: str = ""  # KL 6:30
    allowed_until: date | None = None

    @property
    def out(self) -> bool:
        """Locked out: by a standing recusal, or by a `yes` that no ruling has lifted."""
        return self.recused or (self.answer == JavAnswer.YES and self.ruled != JavRuling.Ruling.LIFTED)

    @property
    def declared(self) -> bool:
        """An answer stands that lets the person work in the case."""
        return self.answer not in {"", JavAnswer.YES}

    @property
    def unsettled(self) -> bool:
        """A possible conflict that nobody has ruled on yet."""
        return self.answer == JavAnswer.POSSIBLE and self.ruled != JavRuling.Ruling.NO_CONFLICT

    def may_still(self, action: str, today: date) -> bool:
        """KL 6:30: a unit head's ruling lets a locked-out person take this one step until a day."""
        return self.allowed_action == action and self.allowed_until is not None and self.allowed_until >= today


def standing(case_id: int, user_id: int | None) -> Standing:
    """Where the person stands in the case; one query."""
    return standings([case_id], user_id).get(case_id, Standing())


def standings(case_ids: Collection[int], user_id: int | None) -> dict[int, Standing]:
    """Where the person stands in each of the cases; one query."""
    if user_id is None:
        return {}
    mine = Q(case_id=OuterRef("pk"), user_id=user_id)
    declared = JavDeclaration.objects.filter(mine).order_by("-id")
    ruled = JavRuling.objects.filter(mine).order_by("-id")
    out = Recusal.objects.filter(mine, lifted_at__isnull=True)
    rows: Any = Case._base_manager.filter(pk__in=case_ids).values(
        "pk",
        answer=Subquery(declared.values("answer")[:1]),
        declared_at=Subquery(declared.values("at")[:1]),
        ruling=Subquery(ruled.values("ruling")[:1]),
        ruled_at=Subquery(ruled.values("at")[:1]),
        recused=Subquery(out.values("pk")[:1]),
        allowed_action=Subquery(out.values("allowed_action")[:1]),
        allowed_until=Subquery(out.values("allowed_until")[:1]),
    )
    return {row["pk"]: _standing(row) for row in rows}


def _standing(row: Mapping[str, Any]) -> Standing:
    later = row["ruled_at"] is not None and (row["declared_at"] is None or row["ruled_at"] >= row["declared_at"])
    return Standing(
        answer=row["answer"] or "",
        ruled=row["ruling"] if later else "",
        recused=row["recused"] is not None,
        allowed_action=row["allowed_action"] or "",
        allowed_until=row["allowed_until"],
    )


def cases_out_of(actor: Actor) -> set[int]:
    """The ids of the cases a conflict of interest locks the actor out of today: a list shows their numbers alone."""
    if actor.user_id is None:
        return set()
    return set(
        Recusal.objects.filter(user_id=actor.user_id).locked_out_on(clock.today()).values_list("case_id", flat=True)
    )


def jav_reason(move: Move) -> Reason | None:
    """Why the actor may not take the step: out by conflict, a possible conflict not ruled on, or nothing declared yet.

    Steps with `jav=False` (registering what came in) need no declaration, but are closed to whoever is out.
    """
    if "jav" not in move.facts:
        move.facts["jav"] = standing(move.case.pk, move.actor.user_id)
    where: Standing = move.facts["jav"]
    if where.out:
        if where.may_still(move.row.action, move.today):
            move.log["exception"] = "KL 6:30"
            return None
        return Reason("jav_out", _("A conflict of interest locks you out of this case."))
    return declaration_owed(where, move.case.key) if move.row.jav else None


def declaration_owed(where: Standing, case: uuid.UUID) -> Reason | None:
    """What a person must have settled before working in the case; whoever is out is told elsewhere."""
    url = reverse("declare-jav", args=[case])
    if where.unsettled:
        return Reason(
            "jav_possible", _("You named a possible conflict of interest. The unit head rules on it first."), url
        )
    if not where.declared:
        return Reason("jav_missing", _("Declare first whether you have a conflict of interest in this case."), url)
    return None
