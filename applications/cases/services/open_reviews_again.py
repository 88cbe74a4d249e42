"""The signed reviews of a case that is taken up again: opened, or replaced where something else rests on them.

What a decision rested on, and what another case goes forward on, stays as it was signed (docs/adr/0016).
"""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction

from applications.cases.models import Case, CaseReview, StateChange
from checklists.models import Review
from checklists.services.acting import locked
from checklists.services.prefill_review import prefill_review
from checklists.services.renew_review import renew_review, taken_up_elsewhere
from checklists.services.reopen_review import reopen_review
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.kernel import clock
from vetting.kernel.errors import NotNow
from vetting.kernel.workflow import kinds


def open_reviews_again(*, case: Case, actor: Actor, why: str, only: Collection[uuid.UUID] | None = None) -> None:
    """Makes the case's signed reviews (those with a key in `only`) changeable again; `why` stands in each record.

    A review that only this case works on is opened. One that a decision or another case rests on stays signed, and the
    case gets a fresh one of the same subject with its answers as suggestions. Where neither can be, because the
    subject is open on another programme's terms, a step of the case leaves the signed one standing, and a person is
    told why (NotNow).
    """
    with transaction.atomic():
        District.objects.select_for_update(no_key=True).get(
            pk=case.district_id
        )  # before any review: one order of locks
        links = CaseReview.objects.filter(case_id=case.pk).standing().select_related("review")
        for link in sorted(links, key=lambda one: one.review_id):
            if only is None or link.review.key in only:
                _open_again(link, locked(link.review), case, actor, why)


def _open_again(link: CaseReview, review: Review, case: Case, actor: Actor, why: str) -> None:
    if review.is_open:
        return
    if not (rested_on(review, case) or taken_up_elsewhere(review)):
        reopen_review(review=review, actor=actor, why=why, case=case.key)
        return
    try:
        fresh = renew_review(review=review, actor=actor, why=why, case=case.key)
    except NotNow as refused:
        if actor.is_system and refused.code == "other_terms":
            return
        raise
    row: Any = {"part": link.part, "linked_at": clock.now(), "replaces": link}
    CaseReview.objects.get_or_create(case_id=case.pk, review=fresh, defaults=row)
    prefill_review(review=fresh, actor=actor, case=case.key)  # some facts are about the case just linked


def rested_on(review: Review, case: Case) -> bool:
    """Whether the signed review carries something that must not move: a decision of any case, or another case's way
    there. Asked under the review's lock."""
    links = CaseReview.objects.filter(review=review).select_related("case", "replaced_by")
    return any(_carries(link, review, case) for link in links)


def _carries(link: CaseReview, review: Review, case: Case) -> bool:
    kind = kinds[link.case.kind]
    standing = not hasattr(link, "replaced_by")
    if standing and link.case_id != case.pk and link.case.state not in kind.review_states:
        return True
    deciding = {row.action for row in kind.workflow.rows if row.forms_decision}
    decided = StateChange.objects.filter(subject_type="case", subject_id=link.case_id, action__in=deciding)
    return decided.filter(at__gte=review.completed_at).exists()
