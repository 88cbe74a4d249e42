"""Rounds (utlysningar): their state by dates, what fits the programme, and the last moment. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.grants.models import Round, RoundKind
from applications.grants.programmes.rules.forms import window_for
from applications.grants.programmes.terms import ProgrammeTerms
from applications.grants.programmes.terms.choices import WindowKind
from applications.grants.programmes.terms.window import Window
from vetting.kernel.clock import stockholm
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape


@dataclass(frozen=True, slots=True)
class RoundState:
    """What a round is on a day; `shape` is the state tag's."""

    code: str
    label: Label
    shape: Shape


PLANNED = RoundState("planned", Label("Planerad", "Planned"), Shape.NEW)
OPEN = RoundState("open", Label("Öppen", "Open"), Shape.WORK)
CLOSED = RoundState("closed", Label("Stängd", "Closed"), Shape.DONE)
CANCELLED = RoundState("cancelled", Label("Inställd", "Cancelled"), Shape.CLOSED)


def state_of(round: Round, now: datetime) -> RoundState:
    """By the dates in Stockholm. Closed says only that the time to apply is over: late papers may still count."""
    if round.cancelled_at is not None:
        return CANCELLED
    there = stockholm(now)
    if there.date() < round.opens_on:
        return PLANNED
    if round.closes_on is None or there.date() < round.closes_on:
        return OPEN
    if there.date() == round.closes_on:
        hour = there.time().replace(second=0, microsecond=0)
        return OPEN if round.closes_time is None or hour <= round.closes_time else CLOSED
    return CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What a round is to be, as a form or an example says it. The closing hour is the programme's, never typed."""

    name: Label
    opens_on: date
    kind: str = RoundKind.ORDINARY
    form_codes: tuple[str, ...] = ()
    closes_on: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    meeting_on: date | None = None
    pot_kr: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RuleOfRound:
    """The version a plan is held against."""

    terms: ProgrammeTerms
    valid_from: date | None
    valid_to: date | None


def windows_of(terms: ProgrammeTerms, form_codes: tuple[str, ...]) -> list[Window]:
    return [window_for(terms, code) for code in form_codes or ("",)]


def closing_time(plan: RoundPlan, terms: ProgrammeTerms) -> time | None:
    """The hour the programme states, where the round has a last day; of several forms the latest."""
    hours = [window.closes_time for window in windows_of(terms, plan.form_codes)]
    if plan.closes_on is None or None in hours:
        return None
    return max(hour for hour in hours if hour is not None)


def plan_problems(plan: RoundPlan, rule: RuleOfRound) -> dict[str, list[Any]]:
    """What in the plan cannot be, by the field's name; empty when it can be announced."""
    found: dict[str, list[Any]] = {}
    for name, message in _problems(plan, rule):
        found.setdefault(name, []).append(message)
    return found


def _problems(plan: RoundPlan, rule: RuleOfRound) -> Iterator[tuple[str, Any]]:
    terms = rule.terms
    if rule.valid_from is None or plan.opens_on < rule.valid_from or plan.opens_on > (rule.valid_to or date.max):
        yield "opens_on", _("The version is not in force on this day. Choose another day, or another version.")
    if plan.closes_on is not None and plan.closes_on < plan.opens_on:
        yield "closes_on", _("The last day cannot come before the opening.")
    kinds = {window.kind for window in windows_of(terms, plan.form_codes)}
    if plan.closes_on is None and kinds & {WindowKind.YEARLY, WindowKind.MEETINGS}:
        yield "closes_on", _("The programme has a last day to apply. Write it.")
    if (plan.period_from is None) != (plan.period_to is None):
        missing = "period_from" if plan.period_from is None else "period_to"
        yield missing, _("Write both the first and the last day of the period, or neither.")
    elif plan.period_from and plan.period_to and plan.period_to < plan.period_from:
        yield "period_to", _("The period cannot end before it begins.")
    if plan.meeting_on is not None and plan.meeting_on < (plan.closes_on or plan.opens_on):
        yield "meeting_on", _("The board meets after the last day to apply.")
    if plan.pot_kr is not None and plan.pot_kr < 0:
        yield "pot_kr", _("The sum cannot be negative.")
    if plan.kind == RoundKind.EXTRA and not terms.extra_pots:
        yield "kind", _("The programme has no extra pots.")
    if any(terms.form(code) is None for code in plan.form_codes):
        yield "form_codes", _("The programme has no such form.")


def change_problems(round: Round, plan: RoundPlan, now: datetime) -> dict[str, list[Any]]:
    """What can no longer be changed: who has read the call must be able to rely on it. A last day may come later."""
    found: dict[str, list[Any]] = {}
    state = state_of(round, now)
    if state is PLANNED:
        return found
    for name in ("opens_on", "kind", "period_from", "period_to"):
        if getattr(plan, name) != getattr(round, name):
            found[name] = [_("The call has opened: this can no longer be changed.")]
    if list(plan.form_codes) != list(round.form_codes):
        found["form_codes"] = [_("The call has opened: this can no longer be changed.")]
    if plan.closes_on != round.closes_on:
        if state is CLOSED:
            found["closes_on"] = [_("The call has closed. Announce a new one instead.")]
        elif round.closes_on is None or plan.closes_on is None or plan.closes_on < round.closes_on:
            found["closes_on"] = [_("The call is open: the last day can only be moved to a later day.")]
    return found
