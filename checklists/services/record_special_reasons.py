"""Record that special reasons were tried for a stop: found or not, and why. Source: docs/domain.md §2.2, §3."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Review, SpecialReasons
from checklists.rules.review import Weighed
from checklists.selectors.reviews import verdict_on
from checklists.services.acting import begin
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow


def record_special_reasons(
    *,
    review: Review,
    question: str,
    found: bool,
    text: str,
    actor: Actor,
    weighed: Collection[Weighed] = (),
    case: uuid.UUID | None = None,
) -> SpecialReasons:
    """Stores the trial by somebody with authority. Found, it lifts the stop; not found, it is recorded all the same.

    Raises NotNow when nothing stops on that question, Invalid without words, NotAllowed with who may.
    """
    with transaction.atomic():
        acting = begin(review, actor, "review.special_reasons", permission=Permission.RECORD_SPECIAL_REASONS, case=case)
        if not any(block.question == question for block in verdict_on(acting.review).blocks):
            raise NotNow(_("Nothing stops on %(question)s now.") % {"question": question}, code="no_stop")
        if not text.strip():
            raise Invalid(
                _("The trial cannot be saved yet."),
                fields={"text": [_("Write what speaks for and against, in your own words.")]},
            )
        row = SpecialReasons.objects.create(
            review=acting.review,
            question=question,
            found=found,
            weighed=sorted(one.value for one in weighed),
            at=clock.now(),
            **acting.words({"text": text.strip()}),
            **acting.by(),
        )
        acting.log("review.special_reasons", question=question, found=found, weighed=row.weighed)
    return row
