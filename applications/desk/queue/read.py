"""The queue's three questions to the database: which officers and programmes, how many, which fifty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate

from applications.cases.models import Case, CaseSearch
from applications.desk.queue.lines import FIELDS, Line, line
from applications.desk.queue.saved import VIEWS
from applications.desk.queue.wish import ALL, CLOSED, NOBODY, Choices, Wish
from applications.grants.models import Programme
from vetting.accounts.actors import Actor
from vetting.accounts.models import Membership
from vetting.accounts.roles import Permission, Role
from vetting.kernel import clock

PAGE = 50
COUNTED = 1000  # counts are exact up to here
PORTION = 2000
FEW = 2000  # so many hits of a search are gathered first; more are common enough to be met on the way
HANDLERS = (Role.GRANT_OFFICER, Role.PREMISES_OFFICER, Role.UNIT_HEAD)
ORDER: dict[str, tuple[Any, ...]] = {
    "forfaller": ("due_on", "pk"),
    "-forfaller": ("-due_on", "-pk"),
    "dnr": ("district_id", "number_year", "number_seq", "pk"),
    "-dnr": ("-district_id", "-number_year", "-number_seq", "-pk"),
    "namn": (Collate("search_row__name_key", "C"), "pk"),
    "-namn": (Collate("search_row__name_key", "C").desc(), "-pk"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is exact up to 1,000 and then says that there are more."""

    number: int

    def __str__(self) -> str:
        return f"{COUNTED // 1000}\u202f000+" if self.is_capped else str(self.number)

    @property
    def is_capped(self) -> bool:
        return self.number > COUNTED


def choices_for(actor: Actor) -> Choices:
    """What the filters offer: those who handle cases today, and the programmes, in the person's districts."""
    districts = sorted(actor.districts_with(Permission.SEE_CASES))
    codes = sorted({post.district_code for post in actor.posts if post.district_id in districts})
    officers = (
        Membership.objects.valid_on(clock.today())
        .filter(district_id__in=districts, role__in=HANDLERS, user__is_active=True)
        .order_by("user__name", "user__key")
        .values_list("user__key", "user__name")
        .distinct()
    )
    programmes = Programme.objects.filter(district_id__in=districts).order_by("name_sv", "pk")
    return Choices(
        officers=[(str(key), name) for key, name in officers],
        programmes=[(str(row.key), str(row)) for row in programmes],
        districts=[(code, code) for code in codes] if len(codes) > 1 else [],
    )


def cases_for(actor: Actor, wish: Wish) -> QuerySet[Case]:
    """The cases a wish means, before order and page. Nothing when the wish could not be read."""
    if wish.problems:
        return Case.objects.none()
    cases = Case.objects.for_user(actor, Permission.SEE_CASES).filter(wish.view.narrow(actor), _in_state(wish.state))
    if wish.kind:
        cases = cases.filter(kind=wish.kind)
    if wish.officer:
        cases = cases.filter(officer=None) if wish.officer == NOBODY else cases.filter(officer__key=wish.officer)
    if wish.district:
        cases = cases.filter(district__code=wish.district)
    if wish.programme:
        cases = cases.filter(grantapplication__round__programme__key=wish.programme)
    if wish.due:
        cases = cases.filter(due_on__lte=_due_by(wish.due))
    return _matching(cases, wish.text) if wish.text else cases


def _in_state(state: str) -> Q:
    if state == ALL:
        return Q()
    if state == CLOSED:
        return Q(is_open=False)
    return Q(is_open=True, state=state) if state else Q(is_open=True)


def _due_by(due: str) -> date:
    return clock.today() + timedelta(days={"idag": 0, "vecka": 7, "manad": 31}[due])


def _matching(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Few hits are gathered before the cases are read; when they are many, the database meets fifty on its way."""
    hits = CaseSearch.objects.matching(text).values("case_id")
    if hits[: FEW + 1].count() > FEW:
        return cases.filter(pk__in=hits)
    sql, params = hits.query.sql_with_params()
    return cases.filter(pk__in=RawSQL(f"SELECT unnest(ARRAY({sql}))", params))  # noqa: S611 - Django's own SQL


def counts(actor: Actor, found: QuerySet[Case]) -> tuple[Count, dict[str, Count]]:
    """How many the wish found, and how many each saved view holds: one question for all."""
    open_cases = Case.objects.for_user(actor, Permission.SEE_CASES).filter(is_open=True)
    asked = [found, *(open_cases.filter(view.narrow(actor)) for view in VIEWS)]
    first, *rest = map(Count, count_all([rows.order_by().values("pk")[: COUNTED + 1] for rows in asked]))
    return first, {view.code: number for view, number in zip(VIEWS, rest, strict=True)}


def count_all(asked: Sequence[QuerySet[Any, Any]]) -> list[int]:
    """How many rows each has, in one question; each is counted by its own plan, from an index where one serves it."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in asked:
        try:
            sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            sql, params = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own SQL and placeholders
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return [int(number) for number in cursor.fetchone()]


def page_of(found: QuerySet[Case], wish: Wish) -> tuple[list[Line], bool]:
    """The fifty lines of the wished page, and whether a further page exists.

    The ids come from the index alone; only the lines that are shown are read whole, so a far page costs little more.
    """
    if wish.problems:
        return [], False
    start = (wish.page - 1) * PAGE
    wanted = _ordered(found, wish).values("pk")[start : start + PAGE + 1]
    rows = Case.objects.filter(pk__in=wanted).order_by(*ORDER[wish.sort]).values_list(*FIELDS, named=True)
    lines = [line(row) for row in rows]
    return lines[:PAGE], len(lines) > PAGE


def lines_of(found: QuerySet[Case], wish: Wish) -> Iterator[Line]:
    """Every line of the wish in its order, read in portions."""
    rows = _ordered(found, wish).values_list(*FIELDS, named=True)
    return (line(row) for row in rows.iterator(chunk_size=PORTION))


def _ordered(found: QuerySet[Case], wish: Wish) -> QuerySet[Case]:
    if wish.sort.endswith("namn"):  # every case has its row: an inner join lets the order's index lead
        found = found.filter(search_row__isnull=False)
    return found.order_by(*ORDER[wish.sort])
