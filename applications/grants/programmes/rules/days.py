"""First and last days that follow from a programme's terms, in Europe/Stockholm (docs/domain.md §4.2, §8.1). Pure.

A last day the district sets moves on to the next working day. A day the programme itself states stays as stated.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from applications.grants.programmes.terms.choices import ForYear, Moment, WindowKind
from applications.grants.programmes.terms.handling import Handling
from applications.grants.programmes.terms.papers import PreviousReport, Report
from applications.grants.programmes.terms.window import Window
from vetting.kernel.workdays import months_after, workday_from


def completion_last_day(handling: Handling, asked_on: date) -> date:
    """The last day proposed for a completion asked for on `asked_on`."""
    return workday_from(asked_on + timedelta(days=handling.completion_days))


def earliest_hearing_day(handling: Handling, sent_on: date) -> date:
    """The earliest last day a hearing sent on `sent_on` may state."""
    return workday_from(sent_on + timedelta(days=handling.hearing_days))


@dataclass(frozen=True, slots=True)
class Dates:
    """A round's dates as the programme's window gives them; None: not stated."""

    opens_on: date | None
    closes_on: date | None
    closes_time: time | None
    period_from: date | None
    period_to: date | None
    meeting_on: date | None


def proposed_dates(window: Window, on: date) -> list[Dates]:
    """The rounds that can be announced on `on`: those whose last day has not passed, nearest first.

    One for a yearly window, one per meeting for a year ahead, one for the calendar year where it is rolling, none
    where days are announced each time.
    """
    if window.kind == WindowKind.YEARLY and window.closes is not None:
        year = on.year if window.closes.in_year(on.year) >= on else on.year + 1
        closes = window.closes.in_year(year)
        meeting = window.board_decides.in_year(year) if window.board_decides else None
        if meeting is not None and window.board_decides and meeting < closes:
            meeting = window.board_decides.in_year(year + 1)
        return [_dates(window, closes, meeting)]
    if window.kind == WindowKind.MEETINGS:
        return _before_meetings(window, on)
    if window.kind == WindowKind.ROLLING:
        first, last = date(on.year, 1, 1), date(on.year, 12, 31)
        return [Dates(max(on, first), None, None, first, last, None)]
    return []


def _before_meetings(window: Window, on: date) -> list[Dates]:
    found = []
    for year in (on.year, on.year + 1, on.year + 2):
        for meeting in window.meetings:
            held = meeting.on.in_year(year)
            if meeting.closes is not None:
                closes = meeting.closes.in_year(year)
                closes = closes if closes <= held else meeting.closes.in_year(year - 1)
            else:
                closes = months_after(held, -(window.cut_off_months or 0))
            if closes >= on:
                found.append(_dates(window, closes, held))
    return sorted(found, key=lambda one: (one.closes_on or on, one.meeting_on or on))[: len(window.meetings)]


def _dates(window: Window, closes: date, meeting: date | None) -> Dates:
    opens = window.opens.in_year(closes.year) if window.opens else None
    if opens is not None and window.opens and opens > closes:
        opens = window.opens.in_year(closes.year - 1)
    year = {ForYear.SAME: closes.year, ForYear.NEXT: closes.year + 1}.get(window.for_year) if window.for_year else None
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    return Dates(opens, closes, window.closes_time, first, last, meeting)


def last_day_within(window: Window, *, event_on: date | None = None, founded_on: date | None = None) -> date | None:
    """The earliest of the last days counted from the event and the founding; None: none is stated or known."""
    known = {Moment.EVENT: event_on, Moment.FOUNDING: founded_on}
    days = [months_after(start, one.in_months) for one in window.within if (start := known[one.of]) is not None]
    return min(days, default=None)


def last_report_day(report: Report, *, period_to: date | None = None, event_on: date | None = None) -> date | None:
    """The last day to report the use of the money; None while the period or the event it counts from is not known."""
    if report.months_after_event is not None:
        return months_after(event_on, report.months_after_event) if event_on else None
    if period_to is None:
        return None
    if report.due is not None:
        return report.due.in_year(period_to.year + (report.due_year == ForYear.NEXT))
    return months_after(period_to, report.months_after_period or 0)


def previous_report_due(rule: PreviousReport, *, closes_on: date | None, applied_on: date) -> date | None:
    """The last day for the previous report that a round is held against: the nearest not after the round's own last
    day (after the arrival day, where the round has none); the round's last day where the programme says so."""
    if rule.due is None:
        return closes_on
    anchor = closes_on or applied_on
    that_year = rule.due.in_year(anchor.year)
    return that_year if that_year <= anchor else rule.due.in_year(anchor.year - 1)
