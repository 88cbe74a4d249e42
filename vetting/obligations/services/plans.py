"""Plans of reminders as versions: drafted, published by a second person, the shipped one where a district has none."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetting.accounts.actors import Actor, system_actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.versions import publish
from vetting.obligations.models import ReminderPlan
from vetting.obligations.plan import shipped, steps_of

EXAMPLES = system_actor("examples")
ALWAYS = date(2000, 1, 1)  # an example holds until a district has its own


def draft_plan(
    *, district: District, code: str, content: Mapping[str, Any], actor: Actor, is_example: bool = False
) -> ReminderPlan:
    """A new draft of a district's plan. Raises Invalid listing what is wrong with it, NotAllowed."""
    if not actor.is_system:
        must_have(actor, Permission.EDIT_PROGRAMMES, district.pk)
    try:
        steps_of(content)
    except ValueError as error:
        raise Invalid(str(error), fields={"content": str(error).split("; ")}, code="bad_plan") from error
    with transaction.atomic():
        _lock(district)
        newest = ReminderPlan.objects.filter(district=district, code=code).order_by("-number").first()
        plan = ReminderPlan.objects.create(
            district=district,
            code=code,
            number=newest.number + 1 if newest else 1,
            content=dict(content),
            drafted_by=actor.reference,
            is_example=is_example,
        )
        _log("reminder_plan.drafted", plan, actor)
    return plan


def publish_plan(*, plan: ReminderPlan, actor: Actor, valid_from: date) -> None:
    """Publishes a draft and ends the version before it the day earlier; what runs keeps the plan it began under.

    Raises NotNow when it is published already, by its own drafter, or not after the version in force.
    """
    if not actor.is_system:
        must_have(actor, Permission.PUBLISH_RULES, plan.district_id)
    with transaction.atomic():
        _lock(plan.district)
        plan.refresh_from_db()
        former = ReminderPlan.objects.published().filter(
            district_id=plan.district_id, code=plan.code, valid_to__isnull=True
        )
        for old in former.exclude(pk=plan.pk):
            if old.valid_from is not None and old.valid_from >= valid_from:
                text = _("A version is in force from that day or later already. Choose a later day.")
                raise NotNow(text, code="overlap")
            old.valid_to = valid_from - timedelta(days=1)
            old.save(update_fields=["valid_to"])
        publish(plan, by=actor.reference, valid_from=valid_from, at=clock.now())
        _log("reminder_plan.published", plan, actor)


def plan_for(*, district: District, code: str, day: date) -> ReminderPlan:
    """The plan in force on a day. A district that has published none gets the shipped one, labelled `exempel`:
    that reminders lack a plan must never hold up the step that makes something due."""
    published = ReminderPlan.objects.published().filter(district=district, code=code)
    found = published.valid_on(day).order_by("-number").first()
    if found is not None:
        return found
    with transaction.atomic():
        _lock(district)
        if published.exists():
            return published.valid_on(day).order_by("-number").first() or published.earliest("valid_from")
        plan = draft_plan(district=district, code=code, content=shipped(), actor=EXAMPLES, is_example=True)
        publish_plan(plan=plan, actor=EXAMPLES, valid_from=ALWAYS)
    return plan


def _lock(district: District) -> None:
    """One person drafts or publishes in a district at a time."""
    District.objects.select_for_update(no_key=True).get(pk=district.pk)


def _log(verb: str, plan: ReminderPlan, actor: Actor) -> None:
    record(
        actor=actor,
        verb=verb,
        district=plan.district.code,
        subject=f"reminder_plan:{plan.pk}",
        data={"code": plan.code, "number": plan.number, "digest": plan.digest},
    )
