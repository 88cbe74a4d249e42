"""Put a question to somebody: unit head, coordinator, lawyer … Source: docs/domain.md §3."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Escalation, Review
from checklists.rules.definition import Target
from checklists.selectors.versions import definition_of
from checklists.services.acting import begin
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.errors import Invalid


def escalate_question(
    *, review: Review, question: str, to: Target, text: str, actor: Actor, case: uuid.UUID | None = None
) -> Escalation:
    """Asks `to` about the question, in words. It is open until answered. Raises Invalid without words."""
    with transaction.atomic():
        acting = begin(review, actor, "review.escalated", case=case)
        if question not in definition_of(acting.review.version).by_code:
            raise Invalid(_("There is no question “%(code)s”.") % {"code": question}, code="question")
        if not text.strip():
            raise Invalid(
                _("The question cannot be put yet."), fields={"text": [_("Write what you ask, and what you know.")]}
            )
        row = Escalation.objects.create(
            review=acting.review,
            question=question,
            to=to.value,
            at=clock.now(),
            **acting.words({"text": text.strip()}),
            **acting.by(),
        )
        acting.log("review.escalated", question=question, to=to.value, escalation=str(row.key))
    return row
