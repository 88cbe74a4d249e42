"""The appeal clock (docs/domain.md §4.2: KL 13:5 and lag 1930:173). Dates in Europe/Stockholm."""

from datetime import date, timedelta

from vetting.kernel.workdays import workday_from

THREE_WEEKS = timedelta(weeks=3)
APPROVED_WITHIN = timedelta(days=14)  # KL 5:69
ANNOUNCED_WITHIN = timedelta(days=2)  # KL 8:12: at the latest the second day after approval


def last_day_of_appeal(announced_on: date) -> date:
    """The same weekday three weeks after the announcement, moved to the next working day when it is none."""
    return workday_from(announced_on + THREE_WEEKS)


def legal_force_from(last_day: date) -> date:
    """The day after the last day. Proposed only; a human confirms it."""
    return last_day + timedelta(days=1)
