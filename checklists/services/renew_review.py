"""A fresh review in the place of a signed one that must stay as it is: same subject, same terms, its answers suggested.

Source: docs/adr/0016. The signed review keeps its answers and its signature; whoever opens the fresh one confirms each.
"""

import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from checklists.models import Review
from checklists.selectors.reviews import material
from checklists.selectors.versions import definition_of, version_on
from checklists.services.acting import begin
from checklists.services.open_review import open_fresh, same_terms
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow


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
        return open_fresh(
            signed.district, version, signed.subject, signed.reference, terms, actor, case, renews=material(signed)
        )


def taken_up_elsewhere(review: Review) -> bool:
    """Whether another review of the same subject is open: then this one cannot be opened again beside it."""
    return _open_of(review).exists()


def _open_of(review: Review) -> QuerySet[Review]:
    return Review.objects.filter(
        district=review.district_id, subject=review.subject, template=review.template, state="open"
    ).exclude(pk=review.pk)
