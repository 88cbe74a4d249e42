"""Answer one question. Answers are only added: a correction names the answer it supersedes."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Answer, Prefill, Review
from checklists.rules.answers import DraftAnswer, Owed, owed
from checklists.rules.definition import LookedAt, Question, Value
from checklists.rules.review import asked_now
from checklists.selectors.reviews import Material, material
from checklists.services.acting import Acting, begin
from checklists.words import answer_words
from vetting.accounts.actors import Actor
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow, Stale

OWED_TEXTS = {
    Owed.SYSTEM_ANSWERS: _("The system answers this question from its own records; it cannot be typed."),
    Owed.OWN_WORDS: _("Write the reason in your own words."),
    Owed.LOOKED_AT: _("Tick what you looked at, at least what is marked."),
    Owed.CIRCUMSTANCE: _("What you ticked does not fit the answer. Untick it or change the answer."),
}
OWED_FIELDS = {
    Owed.SYSTEM_ANSWERS: "answer",
    Owed.OWN_WORDS: "own_words",
    Owed.LOOKED_AT: "looked_at",
    Owed.CIRCUMSTANCE: "circumstances",
}


def answer_question(
    *,
    review: Review,
    question: str,
    value: Value,
    actor: Actor,
    own_words: str = "",
    circumstances: Collection[str] = (),
    looked_at: Collection[LookedAt] = (),
    supersedes: uuid.UUID | None = None,
    key: uuid.UUID | None = None,
    case: uuid.UUID | None = None,
) -> Answer:
    """Stores one person's answer; it stands until another supersedes it.

    `supersedes` is the key of the answer the person saw (None: none); when another stands by now, Stale is raised with
    both texts in its data and nothing is stored. `key` makes a double submit one answer. Raises Invalid with messages
    per field for what is owed (own words, what was looked at), NotNow for a question that is not asked, NotAllowed.
    """
    draft = DraftAnswer(value, own_words, frozenset(circumstances), frozenset(looked_at))

    def do() -> dict[str, Any]:
        acting = begin(review, actor, "review.answered", case=case)
        return {"answer": str(_answer(acting, question, draft, supersedes).key)}

    if key is None:
        with transaction.atomic():
            stored = do()
    else:
        stored = once(actor=actor.reference, key=key, purpose=f"checklists.answer:{review.pk}:{question}", do=do)
    return Answer.objects.get(key=stored["answer"])


def _answer(acting: Acting, code: str, draft: DraftAnswer, supersedes: uuid.UUID | None) -> Answer:
    now = material(acting.review)
    question = _asked(now, code)
    current, prefill = now.current(code), now.prefill(code)
    if (current.key if current else None) != supersedes:
        raise _stale(current, draft, supersedes)
    lacking = owed(question, _with_prefill(draft, prefill), now.view.least_looked_at)
    if lacking:
        fields = {OWED_FIELDS[one]: [OWED_TEXTS[one]] for one in lacking}
        raise Invalid(_("The answer cannot be saved yet."), fields=fields, code=lacking[0])
    answer = store_answer(acting, code, draft, current, prefill)
    acting.log("review.answered", question=code, answer=str(answer.key))
    return answer


def store_answer(
    acting: Acting, code: str, draft: DraftAnswer, current: Answer | None, prefill: Prefill | None
) -> Answer:
    """The row alone; what is owed has been asked for."""
    return Answer.objects.create(
        review=acting.review,
        question=code,
        value=draft.value.value,
        circumstances=sorted(draft.circumstances),
        looked_at=sorted(one.value for one in draft.looked_at),
        supersedes=current,
        prefill=prefill,
        at=clock.now(),
        **acting.words({"own_words": draft.own_words.strip()}),
        **acting.by(),
    )


def _asked(now: Material, code: str) -> Question:
    for question in asked_now(now.view):
        if question.code == code:
            return question
    raise NotNow(_("%(question)s is not asked in this review now.") % {"question": code}, code="not_asked")


def _with_prefill(draft: DraftAnswer, prefill: Prefill | None) -> DraftAnswer:
    return DraftAnswer(
        draft.value,
        draft.own_words,
        draft.circumstances,
        draft.looked_at,
        Value(prefill.value) if prefill else None,
    )


def _stale(current: Answer | None, draft: DraftAnswer, seen: uuid.UUID | None) -> Stale:
    theirs = answer_words(current) if current else ""
    return Stale(
        _("Somebody else answered this question meanwhile."),
        seen=str(seen) if seen else "",
        current=str(current.key) if current else "",
        theirs={"value": current.value if current else "", "own_words": theirs, "by": current.actor if current else ""},
        yours={"value": draft.value.value, "own_words": draft.own_words},
    )
