"""Confirm several suggested answers at once: each was listed to the person, each is stored as that person's own."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Answer, Review
from checklists.rules.answers import DraftAnswer, Owed, can_confirm_in_bulk, looked_enough, owes_looked_at
from checklists.rules.definition import LookedAt, Value
from checklists.rules.review import asked_now
from checklists.selectors.reviews import Material, material
from checklists.services.acting import Acting, begin
from checklists.services.answer_question import OWED_TEXTS, store_answer
from vetting.accounts.actors import Actor
from vetting.jobs.idempotency import once
from vetting.kernel.errors import Invalid, Stale


@dataclass(frozen=True, slots=True)
class Listed:
    """What one review's list showed: question code → key of the suggestion that stood there."""

    review: Review
    suggestions: Mapping[str, uuid.UUID]


def confirm_answers(
    *,
    listed: Sequence[Listed],
    actor: Actor,
    looked_at: Collection[LookedAt] = (),
    key: uuid.UUID | None = None,
    case: uuid.UUID | None = None,
) -> list[Answer]:
    """Stores the listed suggestions as the person's answers, for all the reviews or for none.

    Stale when one of them was answered or replaced meanwhile; Invalid when one owes own words (it is answered alone)
    or when too little was looked at for those that say "Inga konkreta uppgifter kända".
    """

    def do() -> dict[str, Any]:
        stored: list[Answer] = []
        for one in sorted(listed, key=lambda each: each.review.pk):  # one order of locks
            acting = begin(one.review, actor, "review.confirmed", case=case)
            stored += _confirm(acting, one.suggestions, frozenset(looked_at))
        return {"answers": [str(answer.key) for answer in stored]}

    if key is None:
        with transaction.atomic():
            done = do()
    else:
        done = once(actor=actor.reference, key=key, purpose="checklists.confirm", do=do)
    return list(Answer.objects.filter(key__in=done["answers"]).order_by("id"))


def _confirm(acting: Acting, shown: Mapping[str, uuid.UUID], looked_at: frozenset[LookedAt]) -> list[Answer]:
    now = material(acting.review)
    drafts = {code: _draft(now, code, key, looked_at) for code, key in shown.items()}
    stored = [store_answer(acting, code, draft, now.current(code), now.prefill(code)) for code, draft in drafts.items()]
    if stored:
        acting.log("review.confirmed", questions=", ".join(drafts), answers=[str(one.key) for one in stored])
    return stored


def _draft(now: Material, code: str, shown: uuid.UUID, looked_at: frozenset[LookedAt]) -> DraftAnswer:
    question = next((one for one in asked_now(now.view) if one.code == code), None)
    prefill = now.prefill(code)
    if question is None or prefill is None or prefill.key != shown or now.current(code):
        raise Stale(
            _("%(question)s changed while you read. Look at the list as it is now, then confirm again.")
            % {"question": code},
            question=code,
            seen=str(shown),
            current=str(prefill.key) if prefill else "",
        )
    value = Value(prefill.value)
    if not can_confirm_in_bulk(question, value):
        raise Invalid(
            _("%(question)s needs your own words and is answered by itself.") % {"question": code}, code="own_words"
        )
    asks = owes_looked_at(question, value)
    if asks and not looked_enough(looked_at, now.view.least_looked_at):
        text = OWED_TEXTS[Owed.LOOKED_AT]
        raise Invalid(text, fields={"looked_at": [text]}, code=Owed.LOOKED_AT)
    return DraftAnswer(value, "", frozenset(prefill.circumstances), looked_at if asks else frozenset(), value)
