"""How the district's work goes, for the start page: four questions to the database, sums and counts only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, Sum
from django.db.models.functions import TruncMonth, TruncWeek

from applications.cases.models import Case
from applications.decisions.choices import Matter
from applications.decisions.models import Decision, DecisionTrack
from applications.decisions.workflow import NOT_IN_FORCE
from applications.grants.models import Round
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock

WEEKS = MONTHS = 8
A_YEAR = timedelta(days=365)  # so long a call without a time of its own is counted


class Median(Aggregate):
    """The middle value; between two, what lies half-way."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    arrived: int
    decided: int

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week


@dataclass(frozen=True, slots=True)
class Month:
    """`days` from arrival to decision, the median; nothing when nothing was decided."""

    first: date
    days: int | None


@dataclass(frozen=True, slots=True)
class Pot:
    """What a call has to give, and what is granted of it by decisions in force. In SEK."""

    name: str
    pot: Decimal
    granted: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    weeks: Sequence[Week]
    months: Sequence[Month]
    pots: Sequence[Pot]

    @property
    def pot(self) -> Decimal:
        return sum((pot.pot for pot in self.pots), Decimal(0))

    @property
    def granted(self) -> Decimal:
        return sum((pot.granted for pot in self.pots), Decimal(0))

    @property
    def left(self) -> Decimal:
        return self.pot - self.granted


def figures_for(actor: Actor) -> Figures:
    """Of the districts in which the actor may see cases; the present week and month are as far as they have come."""
    day = clock.today()
    monday = day - timedelta(days=day.weekday())
    mondays = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    months = _months(day)
    decided = Decision.objects.for_user(actor, Permission.SEE_CASES).filter(matter=Matter.MAIN, corrects=None)
    arrived = Case.objects.for_user(actor, Permission.SEE_CASES).filter(received_date__gte=mondays[0])
    arrived_by = _by_week(arrived, "received_date")
    decided_by = _by_week(decided.filter(decided_on__gte=mondays[0]), "decided_on")
    days = _median_days(decided.filter(decided_on__gte=months[0], case__received_date__isnull=False))
    return Figures(
        weeks=[Week(start, arrived_by.get(start, 0), decided_by.get(start, 0)) for start in mondays],
        months=[Month(first, days.get(first)) for first in months],
        pots=_pots(actor, day),
    )


def _months(day: date) -> list[date]:
    """The first days of the eight months that end with this one."""
    count = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(count - MONTHS + 1, count + 1)]


def _by_week(rows: Any, field: str) -> dict[date, int]:
    found = rows.order_by().annotate(week=TruncWeek(field)).values("week").annotate(number=Count("pk"))
    return {row["week"]: row["number"] for row in found}


def _median_days(decided: Any) -> dict[date, int]:
    took = Median(F("decided_on") - F("case__received_date"), output_field=DurationField())
    found = decided.order_by().annotate(month=TruncMonth("decided_on")).values("month").annotate(took=took)
    return {row["month"]: round(row["took"] / timedelta(days=1)) for row in found}


def _pots(actor: Actor, day: date) -> list[Pot]:
    """Calls that have opened and whose time is not over, the largest first."""
    calls = (
        Round.objects.for_user(actor, Permission.SEE_CASES)
        .filter(opens_on__lte=day, pot_kr__gt=0, cancelled_at=None)
        .filter(Q(period_to__gte=day) | Q(period_to=None, opens_on__gt=day - A_YEAR))
    )
    rounds = {call.pk: call for call in calls}
    given: dict[int, Decimal] = dict(
        DecisionTrack.objects.filter(~Q(state__in=NOT_IN_FORCE), matter=Matter.MAIN, decision__amount__isnull=False)
        .filter(case__grantapplication__round__in=rounds)
        .values_list("case__grantapplication__round")
        .annotate(sum=Sum("decision__amount"))
    )
    pots = [Pot(str(call), call.pot_kr or Decimal(0), given.get(pk, Decimal(0))) for pk, call in rounds.items()]
    return sorted(pots, key=lambda pot: (-pot.pot, pot.name))
