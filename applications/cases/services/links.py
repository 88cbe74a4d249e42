"""Cases that belong together."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.locking import lock_for
from applications.cases.models import Case, CaseLink
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid

WHY_OWED = _("Choose how the cases belong together.")


def link_cases(*, case: Case, number: str, why: str, actor: Actor, key: uuid.UUID | None = None) -> None:
    """Links the case to another of its district that the actor may see, named by its diary number.

    Linking what is linked already changes nothing. Raises Invalid on the field `number` or `why`.
    """
    if why not in CaseLink.Why.values:
        raise Invalid(WHY_OWED, fields={"why": [WHY_OWED]}, code="why")
    seen = Case.objects.for_user(actor, Permission.SEE_CASES).filter(district_id=case.district_id)
    other = seen.filter(number__iexact=" ".join(number.split())).first() if number.strip() else None
    if other is None or other.pk == case.pk:
        message: Any = _("That is this case's own number.")
        if other is None:
            message = _("There is no case %(number)s in this district. Write the whole number, as in %(example)s.") % {
                "number": number.strip(),
                "example": f"{case.district.code} {clock.today().year}/0001",
            }
        raise Invalid(message, fields={"number": [message]}, code="number")

    def do() -> dict[str, Any]:
        fresh = lock_for(case=case, actor=actor, permission=Permission.WRITE_NOTES)
        first, second = sorted((fresh.pk, other.pk))
        _link, made = CaseLink.objects.get_or_create(
            first_id=first,
            second_id=second,
            ended_at=None,
            defaults={"why": why, "by": actor.reference, "at": clock.now()},
        )
        if made:
            _record(fresh, actor, "case.linked", other.number)
        return {}

    once(actor=actor.reference, key=key, purpose=f"link-cases:{case.pk}", do=do)


def unlink_cases(*, case: Case, other: Case, actor: Actor, key: uuid.UUID | None = None) -> None:
    """Ends the link between two cases; the row stays."""

    def do() -> dict[str, Any]:
        fresh = lock_for(case=case, actor=actor, permission=Permission.WRITE_NOTES)
        first, second = sorted((fresh.pk, other.pk))
        ended = CaseLink.objects.filter(first_id=first, second_id=second, ended_at__isnull=True).update(
            ended_at=clock.now()
        )
        if ended:
            _record(fresh, actor, "case.unlinked", other.number)
        return {}

    once(actor=actor.reference, key=key, purpose=f"unlink-cases:{case.pk}", do=do)


def _record(case: Case, actor: Actor, verb: str, other: str) -> None:
    record(
        actor=actor,
        verb=verb,
        case=case.key,
        district=case.district.code,
        subject=f"case:{case.pk}",
        data={"other": other},
    )
