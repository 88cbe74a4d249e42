"""Add an evidence card to a question, with its file. Source: docs/domain.md §3.3."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from checklists.access import EVIDENCE_FILES, subject_of
from checklists.models import Evidence, EvidenceNote, NoteKind, Review
from checklists.rules.evidence import DraftEvidence, Refused, refusals
from checklists.selectors.versions import definition_of
from checklists.services.acting import Acting, begin
from vetting.accounts.actors import Actor
from vetting.files.models import StoredFile
from vetting.files.services import store_upload
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid

REFUSED_TEXTS = {
    Refused.UMBRELLA_ONLY: _(
        "Membership in the same umbrella organisation is no evidence by itself. Say what was done or said, and by whom."
    ),
    Refused.ROLE_AND_CAPACITY: _(
        "Say in which role and capacity the act was done; “unknown” and “unclear” are answers."
    ),
    Refused.TOO_LONG: _("The excerpt can have at most 500 characters. Attach the whole as a file."),
    Refused.COUNTER: _("Write what speaks the other way, or why you found nothing."),
    Refused.RELIABILITY: _("Write how reliable the source is, and why."),
}
REFUSED_FIELDS = {
    Refused.UMBRELLA_ONLY: "shows",
    Refused.ROLE_AND_CAPACITY: "actor_role",
    Refused.TOO_LONG: "excerpt",
    Refused.COUNTER: "counter",
    Refused.RELIABILITY: "reliability",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card as its form gives it. `counter_found`: something does speak the other way; else `counter` says why not."""

    title: str
    place: str
    draft: DraftEvidence
    counter_found: bool
    captured_on: date
    happened_on: date | None = None
    names_representative: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody sent along."""

    file: IO[bytes]
    name: str
    size: int


def add_evidence(
    *,
    review: Review,
    question: str,
    card: Card,
    actor: Actor,
    upload: Upload | None = None,
    key: uuid.UUID | None = None,
    case: uuid.UUID | None = None,
) -> Evidence:
    """Stores the card with its counter-evidence slot. Cards are never changed; what comes later is noted on them.

    Raises Invalid with messages per field (membership in an umbrella alone is refused), FileRefused for the file.
    """

    def do() -> dict[str, Any]:
        acting = begin(review, actor, "review.evidence_added", case=case)
        return {"evidence": str(_add(acting, question, card, upload).key)}

    if key is None:
        with transaction.atomic():
            stored = do()
    else:
        stored = once(actor=actor.reference, key=key, purpose=f"checklists.evidence:{review.pk}:{question}", do=do)
    return Evidence.objects.get(key=stored["evidence"])


def _add(acting: Acting, question: str, card: Card, upload: Upload | None) -> Evidence:
    review = acting.review
    if question not in definition_of(review.version).by_code:
        raise Invalid(_("There is no question “%(code)s”.") % {"code": question}, code="question")
    found = refusals(card.draft)
    if found:
        fields = {REFUSED_FIELDS[one]: [REFUSED_TEXTS[one]] for one in found}
        raise Invalid(_("The card cannot be saved yet."), fields=fields, code=found[0])
    last = Evidence.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0
    evidence = Evidence.objects.create(
        review=review,
        question=question,
        number=last + 1,
        shows=card.draft.shows.value,
        source_class=card.draft.source_class.value,
        happened_on=card.happened_on,
        captured_on=card.captured_on,
        actor_role=card.draft.role.value if card.draft.role else "",
        capacity=card.draft.capacity.value if card.draft.capacity else "",
        names_representative=card.names_representative,
        file=_store(acting, upload) if upload else None,
        at=clock.now(),
        **acting.words(
            {
                "title": card.title,
                "place": card.place,
                "excerpt": card.draft.excerpt,
                "reliability": card.draft.reliability,
            }
        ),
        **acting.by(),
    )
    EvidenceNote.objects.create(
        evidence=evidence,
        kind=NoteKind.COUNTER,
        on=clock.today(),
        found=card.counter_found,
        at=evidence.at,
        **acting.words({"text": card.draft.counter}),
        **acting.by(),
    )
    acting.log("review.evidence_added", question=question, card=evidence.number, evidence=str(evidence.key))
    return evidence


def _store(acting: Acting, upload: Upload) -> StoredFile:
    return store_upload(
        file=upload.file,
        name=upload.name,
        size=upload.size,
        district=acting.review.district,
        access_class=EVIDENCE_FILES,
        subject=subject_of(acting.review),
        stored_by=acting.actor.reference,
    )
