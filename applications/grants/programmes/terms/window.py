"""When applications are taken, and what lateness brings (docs/domain.md §1.2, §4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from django.utils.translation import gettext as _

from applications.grants.programmes.terms.choices import ForYear, LateRule, LateStep, Moment, WindowKind
from applications.grants.programmes.terms.day_of_year import DayOfYear
from vetting.kernel.labels import Label
from vetting.kernel.schema import said

MONTHS = Label("månader", "months")
YEARS = Label("år", "years")
PERCENT = Label("procent", "per cent")
DAYS = Label("dagar", "days")


@dataclass(frozen=True, slots=True)
class Within:
    """A last day counted from what happened to the applicant: two months after the event, one year of founding."""

    of: Moment = said("Räknat från", "Counted from")
    months: int | None = said("Antal månader", "Months", None, unit=MONTHS)
    years: int | None = said("Antal år", "Years", None, unit=YEARS)

    def check(self) -> Iterator[tuple[str, str]]:
        if (self.months is None) == (self.years is None):
            yield "", _("Write either months or years.")
        elif (self.months or self.years or 0) < 1:
            yield ("months" if self.years is None else "years"), _("Must be at least 1.")

    @property
    def in_months(self) -> int:
        return (self.months or 0) + 12 * (self.years or 0)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A board meeting that decides on applications, with its own cut-off or the window's number of months before."""

    on: DayOfYear = said("Sammanträde", "Meeting")
    closes: DayOfYear | None = said("Sista dag", "Last day", None)


@dataclass(frozen=True, slots=True)
class Window:
    """The time to apply. `closes_time`: the hour of the last day, only where the programme states one.

    `postmark_counts` False: the postmark is no proof of a day in time; FL 22 § counts the day all the same.
    """

    kind: WindowKind = said("Ansökningstid", "Time to apply")
    opens: DayOfYear | None = said("Öppnar", "Opens", None)
    closes: DayOfYear | None = said("Sista dag", "Last day", None)
    closes_time: time | None = said("Senast klockan", "Not later than", None)
    postmark_counts: bool | None = said("Poststämpeln räknas", "The postmark counts", None)
    for_year: ForYear | None = said("Gäller verksamhet", "For activities of", None)
    board_decides: DayOfYear | None = said("Nämnden beslutar", "The board decides", None)
    meetings: tuple[Meeting, ...] = said("Sammanträden", "Meetings", ())
    cut_off_months: int | None = said("Sista dag före sammanträdet", "Last day before the meeting", None, unit=MONTHS)
    within: tuple[Within, ...] = said("Senast efter", "Not later than after", ())

    def check(self) -> Iterator[tuple[str, str]]:
        if self.kind == WindowKind.YEARLY and self.closes is None:
            yield "closes", _("A yearly window has a last day. Without one, write kind = “announced” or “rolling”.")
        if self.kind in {WindowKind.ROLLING, WindowKind.ANNOUNCED} and self.closes is not None:
            yield "closes", _("A window with a last day is “yearly”.")
        if self.kind != WindowKind.MEETINGS and (self.meetings or self.cut_off_months is not None):
            yield "meetings", _("Meetings and months before them belong to kind = “meetings”.")
        if self.kind == WindowKind.MEETINGS:
            yield from self._check_meetings()
        if self.closes_time and self.kind in {WindowKind.ROLLING, WindowKind.ANNOUNCED}:
            yield "closes_time", _("An hour needs a last day.")

    def _check_meetings(self) -> Iterator[tuple[str, str]]:
        if self.closes is not None:
            yield "closes", _("Each meeting has its own last day: write it at the meeting.")
        if not self.meetings:
            yield "meetings", _("Write at least one meeting.")
        if self.cut_off_months is not None and not 1 <= self.cut_off_months <= 11:
            yield "cut_off_months", _("Must lie between 1 and 11.")
        for number, meeting in enumerate(self.meetings, 1):
            if meeting.closes is None and self.cut_off_months is None:
                yield f"meetings.[{number}].closes", _("Write the last day, or cut_off_months for all meetings.")


@dataclass(frozen=True, slots=True)
class Late:
    """What the programme says about an application that came in late. A human decides all the same."""

    rule: LateRule = said("Sen ansökan", "Late application")
    percent: Decimal | None = said("Minskas med", "Reduced by", None, unit=PERCENT)
    each: LateStep = said("Hur ofta", "How often", LateStep.ONCE)

    def check(self) -> Iterator[tuple[str, str]]:
        if self.rule == LateRule.REDUCED and not (self.percent and 0 < self.percent <= 100):
            yield "percent", _("A reduction needs a percentage over 0 and up to 100.")
        if self.rule == LateRule.NO_GRANT and self.percent is not None:
            yield "percent", _("No grant at all needs no percentage.")
