"""`begin()`: from now on something is owed."""

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetting.accounts.models import District
from vetting.audit.services import HasReference
from vetting.kernel import clock
from vetting.kernel.errors import NotNow
from vetting.obligations.kinds import kinds
from vetting.obligations.models import STANDING, Obligation
from vetting.obligations.plan import next_day, steps_of
from vetting.obligations.services.change import log
from vetting.obligations.services.plans import plan_for


def begin(
    *,
    kind: str,
    district: District,
    subject_type: str,
    subject_key: uuid.UUID,
    due_on: date,
    actor: HasReference,
    case: uuid.UUID | None = None,
) -> Obligation:
    """Enters an obligation with its last day (a date in Stockholm) and its district's plan of reminders.

    Steps whose day lies behind already are not owed. Raises LookupError for a kind nobody registered, NotNow
    (`standing`) when the subject has an obligation of the kind that stands.
    """
    entry = kinds[kind]
    with transaction.atomic():
        if Obligation.objects.filter(kind=kind, subject_key=subject_key, state__in=STANDING).exists():
            raise NotNow(_("This has a last day already. Move that one instead."), code="standing")
        today = clock.today()
        plan = plan_for(district=district, code=entry.plan, day=today)
        made = Obligation.objects.create(
            kind=kind,
            district=district,
            subject_type=subject_type,
            subject_key=subject_key,
            case=case,
            plan=plan,
            due_on=due_on,
            next_on=next_day(steps_of(plan.content), due_on, on_or_after=today),
        )
        log("begun", made, actor, data={"plan": plan.number})
    return made
