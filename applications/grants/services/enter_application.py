"""Entering a paper or mail application: the officer's draft, and its corrections while nothing is decided."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.associations.models import Association
from applications.cases import executor
from applications.cases.arrival import Arrival
from applications.cases.locking import lock_for
from applications.grants.models import BudgetLine, GrantApplication, OtherSupport, Round
from applications.grants.review_cycle import fetch_suggestions
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel.errors import NotNow, Stale

EDITABLE = frozenset({"draft", "received", "registered", "formal_check", "completion", "review", "in_depth"})


@dataclass(frozen=True, slots=True)
class Cost:
    """A line of the budget: the cost, what it is expected to be and how much of it is applied for (kr)."""

    cost: str
    amount: Decimal
    applied: Decimal


@dataclass(frozen=True, slots=True)
class Support:
    """Support from somebody else for the same purpose, as the applicant declares it (A11)."""

    giver: str
    amount: Decimal
    cost: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """How and when the application reached the district; `arrival` is computed by `cases.arrival` (FL 22 §)."""

    channel: str
    reached_at: datetime
    arrival: Arrival


def enter_application(
    *,
    actor: Actor,
    association: Association,
    round: Round,
    values: Mapping[str, Any],
    arrived: Arrived,
    budget: Sequence[Cost] = (),
    supports: Sequence[Support] = (),
    key: uuid.UUID,
) -> GrantApplication:
    """Makes the officer's draft of an application in `round`, once per `key`. It gets its number when received.

    `values` are the application's own fields (amount in kr, purpose, period …). Raises NotAllowed without the right
    in the round's district.
    """
    district = round.programme.district
    must_have(actor, Permission.REGISTER_APPLICATION, district.pk)

    def do() -> dict[str, str]:
        application = GrantApplication(
            kind="grant",
            district=district,
            association=association,
            round=round,
            channel=arrived.channel,
            received_at=arrived.reached_at,
            received_date=arrived.arrival.day,
            officer_id=actor.user_id,
            **values,
        )
        executor.create(subject=application, actor=actor, data={"arrival_rule": arrived.arrival.rule})
        _write_lines(application, budget, supports)
        return {"case": str(application.key)}

    answer = once(actor=actor.reference, key=key, purpose=f"enter_application:{association.pk}", do=do)
    return GrantApplication.objects.get(key=answer["case"])


def edit_application(
    *,
    actor: Actor,
    application: GrantApplication,
    values: Mapping[str, Any],
    arrived: Arrived | None = None,
    budget: Sequence[Cost] = (),
    supports: Sequence[Support] = (),
    expected_version: int,
) -> None:
    """Corrects what the paper says while the review goes on; the log keeps what stood before and what stands now.

    Raises Stale over a version not seen, NotNow later on, NotAllowed, LockedOut on a conflict of interest.
    """
    with transaction.atomic():
        lock_for(case=application, actor=actor, permission=Permission.REGISTER_APPLICATION)
        fresh: Any = (
            GrantApplication.objects.select_related("district")
            .select_for_update(of=("case_ptr",), no_key=True)
            .get(pk=application.pk)
        )
        if fresh.version != expected_version:
            raise Stale(
                _("Somebody else changed this in the meantime. Look at it as it is now, then try again."),
                seen=expected_version,
                current=fresh.version,
            )
        if fresh.state not in EDITABLE:
            raise NotNow(_("The application can no longer be changed: a proposal or decision rests on it."))
        before = _as_entered(fresh, values)
        for name, value in values.items():
            setattr(fresh, name, value)
        if arrived is not None:
            fresh.channel, fresh.received_at = arrived.channel, arrived.reached_at
            fresh.received_date = arrived.arrival.day
        fresh.version += 1
        fresh.save(update_fields=[*values, "channel", "received_at", "received_date", "version"])
        fresh.budget.all().delete()
        fresh.other_supports.all().delete()
        _write_lines(fresh, budget, supports)
        fetch_suggestions(fresh)
        after = _as_entered(fresh, values)
        changed = sorted(name for name in after if after[name] != before[name])
        record(
            actor=actor,
            verb="grant.edited",
            case=fresh.key,
            district=fresh.district.code,
            subject=f"case:{fresh.pk}",
            data={"fields": changed, "version": fresh.version},
            payload={name: {"before": before[name], "after": after[name]} for name in changed} or None,
        )


def _as_entered(application: GrantApplication, values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands of the fields that may be corrected, with arrival, budget and other support."""
    names = (*values, "channel", "received_at", "received_date")
    return {name: getattr(application, name) for name in names} | {
        "budget": list(application.budget.order_by("position").values("cost", "amount", "applied")),
        "other_supports": list(application.other_supports.order_by("id").values("giver", "cost", "amount", "period")),
    }


def _write_lines(application: GrantApplication, budget: Sequence[Cost], supports: Sequence[Support]) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(application=application, position=i, cost=line.cost, amount=line.amount, applied=line.applied)
        for i, line in enumerate(budget)
    )
    OtherSupport.objects.bulk_create(
        OtherSupport(application=application, giver=s.giver, cost=s.cost, amount=s.amount, period=s.period)
        for s in supports
    )


def open_rounds(district_ids: Sequence[int], day: date) -> list[Round]:
    """The rounds an application may be entered in: every one that has opened, newest first.

    A closed round stays choosable: what came in time on paper is entered after it closed, and what came late must be
    registered too, to be judged (docs/domain.md §4.1).
    """
    return list(
        Round.objects.filter(programme__district_id__in=district_ids, opens_on__lte=day, cancelled_at__isnull=True)
        .select_related("programme__district", "programme_version")
        .order_by("programme__district__code", "-opens_on", "id")[:200]
    )
