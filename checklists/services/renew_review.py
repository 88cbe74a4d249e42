"""A fresh review in the place of a signed one that must stay as it is: same subject, same terms, its answers suggested.

Source: docs/adr/0016. The signed review keeps its answers and its signature; whoever opens the fresh one confirms each.
"""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from checklists.models import NoteKind, Review
from checklists.rules.definition import Definition
from checklists.selectors.reviews import Material, material
from checklists.selectors.versions import definition_of, version_on
from checklists.services.acting import begin
from checklists.services.open_review import open_fresh, same_terms
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow

NEW = frozenset({"id", "key"})  # what a row has to itself


def renew_review(*, review: Review, actor: Actor, why: str, case: uuid.UUID | None = None) -> Review:
    """The open review of the subject: the one that is open already on the same terms, else a fresh one.

    Asks for the same right, and the same gates, as opening the signed one again. Raises NotNow when the review is
    open itself, or the subject is open on other terms (code `other_terms`); Invalid without a reason.
    """
    with transaction.atomic():
        District.objects.select_for_update(no_key=True).get(pk=review.district_id)  # one opener per district at a time
        acting = begin(
            review, actor, "review.reopened", permission=Permission.REOPEN_REVIEW, case=case, only_open=False
        )
        signed = acting.review
        if signed.is_open:
            raise NotNow(_("The review is open already."), code="already")
        if not why.strip():
            raise Invalid(_("The review cannot be opened yet."), fields={"why": [_("Write why it is opened again.")]})
        version = version_on(signed.template, clock.today())
        known = definition_of(version)
        terms = {
            "asked": [code for code in signed.asked if code in known.by_code],
            "rule_flags": signed.rule_flags,
            "least_looked_at": signed.least_looked_at,
        }
        standing = _open_of(signed).first()
        if standing is not None:
            return same_terms(standing, terms)
        renewed = material(signed)
        fresh = open_fresh(
            signed.district, version, signed.subject, signed.reference, terms, actor, case, renews=renewed
        )
        _carry(renewed, fresh, known)
        return fresh


def _carry(renewed: Material, fresh: Review, known: Definition) -> None:
    """The cards that stand come along with what happened to them, as their makers' and as of their day."""
    for card in renewed.evidence:
        notes = list(card.notes.all())
        if card.question not in known.by_code or any(note.kind == NoteKind.WITHDRAWN for note in notes):
            continue
        carried = _copy(card, review=fresh, first=card.first or card)
        for note in notes:
            _copy(note, evidence=carried)


def _copy(row: Any, **changed: Any) -> Any:
    same = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in NEW}
    return type(row)._default_manager.create(**same | changed)


def taken_up_elsewhere(review: Review) -> bool:
    """Whether another review of the same subject is open: then this one cannot be opened again beside it."""
    return _open_of(review).exists()


def _open_of(review: Review) -> QuerySet[Review]:
    return Review.objects.filter(
        district=review.district_id, subject=review.subject, template=review.template, state="open"
    ).exclude(pk=review.pk)
