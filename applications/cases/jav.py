"""Conflict of interest (jäv): who declared what, and who is out (docs/domain.md §0.3, A24; KL 6:28–32, 7:4)."""

from django.utils.translation import gettext_lazy as _

from applications.cases.models import JavAnswer, JavDeclaration
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move


def newest_answer(case_id: int, user_id: int) -> str:
    """The person's newest declaration in the case; empty when none was made."""
    answer = (
        JavDeclaration.objects.filter(case_id=case_id, user_id=user_id).order_by("-id").values_list("answer", flat=True)
    ).first()
    return answer or ""


def jav_reason(move: Move) -> Reason | None:
    """Why the actor may not touch the case: out by conflict, or no declaration yet where the row asks for one."""
    if "jav" not in move.facts:
        move.facts["jav"] = newest_answer(move.case.pk, move.actor.user_id or 0)
    answer = move.facts["jav"]
    if answer == JavAnswer.YES:
        return Reason("jav_out", _("You declared a conflict of interest in this case and are locked out of it."))
    if not answer and move.row.jav:
        return Reason("jav_missing", _("Declare first whether you have a conflict of interest in this case."))
    return None
