"""How a case hosts its reviews: the head above the checklist, and the gate in front of every change to an answer.

Checklists know no case (design: Reviews); they ask the host for the page and the gate for what speaks against it.
"""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.available import step_url
from applications.cases.executor import kind_of
from applications.cases.header import case_header, case_url
from applications.cases.jav import standing
from applications.cases.models import Case, CaseReview, Recusal, StateChange
from applications.cases.selectors import page_case
from applications.cases.services.open_reviews_again import open_reviews_again
from checklists.hosts import HostPage
from checklists.models import Review
from vetting.accounts.actors import Actor
from vetting.accounts.pages import who_may
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Kind, kinds

HOST = "case"
SIGNED = "review.completed"


def host_page(actor: Actor, key: uuid.UUID) -> HostPage:
    """The case as the review page needs it. Raises NotFound for another district's or a locked case."""
    case = page_case(actor, Permission.SEE_CHECKLIST, key)
    links = CaseReview.objects.filter(case_id=case.pk).standing()
    header = case_header(case, actor, tab="review", page=_("Review"))
    return HostPage(
        title=f"{header.name} {case.number}".strip(),
        district_id=case.district_id,
        reviews=tuple(link.review for link in links.select_related("review__version", "review__district")),
        back_url=case_url(case),
        back_label=str(_("Back to the case")),
        header_template="cases/_header.html",
        header=header,
        case=case.key,
        completion_url=_step(case, actor, "ask_completion"),
        lane_url=_step(case, actor, "open_in_depth") or _step(case, actor, "close_in_depth"),
        next_url=case_url(case),
        open_again=lambda person, why: open_reviews_again(case=case, actor=person, why=why),
    )


def _step(case: Case, actor: Actor, action: str) -> str:
    """The step's page, for whoever may take it from here."""
    row = kind_of(case).workflow.row(action, case.state)
    held = {role.value for role in actor.roles_in(case.district_id)}
    return step_url(case, row) if row and held & set(row.who) else ""


def gate(review: Review, actor: Actor, verb: str) -> Reason | None:
    """Why this person may not see or change the review now: no case of theirs, a conflict, or the case has moved on."""
    if actor.is_system:
        return None
    linked = CaseReview.objects.filter(review=review).values("case_id")
    cases = list(Case.objects.for_user(actor, Permission.SEE_CHECKLIST).filter(pk__in=linked))
    if not cases:
        if verb == "review.opened" or not linked.exists():
            return None  # opened by the step that links it
        return Reason("no_case", _("The review belongs to no case that you can see."))
    if verb == "see":
        return None
    standing_for = set(CaseReview.objects.filter(review=review).standing().values_list("case_id", flat=True))
    cases = [case for case in cases if case.pk in standing_for]
    if not cases:
        return Reason("replaced", _("The case has a newer review in the place of this one."))
    if _out_of_another(standing_for, actor):
        return Reason("jav_out", _("The review is shared with a case that a conflict of interest locks you out of."))
    reason: Reason | None = None
    for case in cases:
        reason = _open_to(case, actor, verb)
        if reason is None:
            return None
    return reason


def _out_of_another(linked: Any, actor: Actor) -> bool:
    """A review of an association may serve several cases: what is answered in one weighs in them all."""
    mine = Recusal.objects.filter(user_id=actor.person_id, case_id__in=linked)
    return mine.locked_out_on(clock.today()).exists()


def _open_to(case: Case, actor: Actor, verb: str) -> Reason | None:
    where = standing(case.pk, actor.user_id)
    if where.out:
        return Reason("jav_out", _("A conflict of interest locks you out of this case."))
    if not where.declared or where.unsettled:
        return Reason(
            "jav_missing",
            _("Declare first whether you have a conflict of interest in this case."),
            reverse("declare-jav", args=[case.key]),
        )
    kind = kinds[case.kind]
    if reason := _not_theirs(case, kind, actor):
        return reason
    if case.state in kind.review_states or (verb == SIGNED and _within_its_step(case)):
        return None
    state = kind.workflow.state(case.state).label
    return Reason("not_reviewing", _("The review cannot be changed while the case is “%(state)s”.") % {"state": state})


def _not_theirs(case: Case, kind: Kind, actor: Actor) -> Reason | None:
    """A permission holds for all kinds of case; whose work the reviews of this kind are, the kind says."""
    if kind.review_roles & {role.value for role in actor.roles_in(case.district_id)}:
        return None
    return Reason(
        "other_kind",
        _("The review of this kind of case is worked on by: %(who)s.") % {"who": who_may(tuple(kind.review_roles))},
    )


def _within_its_step(case: Case) -> bool:
    """Whether this very transaction moved the case to where it stands: the step's own guards have spoken.

    The submitting step signs what is open after the state has moved. The state row carries its transaction's id, which
    the database gave it (docs/adr/0002), so nothing outside the executor can claim to be inside a step.
    """
    rows = StateChange.objects.filter(subject_type="case", subject_id=case.pk, version=case.version)
    return rows.extra(where=["xact = pg_current_xact_id()"]).exists()
