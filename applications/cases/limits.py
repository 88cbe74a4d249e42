"""How long people get to answer, in days from today. An installation's settings may lengthen them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vetting.kernel import clock, text
from vetting.kernel.errors import Invalid
from vetting.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Days:
    """The least, the usual and the most days from today to a last day."""

    least: int
    usual: int
    most: int = 180

    @property
    def first(self) -> date:
        return clock.today() + timedelta(days=self.least)

    @property
    def last(self) -> date:
        return clock.today() + timedelta(days=self.most)

    @property
    def proposed(self) -> date:
        return clock.today() + timedelta(days=self.usual)

    def check(self, day: object) -> date:
        """The day when it lies within the bounds; else raises Invalid on the field `last_day`."""
        if isinstance(day, date) and self.first <= day <= self.last:
            return day
        message = _("The last day must lie between %(first)s and %(last)s.") % {
            "first": text.day(self.first),
            "last": text.day(self.last),
        }
        raise Invalid(message, fields={"last_day": [message]}, code="last_day")


# Case kind → what its own rules say of a case: `completion` and `hearing` → (least, usual) days.
answer_days: Registry[Callable[[Any], Mapping[str, tuple[int, int]]]] = Registry("answer days")


def _days(name: str, least: int, usual: int, case: Any = None) -> Days:
    """The kind's own rule for the case, else the installation's setting, else the default here."""
    own = answer_days[case.kind](case) if case is not None and case.kind in answer_days else {}
    given = own.get(name) or getattr(settings, "ANSWER_DAYS", {}).get(name, (least, usual))
    return Days(*given)


def completion_days(case: Any = None) -> Days:
    """For the applicant to send what is missing."""
    return _days("completion", 7, 14, case)


def consultation_days() -> Days:
    """For the one who is consulted to answer."""
    return _days("consultation", 1, 10)


def hearing_days(case: Any = None) -> Days:
    """For the applicant to reply to what speaks against it."""
    return _days("hearing", 14, 14, case)


EXCEPTION = Days(0, 0, 14)  # KL 6:30: a step that nobody else can take without considerable delay


def exception_bounds() -> tuple[str, str]:
    """The first and the last day an allowed step can be given, in words."""
    return text.iso_day(EXCEPTION.first), text.iso_day(EXCEPTION.last)
