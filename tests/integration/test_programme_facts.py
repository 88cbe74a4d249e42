"""Every published fact and every rule shape stands in the imported data, field by field (issue 2, slice 5)."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
import yaml

from applications.grants.programmes.rules import attachments, days, lateness, sums
from applications.grants.programmes.terms import ProgrammeTerms
from applications.grants.programmes.terms.amounts import Form
from applications.grants.programmes.terms.choices import (
    AppliesTo,
    Barred,
    DoubleFundingRule,
    ForYear,
    FoundationRule,
    LateRule,
    OtherGrantRule,
    ParticipantFee,
    PayWhen,
    Split,
    WindowKind,
)
from applications.grants.programmes.terms.day_of_year import DayOfYear
from applications.grants.programmes.terms.stored import terms_of
from tests.factories import people, programmes
from vetting.kernel.labels import Label

pytestmark = pytest.mark.django_db

FACTS = yaml.safe_load((programmes.DATA / "programmes.yaml").read_text(encoding="utf-8"))
Check = Callable[[ProgrammeTerms, Any], bool]
WORDED_DAYS = {"last of February": DayOfYear(2, None), "last of August": DayOfYear(8, None)}


def words(texts: tuple[Label, ...]) -> list[str]:
    return [text.sv.lower() for text in texts]


def day(told: str | None) -> DayOfYear | None:
    if told is None:
        return None
    return WORDED_DAYS.get(told) or DayOfYear.read(told)


def holds_all(said: list[str], told: list[str]) -> bool:
    """Each published word begins a stored text, in the published order ("ren hobby" → "Ren hobbyverksamhet")."""
    return len(said) == len(told) and all(one.startswith(other.lower()) for one, other in zip(said, told, strict=True))


def same_rounds(terms: ProgrammeTerms, told: dict[str, Any]) -> bool:
    stored = {one.name.sv.lower(): list(one.closes) for one in terms.previous_rounds}
    return stored == {
        name: [day(one) for one in (days_ if isinstance(days_, list) else [days_])] for name, days_ in told.items()
    }


def same_independence(terms: ProgrammeTerms, told: dict[str, str]) -> bool:
    said = terms.values.independence
    return said is not None and (said.political, said.religious) == (
        AppliesTo(told["political"]),
        AppliesTo(told["religious"]),
    )


PAPERS = {"stadgar": "statutes", "senaste årsmötesprotokoll": "annual_minutes"}
FOUNDATIONS = {
    "only with real user influence": FoundationRule.WITH_USER_INFLUENCE,
    "only with special reasons": FoundationRule.WITH_SPECIAL_REASONS,
}


def report_due(terms: ProgrammeTerms, told: str) -> bool:
    said = terms.previous_report
    if said is None:
        return False
    if told == "same_as_closing":
        return said.due_at_closing and said.barred == Barred.NO_NEW_GRANT
    return said.due == day(told) and said.barred == Barred.NEXT_YEAR


def late_rule(terms: ProgrammeTerms, told: str) -> bool:
    return terms.late is not None and terms.late.rule == LateRule(told)


PROGRAMME: dict[str, Check] = {
    "closes": lambda t, v: t.window.closes == day(v) and (v is not None or t.window.kind == WindowKind.ANNOUNCED),
    "closes_time": lambda t, v: t.window.closes_time == time.fromisoformat(v),
    "opens": lambda t, v: t.window.opens == day(v),
    "as_of": lambda t, v: t.as_of == v,
    "for_year": lambda t, v: t.window.for_year == ForYear(v),
    "postmark_counts": lambda t, v: t.window.postmark_counts is v,
    "previous_report_due": report_due,
    "must_state_distance_from_violence": lambda t, v: t.values.must_state_distance_from_violence is v,
    "previous_rounds": same_rounds,
    "costs_excluded": lambda t, v: words(tuple(one.name for one in t.purposes.costs_excluded)) == v,
    "other_municipal_grant": lambda t, v: (
        v == "excludes" and t.purposes.other_municipal_grant == OtherGrantRule.EXCLUDES_UNLESS_REASONS
    ),
    "member_list_may_be_asked_for": lambda t, v: t.applicants.member_list_may_be_asked_for is v,
    "independence": same_independence,
    "extra_pots": lambda t, v: t.extra_pots is v,
    "not_in_arrears": lambda t, v: t.applicants.not_in_arrears is v,
    "not_main_income": lambda t, v: t.purposes.not_main_income is v,
    "excluded_purposes": lambda t, v: holds_all(words(t.purposes.excluded), v),
    "cap_kr": lambda t, v: t.amounts.cap_kr == v,
    "min_years_active": lambda t, v: t.applicants.min_years_active == v,
    "documented_activity": lambda t, v: t.applicants.documented_activity is v,
    "excluded_applicants": lambda t, v: words(t.applicants.excluded) == v,
    "foundations": lambda t, v: t.applicants.foundations == FOUNDATIONS[v],
    "purposes": lambda t, v: words(t.purposes.supported) == v,
    "double_funding": lambda t, v: t.purposes.double_funding == DoubleFundingRule(v),
    "forms_may_overlap": lambda t, v: t.forms_may_overlap is v,
    "statutes_must_show": lambda t, v: words(t.values.statutes_must_show) == v,
    "representative_clause": lambda t, v: v in getattr(t.values.representative_clause, "en", ""),
    "attachments": lambda t, v: [str(one.kind) for one in t.attachments] == [PAPERS[paper] for paper in v],
    "late": late_rule,
    "describe": lambda t, v: words(t.purposes.describe) == v,
    "forms": lambda t, v: len(t.forms) == len(v) and all(same_form(t, one) for one in v),
}
FORM: dict[str, Callable[[Form, Any], bool]] = {
    "split": lambda f, v: f.split == Split.PRO_RATA_MEMBERS_IN_AREA and v == "pro rata to members living in the area",
    "seat_in_area": lambda f, v: f.seat_in_area is v,
    "purpose": lambda f, v: f.purpose is not None and f.purpose.sv.lower() == v,
    "participant_fee": lambda f, v: f.participant_fee == ParticipantFee(v),
    "per_year": lambda f, v: f.per_year == v,
    "cap_kr": lambda f, v: f.amounts is not None and f.amounts.cap_kr == v,
    "amounts_kr": lambda f, v: f.amounts is not None and list(f.amounts.fixed_kr) == v,
}


def same_form(terms: ProgrammeTerms, told: dict[str, Any]) -> bool:
    form = next(one for one in terms.forms if one.name.sv.lower() == told["name"])
    return all(FORM[key](form, value) for key, value in told.items() if key != "name")


@pytest.fixture
def shipped() -> dict[str, ProgrammeTerms]:
    programmes.example_districts()
    programmes.bring_in(*sorted(programmes.EXAMPLES.glob("*.toml")))
    return {fact["code"]: terms_of(programmes.of(fact["code"]).versions.get()) for fact in FACTS["districts"]}


def test_every_published_fact_stands_in_the_imported_data(shipped):
    assert len(shipped) == 11
    missing = [
        f"{fact['district']}: {key}"
        for fact in FACTS["districts"]
        for key, value in fact.items()
        if key not in {"district", "code"} and not PROGRAMME[key](shipped[fact["code"]], value)
    ]
    assert missing == []


def test_what_the_file_says_in_comments_stands_there_too(shipped):
    """Facts that programmes.yaml tells beside its values."""
    assert shipped["EÅV"].purposes.costs_excluded[0].except_for.sv == "Arvoden för enstaka tillfällen"
    farsta = shipped["FAR"].previous_rounds[0]
    assert (farsta.year, farsta.board) == (2021, DayOfYear(11, 16))
    assert any("2017" in note.sv and "föreningen" in note.sv for note in shipped["HÄV"].notes)


def test_every_example_is_labelled_and_in_force(shipped):
    for code in shipped:
        version = programmes.of(code).versions.get()
        assert version.is_example
        assert version.programme.is_example
        assert version.is_published
        assert any(note.sv.startswith("Exempel.") for note in shipped[code].notes)


def test_no_example_says_a_fact_that_was_not_published(shipped):
    """The other way round: what the types can say and the page does not, the examples do not say either."""
    silent = {
        "late": lambda t: t.late,
        "previous_report_due": lambda t: t.previous_report,
        "forms": lambda t: t.forms,
        "independence": lambda t: t.values.independence,
        "cap_kr": lambda t: t.amounts.cap_kr,
        "foundations": lambda t: t.applicants.foundations,
        "closes_time": lambda t: t.window.closes_time,
        "opens": lambda t: t.window.opens,
        "min_years_active": lambda t: t.applicants.min_years_active,
        "statutes_must_show": lambda t: t.values.statutes_must_show,
        "double_funding": lambda t: t.purposes.double_funding,
        "other_municipal_grant": lambda t: t.purposes.other_municipal_grant,
    }
    said = [
        f"{fact['district']}: {key}"
        for fact in FACTS["districts"]
        for key, read in silent.items()
        if key not in fact and read(shipped[fact["code"]])
    ]
    assert said == []


@pytest.fixture
def shapes() -> dict[str, ProgrammeTerms]:
    people.district("TST")
    outcomes = programmes.bring_in(programmes.DATA / "shapes.toml")
    codes = [outcome.name.removeprefix("TST ") for outcome in outcomes]
    return {code: terms_of(programmes.of("TST", code).versions.get()) for code in codes}


def test_every_shape_is_carried(shapes):
    """One check per line of `shapes`, in the file's order; a new line without a check fails."""
    late = {code: shapes[code].late for code in ("late-once", "late-weekly")}
    three_weeks = lateness.Lateness(15, 3, reason=object())
    rolling = {form.code: form.window for form in shapes["rolling"].forms}
    meetings = days.proposed_dates(shapes["meetings"].window, date(2026, 1, 1))
    papers = attachments.required_attachments(shapes["attachments"], Decimal(400_001), date(2026, 1, 1))
    general, disability = shapes["thresholds"].applicants.thresholds
    quarterly = shapes["payment"].forms[0].payment
    checks = [
        [lateness.late_effect(rule, three_weeks).percent for rule in late.values()] == [25, 30],
        shapes["rolling"].window.closes is None
        and days.last_day_within(rolling["efter-evenemang"], event_on=date(2026, 5, 1)) == date(2026, 7, 1)
        and days.last_day_within(rolling["startbidrag"], founded_on=date(2026, 5, 1)) == date(2027, 5, 1),
        len(meetings) == 4 and meetings[0].closes_on == date(2026, 3, 20),
        shapes["only-after"].form("verksamhetsbidrag").only_after == ("tidsbegransat",),
        [part.when for part in shapes["payment"].payment] == [PayWhen.ON_DECISION, PayWhen.AFTER_REPORT]
        and [part.quarter for part in quarterly] == [1, 2, 3, 4],
        [one.attachment.code for one in papers] == ["detaljerad-budget", "hot-och-overgrepp", "auktoriserad-revisor"],
        sums.formula_sum(shapes["formula"].amounts.formula, {"7-12": 10, "13": 10}) == Decimal("5173.00"),
        sums.threshold_reasons(general, sums.Size(20, 10, 15)) == []
        and sums.threshold_reasons(disability, sums.Size(10, 0, 10)) == [],
        [shapes[f"registered-{code}"].applicants.registered_years for code in ("one-year", "two-years")] == [1, 2],
    ]
    assert len(checks) == len(FACTS["shapes"])
    assert [line for line, holds in zip(FACTS["shapes"], checks, strict=True) if not holds] == []
