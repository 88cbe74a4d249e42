"""What the page shows, in five questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from applications.cases.models import Case
from applications.desk.queue.lines import FIELDS, Line, line
from applications.desk.queue.read import count_all
from applications.desk.today.turn import my_turn, waits_for_others
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock

SHOWN, MOST = 12, 200  # rows of each list: at first, and when all are asked for
IN_DEPTH = "in_depth"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that lies with somebody else, and since when."""

    line: Line
    since: date


@dataclass(frozen=True, slots=True)
class Today:
    """`now` is due today or late, `week` within seven days; numbers are of all, lists of the first ones."""

    day: date
    now: Sequence[Line]
    now_number: int
    late_number: int
    week: Sequence[Line]
    week_number: int
    waiting: Sequence[Waiting]
    waiting_number: int
    mine: int
    unassigned: int
    district_late: int
    in_depth: int
    open_cases: int

    @property
    def first(self) -> Line | None:
        return next(iter((*self.now, *self.week)), None)

    @property
    def in_depth_share(self) -> float:
        """Per cent of the open cases."""
        return 100 * self.in_depth / self.open_cases if self.open_cases else 0.0


def today_for(actor: Actor, *, whole: bool = False) -> Today:
    """The page's lists and numbers; `whole`: every row, up to two hundred of each list."""
    most = MOST if whole else SHOWN
    day = clock.today()
    week_end = day + timedelta(days=7)
    open_cases = Case.objects.for_user(actor, Permission.SEE_CASES).filter(is_open=True)
    turn, waits = open_cases.filter(my_turn(actor), due_on__lte=week_end), open_cases.filter(waits_for_others(actor))
    due = turn.aggregate(
        now=Count("pk", filter=Q(due_on__lte=day)),
        late=Count("pk", filter=Q(due_on__lt=day)),
        week=Count("pk", filter=Q(due_on__gt=day)),
    )
    waiting, mine, unassigned, late, in_depth, total = count_all(
        [
            rows.order_by().values("pk")
            for rows in (
                waits,
                open_cases.filter(officer_id=actor.user_id),
                open_cases.filter(officer_id=None),
                open_cases.filter(due_on__lt=day),
                open_cases.filter(state=IN_DEPTH),
                open_cases,
            )
        ]
    )
    return Today(
        day=day,
        now=_lines(turn.filter(due_on__lte=day), most),
        now_number=due["now"],
        late_number=due["late"],
        week=_lines(turn.filter(due_on__gt=day), most),
        week_number=due["week"],
        waiting=_waiting(waits, most),
        waiting_number=waiting,
        mine=mine,
        unassigned=unassigned,
        district_late=late,
        in_depth=in_depth,
        open_cases=total,
    )


def _lines(cases: QuerySet[Case], most: int) -> list[Line]:
    return [line(row) for row in cases.order_by("due_on", "pk").values_list(*FIELDS, named=True)[:most]]


def _waiting(cases: QuerySet[Case], most: int) -> list[Waiting]:
    """The longest wait first."""
    rows: Any = cases.order_by("state_since", "pk").values_list("state_since", *FIELDS, named=True)[:most]
    return [Waiting(line(row), clock.stockholm(row.state_since).date()) for row in rows]
