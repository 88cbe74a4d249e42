"""A stored application's lateness: by the hour where the programme states one, and never for paper counted earlier."""

from datetime import date, datetime

import pytest

from applications.grants.late import late_facts, lateness_of
from applications.grants.models import GrantApplication, Programme, ProgrammeVersion, Round
from applications.grants.programmes.rounds import RoundPlan, closing_time
from tests.factories.programmes import terms
from vetting.kernel.clock import STOCKHOLM
from vetting.kernel.labels import Label
from vetting.kernel.schema import plain

LAST = date(2021, 1, 29)


def application(
    *,
    hour: str | None,
    came: str | None,
    counted: date | None,
    postmark: date | None = None,
    counts: bool | None = None,
) -> GrantApplication:
    window = {"kind": "yearly", "closes": "01-29", "postmark_counts": counts, "closes_time": hour}
    rules = terms(window={name: value for name, value in window.items() if value is not None})
    programme = Programme(name_sv="Stöd", name_en="Support")
    version = ProgrammeVersion(programme=programme, code="stod", number=1, content=plain(rules))
    plan = RoundPlan(name=Label("Utlysning", "Call"), opens_on=date(2021, 1, 1), closes_on=LAST)
    round = Round(
        programme=programme,
        programme_version=version,
        opens_on=plan.opens_on,
        closes_on=LAST,
        closes_time=closing_time(plan, rules),
    )
    reached = datetime.fromisoformat(came).replace(tzinfo=STOCKHOLM) if came else None
    return GrantApplication(round=round, received_at=reached, received_date=counted, postmarked_on=postmark)


@pytest.mark.parametrize(
    ("hour", "came", "counted", "late"),
    [
        ("12:00", "2021-01-29T11:59", LAST, False),
        ("12:00", "2021-01-29T14:00", LAST, True),  # by mail or by hand, after noon
        ("12:00", "2021-02-01T09:00", LAST, False),  # paper of Monday, counted to Friday
        (None, "2021-01-29T23:59", LAST, False),
        (None, "2021-01-30T00:00", date(2021, 1, 30), True),
        ("12:00", None, None, False),  # the arrival is not entered yet
    ],
)
def test_late_by_day_and_by_hour(hour, came, counted, late):
    assert lateness_of(application(hour=hour, came=came, counted=counted)).is_late is late


@pytest.mark.parametrize(
    ("counts", "postmark", "late"),
    [
        (True, LAST, False),  # the programme's own rule: a postmark of the last day is enough
        (True, date(2021, 1, 30), True),
        (True, None, True),
        (False, LAST, True),
        (None, LAST, True),  # FL 22 § alone: the working day before it arrived
    ],
)
def test_a_postmark_counts_only_where_the_programme_says_so(counts, postmark, late):
    came = application(hour=None, came="2021-02-03T09:00", counted=date(2021, 2, 2), postmark=postmark, counts=counts)
    assert lateness_of(came).is_late is late


def test_the_days_of_a_late_letter_are_a_decisions_first_facts():
    came = application(hour=None, came="2021-02-03T09:00", counted=date(2021, 2, 2), postmark=date(2021, 2, 1))
    assert late_facts(came).replace("\u00a0", " ") == (
        "Sista ansökningsdag var den 29 januari 2021. Ansökan kom in den 2 februari 2021. "
        "Kom in 4 dagar efter sista dagen. Brevet är poststämplat den 1 februari 2021."
    )
    assert late_facts(application(hour=None, came="2021-01-28T09:00", counted=date(2021, 1, 28))) == ""
