"""Rounds: announce one under a published version, change it while it may be changed, cancel it."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.grants.models import ProgrammeVersion, Round
from applications.grants.programmes.rounds import (
    CANCELLED,
    CLOSED,
    RoundPlan,
    RuleOfRound,
    change_problems,
    closing_time,
    plan_problems,
    state_of,
)
from applications.grants.programmes.services.drafts import may_edit
from applications.grants.programmes.terms.stored import terms_of
from vetting.accounts.actors import Actor
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow, Stale


def announce_round(*, actor: Actor, version: ProgrammeVersion, plan: RoundPlan, is_example: bool = False) -> Round:
    """A new round, pinned for good to `version`. Raises NotNow for a draft, Invalid with the fields that are wrong."""
    district = version.programme.district
    may_edit(actor, district.pk)
    if not version.is_published:
        raise NotNow(_("A call needs a published version. Have the draft published first."), code="draft")
    with transaction.atomic():
        _refuse(plan_problems(plan, _rule(version)) | _name_taken(version.programme_id, plan))
        round = Round.objects.create(
            programme=version.programme,
            programme_version=version,
            is_example=is_example,
            created_by=actor.reference,
            **_values(plan, version),
        )
        _log(actor, "round.announced", round, district.code)
    return round


def change_round(*, actor: Actor, round: Round, plan: RoundPlan, seen_version: int) -> Round:
    """Changes what may still be changed. Raises Stale over a version not seen, Invalid with the fields."""
    district = round.programme.district
    may_edit(actor, district.pk)
    with transaction.atomic():
        fresh = _locked(round, seen_version)
        version = fresh.programme_version
        problems = change_problems(fresh, plan, clock.now()) or plan_problems(plan, _rule(version))
        _refuse(problems | _name_taken(fresh.programme_id, plan, other_than=fresh.pk))
        values = _values(plan, version)
        changed = sorted(name for name, value in values.items() if getattr(fresh, name) != value)
        if changed:
            for name in changed:
                setattr(fresh, name, values[name])
            fresh.version += 1
            fresh.save(update_fields=[*changed, "version"])
            _log(actor, "round.changed", fresh, district.code, fields=changed)
    return fresh


def cancel_round(*, actor: Actor, round: Round, reason: str, seen_version: int) -> Round:
    """Cancels a round that has not closed, with a reason that is shown on its page. It cannot be taken back."""
    district = round.programme.district
    may_edit(actor, district.pk)
    if not reason.strip():
        message = _("Write why the call is cancelled.")
        raise Invalid(message, fields={"reason": [message]})
    with transaction.atomic():
        fresh = _locked(round, seen_version)
        if state_of(fresh, clock.now()) in {CLOSED, CANCELLED}:
            raise NotNow(_("The call is over and cannot be cancelled."), code="over")
        fresh.cancelled_at, fresh.cancel_reason = clock.now(), reason.strip()[:500]
        fresh.version += 1
        fresh.save(update_fields=["cancelled_at", "cancel_reason", "version"])
        _log(actor, "round.cancelled", fresh, district.code)
    return fresh


def _locked(round: Round, seen_version: int) -> Round:
    fresh = (
        Round.objects.select_related("programme__district", "programme_version")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=round.pk)
    )
    if fresh.version != seen_version:
        message = _("Somebody else changed the call while you were writing. Compare, then save again.")
        raise Stale(message, seen=seen_version, current=fresh.version)
    if fresh.cancelled_at is not None:
        raise NotNow(_("The call is cancelled and stays as it is."), code="cancelled")
    return fresh


def _rule(version: ProgrammeVersion) -> RuleOfRound:
    return RuleOfRound(terms_of(version), version.valid_from, version.valid_to)


def _values(plan: RoundPlan, version: ProgrammeVersion) -> dict[str, Any]:
    values = {name: value for name, value in asdict(plan).items() if name != "name"}
    return values | {
        "name_sv": plan.name.sv,
        "name_en": plan.name.en,
        "form_codes": list(plan.form_codes),
        "closes_time": closing_time(plan, terms_of(version)),
    }


def _name_taken(programme_id: int, plan: RoundPlan, other_than: int | None = None) -> dict[str, list[Any]]:
    same = Round.objects.filter(programme_id=programme_id, name_sv=plan.name.sv)
    if other_than is not None:
        same = same.exclude(pk=other_than)
    return {"name_sv": [_("The programme has a call with this name. Choose another.")]} if same.exists() else {}


def _refuse(problems: dict[str, list[Any]]) -> None:
    if problems:
        raise Invalid(_("The call was not saved."), fields=problems)


def _log(actor: Actor, verb: str, round: Round, district: str, **data: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        district=district,
        subject=f"round:{round.key}",
        data={
            "programme": round.programme.code,
            "version": round.programme_version.number,
            "opens_on": round.opens_on,
            "closes_on": round.closes_on,
            **data,
        },
    )
