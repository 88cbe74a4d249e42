"""The start page's charts as shapes in a field of 280 × 134, and each in a sentence for whoever does not see it.

Whole numbers only: a decimal comma would not be read as a coordinate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.desk.today.figures import Figures, Month, Pot, Week
from vetting.kernel import text

BASE, HEIGHT, WIDTH = 112, 90, 280
STEP, FIRST = 33, 26  # between two weeks or months, and the middle of the first
LONGEST = 36  # letters of a call's name
POTS = 3  # bars that have room; the table holds all


@dataclass(frozen=True, slots=True)
class Bars:
    """Two bars a week; the top of the highest carries its number."""

    bars: Sequence[dict[str, Any]]
    rows: Sequence[Week]
    said: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through the months that have a value; the first and the last carry their numbers."""

    points: str
    ends: Sequence[dict[str, Any]]
    labels: Sequence[dict[str, Any]]
    rows: Sequence[tuple[str, int | None]]
    said: str


@dataclass(frozen=True, slots=True)
class Shares:
    """One bar a call: as long as its pot, filled as far as it is granted."""

    height: int
    bars: Sequence[dict[str, Any]]
    rows: Sequence[Pot]
    said: str


def charts(figures: Figures) -> dict[str, Any]:
    """What the template draws; a chart without anything to show is None."""
    return {"weeks": bars(figures.weeks), "months": curve(figures.months), "pots": shares(figures.pots)}


def bars(weeks: Sequence[Week]) -> Bars | None:
    most = max(max(week.arrived, week.decided) for week in weeks)
    if not most:
        return None
    drawn = []
    for place, week in enumerate(weeks):
        middle = FIRST + STEP * place
        arrived, decided = round(HEIGHT * week.arrived / most), round(HEIGHT * week.decided / most)
        drawn.append(
            {
                "middle": middle,
                "arrived": {"x": middle - 12, "y": BASE - arrived, "height": arrived},
                "decided": {"x": middle + 1, "y": BASE - decided, "height": decided},
                "number": week.number,
            }
        )
    high = max(weeks, key=lambda week: max(week.arrived, week.decided))
    place = weeks.index(high)
    side = -6 if high.arrived >= high.decided else 7
    drawn[place]["top"] = {"x": FIRST + STEP * place + side, "y": BASE - HEIGHT - 4, "number": text.number(most)}
    last = weeks[-1]
    said = _(
        "Bar chart. Week %(high)d had the most: %(arrived)s arrived, %(decided)s decided. "
        "So far this week %(now_arrived)s have arrived and %(now_decided)s are decided."
    ) % {
        "high": high.number,
        "arrived": text.number(high.arrived),
        "decided": text.number(high.decided),
        "now_arrived": text.number(last.arrived),
        "now_decided": text.number(last.decided),
    }
    return Bars(drawn, weeks, said)


def curve(months: Sequence[Month]) -> Curve | None:
    known = [(place, month.days) for place, month in enumerate(months) if month.days is not None]
    if not known:
        return None
    most = max(days for _place, days in known) or 1
    points = [(FIRST + STEP * place, BASE - 4 - round((HEIGHT - 14) * days / most), days) for place, days in known]
    ends = [points[0], points[-1]] if len(points) > 1 else points
    names = [text.month(month.first) for month in months]
    said = _("Line chart. The median was %(first)d days in %(from)s and %(last)d days in %(to)s.") % {
        "first": known[0][1],
        "from": names[known[0][0]],
        "last": known[-1][1],
        "to": names[known[-1][0]],
    }
    return Curve(
        points=" ".join(f"{x},{y}" for x, y, _days in points),
        ends=[{"x": x, "y": y, "above": y - 8, "days": days} for x, y, days in ends],
        labels=[{"x": FIRST + STEP * place, "word": name[:3]} for place, name in enumerate(names)],
        rows=[(name, month.days) for name, month in zip(names, months, strict=True)],
        said=said,
    )


def shares(pots: Sequence[Pot]) -> Shares | None:
    if not pots:
        return None
    most = pots[0].pot
    drawn = [
        {
            "name": _short(pot.name),
            "word": f"{text.number(round(pot.granted / 1000))} / {text.number(round(pot.pot / 1000))}",
            "text": 14 + 44 * place,
            "y": 20 + 44 * place,
            "track": max(round(WIDTH * pot.pot / most), 1),
            "fill": min(round(WIDTH * pot.granted / most), WIDTH),
            "mark": min(max(round(WIDTH * pot.pot / most), 1), WIDTH - 1),
            "mark_from": 17 + 44 * place,
            "mark_to": 35 + 44 * place,
        }
        for place, pot in enumerate(pots[:POTS])
    ]
    parts = [
        _("%(name)s %(granted)s of %(pot)s")
        % {"name": pot.name, "granted": text.kronor(pot.granted), "pot": text.kronor(pot.pot)}
        for pot in pots[:POTS]
    ]
    return Shares(
        44 * len(drawn),
        drawn,
        pots,
        _("Bars against a mark for what there is to give. %(parts)s.") % {"parts": ", ".join(parts)},
    )


def _short(name: str) -> str:
    """What has room beside the sums; the table has the whole name."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
