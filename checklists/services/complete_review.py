"""Sign a review: nothing is open, and the signature covers the version and every answer that stands."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.doubt_texts import reason_for
from checklists.models import Review
from checklists.models.review import ChangeKind, ReviewChange
from checklists.rules.answers import DraftAnswer
from checklists.rules.verdict import verdict
from checklists.selectors.reviews import Material, material
from checklists.services.acting import SYSTEM_ROLE, Acting, begin
from checklists.services.answer_question import store_answer
from checklists.services.changing import change
from vetting.accounts.actors import Actor, system_actor
from vetting.kernel import clock
from vetting.kernel.errors import NotNow
from vetting.kernel.versions import digest

SYSTEM = system_actor("checklists")


def complete_review(
    *, review: Review, actor: Actor, expected_revision: int | None = None, case: uuid.UUID | None = None
) -> ReviewChange:
    """Completes the review as this person's. Says nothing about the outcome, and a stop may stand in it.

    What the system answers (A24, L16) is stored with it. Raises NotNow with one reason per open item, and Stale when
    the review itself changed since the person saw it (`expected_revision`).
    """
    with transaction.atomic():
        acting = begin(review, actor, "review.completed", case=case)
        acting.expect(expected_revision)
        now = material(acting.review)
        said = verdict(now.view)
        if not said.complete:
            reasons = [reason_for(one) for one in said.open]
            raise NotNow(_("The review is not complete yet."), reasons=reasons, code="not_complete")
        _store_system_answers(acting, now)
        signature = change(
            acting,
            ChangeKind.COMPLETED,
            digest=digest_of(material(acting.review)),
            state="complete",
            completed_at=clock.now(),
        )
        acting.log("review.completed", digest=signature.digest, questions=list(said.asked))
    return signature


def _store_system_answers(acting: Acting, now: Material) -> None:
    """From here on the signed answer stands, not the live one."""
    by_system = Acting(acting.review, SYSTEM, SYSTEM_ROLE, acting.case)
    for code, answer in now.view.system.items():
        current = now.current(code)
        if current is None or (current.value, frozenset(current.circumstances)) != (answer.value, answer.circumstances):
            store_answer(by_system, code, DraftAnswer(answer.value, circumstances=answer.circumstances), current, None)


def digest_of(now: Material) -> str:
    """SHA-256 over the version and the answers that stand, with the commitments to their words."""
    standing = [now.current(code) for code in now.definition.by_code]
    answers = [
        [one.question, one.value, one.circumstances, one.looked_at, one.commitment, str(one.key)]
        for one in standing
        if one is not None
    ]
    return digest_over(now.review.key, now.review.version.digest, now.review.asked, answers)


def digest_over(review: uuid.UUID, version: str, asked: Sequence[str], answers: Sequence[Sequence[Any]]) -> str:
    """The same from plain values; `answers` in the checklist's order, each as `digest_of` lists it."""
    return digest({"review": str(review), "version": version, "asked": list(asked), "answers": answers})
