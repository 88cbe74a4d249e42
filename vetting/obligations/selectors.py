"""Reads of what is due and of the reminders that left."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.kernel import clock
from vetting.kernel.labels import Label
from vetting.obligations.kinds import kinds
from vetting.obligations.models import STANDING, Obligation, ObligationState, ObligationStep
from vetting.obligations.plan import owed, steps_of
from vetting.outbox.models import Message, MessageState

FAR = date.max


@dataclass(frozen=True, slots=True)
class Reminder:
    """One step of one last day, as it went or as it will go.

    `outcome` is a `StepOutcome`, or empty for a step still to come. `sent` of `mails` mails have left (by mail or by
    post); `parked` wait for a person. `at` is when the step was taken.
    """

    step: str
    owed_on: date
    last_day: date
    outcome: str
    at: datetime | None = None
    mails: int = 0
    sent: int = 0
    parked: int = 0
    sent_at: datetime | None = None

    @property
    def when(self) -> str:
        return day_in_words((self.owed_on - self.last_day).days)


def day_in_words(days: int) -> str:
    """`30 days before`, `on the last day`, `7 days after`, in the reader's language."""
    if days == 0:
        return _("on the last day")
    if days < 0:
        return ngettext("%(days)d day before", "%(days)d days before", -days) % {"days": -days}
    return ngettext("%(days)d day after", "%(days)d days after", days) % {"days": days}


@dataclass(frozen=True, slots=True)
class Watched:
    """An obligation with its reminders in the order of their days, those of earlier last days first."""

    obligation: Obligation
    label: Label
    reminders: Sequence[Reminder]

    @property
    def is_late(self) -> bool:
        return self.obligation.stands and self.obligation.due_on < clock.today()


def reminders_of(case_key: uuid.UUID) -> list[Watched]:
    """The reminder history of a case, oldest obligation first, with the steps to come; three queries."""
    rows = Obligation.objects.filter(case=case_key).select_related("plan").order_by("id")
    return watched(rows)


def watched(rows: "QuerySet[Obligation]") -> list[Watched]:
    """Any obligations with what became of their steps; three queries, whatever the number."""
    steps = ObligationStep.objects.order_by("turn", "owed_on", "id")
    found = list(rows.prefetch_related(Prefetch("steps", steps)))
    mails = _mails([step.reference for row in found for step in row.steps.all()])
    return [Watched(row, kinds[row.kind].label, [*_taken(row, mails), *_coming(row)]) for row in found]


def _mails(about: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    if about:
        rows = Message.objects.filter(about__in=about).exclude(about="").values("about", "state", "sent_at")
        for row in rows:
            found.setdefault(row["about"], []).append(dict(row))
    return found


def _taken(row: Obligation, mails: dict[str, list[dict[str, Any]]]) -> list[Reminder]:
    days = {step.code: step.day for step in steps_of(row.plan.content)}
    made = []
    for step in row.steps.all():
        own = mails.get(step.reference, [])
        left = [mail["sent_at"] for mail in own if mail["state"] in {MessageState.SENT, MessageState.POSTED}]
        made.append(
            Reminder(
                step=step.step,
                owed_on=step.owed_on,
                last_day=date.fromordinal(step.owed_on.toordinal() - days[step.step]),
                outcome=step.outcome,
                at=step.at,
                mails=len(own),
                sent=len(left),
                parked=sum(mail["state"] == MessageState.PARKED for mail in own),
                sent_at=max(left, default=None),
            )
        )
    return made


def _coming(row: Obligation) -> list[Reminder]:
    if row.next_on is None:
        return []
    steps = owed(steps_of(row.plan.content), row.due_on, since=row.next_on, until=FAR)
    return [Reminder(step.code, step.owed_on(row.due_on), row.due_on, "") for step in steps]


def standing_for(subject_key: uuid.UUID, kind: str = "") -> "QuerySet[Obligation]":
    """What is owed for a subject now, of one kind or of all."""
    rows = Obligation.objects.filter(subject_key=subject_key, state__in=STANDING)
    return rows.filter(kind=kind) if kind else rows


def held_up() -> "QuerySet[Obligation]":
    """Obligations of which a reminder could not be written and that wait for a person."""
    return Obligation.objects.filter(~Q(trouble=""), state__in=STANDING).order_by("due_on", "id")


def overdue(today: date) -> int:
    """How many obligations should have been reminded of before `today` and were not: the tick is late."""
    return Obligation.objects.filter(state=ObligationState.OPEN, trouble="", next_on__lt=today).count()
