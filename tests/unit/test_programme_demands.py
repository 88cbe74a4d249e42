"""The demands of a programme beside what is known: nothing it says is left out, and every fact has its words."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from applications.grants.programmes.files import Source, read_files
from applications.grants.programmes.rules.demands import demands
from applications.grants.programmes.rules.departures import CaseFacts
from applications.grants.programmes.rules.earlier import Earlier
from applications.grants.programmes.rules.judges import JUDGES, NO_DEMAND, QUESTIONS, TABLES, MoreFacts, State
from applications.grants.programmes.rules.lateness import Lateness
from applications.grants.programmes.terms.amounts import Amounts, Form
from applications.grants.programmes.terms.applicants import Applicants, Values
from applications.grants.programmes.terms.handling import known_questions
from applications.grants.programmes.terms.programme import ProgrammeTerms
from applications.grants.programmes.terms.purposes import Purposes
from applications.grants.programmes.terms.window import Window
from tests.factories.programmes import DATA, EXAMPLES, TEXT, terms
from vetting.kernel.errors import Reason
from vetting.kernel.schema.fields import parts_of

TODAY = date(2026, 3, 1)
KNOWN = CaseFacts(today=TODAY, came_on=date(2026, 2, 10), closes_on=date(2026, 2, 28), applied=Decimal(30_000))


def found(rules, facts=KNOWN, **more):
    return {one.code: one for one in demands(rules, facts, MoreFacts(**more))}


def states(rules, facts=KNOWN, **more):
    return {code: one.said.state for code, one in found(rules, facts, **more).items()}


# Nothing hidden: each thing a programme can say is a demand, or stands here as none.

SAID_ELSEWHERE = {
    ProgrammeTerms: {
        # what the programme is called, where it comes from, how it was before
        *("name", "as_of", "extra_pots", "notes", "sources", "previous_rounds", "criteria", "clauses"),
        # what follows from the demands, or from the decision
        *("late", "price_base_amounts", "payment", "report", "checklist", "handling"),
        # shown as rows of their own
        *("window", "applicants", "values", "purposes", "amounts", "forms", "forms_may_overlap", "attachments"),
        "previous_report",
    },
    Window: {
        # when calls are made; the round's own last day is the demand
        *("kind", "opens", "closes", "closes_time", "postmark_counts", "for_year", "board_decides", "meetings"),
        *("cut_off_months", "within"),
    },
    Amounts: {"cap_kr", "fixed_kr", "formula"},
    Form: {
        *("code", "name", "payment"),
        *("purpose", "per_year", "split", "seat_in_area", "participant_fee", "only_after"),
        *("amounts", "thresholds", "window"),  # before the programme's own
    },
}


@pytest.mark.parametrize("table", SAID_ELSEWHERE, ids=lambda table: table.__name__)
def test_a_new_term_must_find_its_place(table):
    assert {field.name for field in dataclasses.fields(table)} == SAID_ELSEWHERE[table]


@pytest.mark.parametrize(("name", "table"), [("applicants", Applicants), ("values", Values), ("purposes", Purposes)])
def test_every_described_term_has_its_question_or_is_named_as_no_demand(name, table):
    codes = set()
    for part in parts_of(table):
        if part.name in TABLES:
            continue
        inner = [f".{one.name}" for one in parts_of(part.kind)] if part.is_table else [""]
        codes |= {f"{name}.{part.name}{one}" for one in inner}
    assert codes - NO_DEMAND == {code for code in QUESTIONS if code.startswith(name)}
    assert set(QUESTIONS.values()) <= set(known_questions())
    assert set(JUDGES) <= set(QUESTIONS)


@pytest.mark.parametrize("path", [*sorted(EXAMPLES.glob("*.toml")), DATA / "shapes.toml"], ids=lambda path: path.stem)
def test_every_shipped_programme_has_its_demands_in_words(path):
    entries, faults = read_files([Source(path.name, path.read_bytes())])
    assert not faults
    for entry in entries:
        for form in ("", *(one.code for one in entry.terms.forms)):
            rows = demands(entry.terms, dataclasses.replace(KNOWN, form_code=form), MoreFacts())
            assert {"window", "applicants.orgnr_required", "applicants.own_giro"} <= {one.code for one in rows}
            assert all(one.label and all(one.demand) for one in rows)
            assert all(one.said.fact for one in rows if one.said.state in {State.MET, State.UNMET, State.UNKNOWN})


def test_what_is_known_of_the_applicant():
    rules = terms(applicants={"registered_years": 2, "min_years_active": 2, "foundations": "excluded"})
    old = dataclasses.replace(KNOWN, founded_on=date(2024, 3, 1))
    young = dataclasses.replace(KNOWN, founded_on=date(2024, 3, 2))
    years = ("applicants.registered_years", "applicants.min_years_active")
    assert [states(rules)[code] for code in years] == [State.UNKNOWN, State.UNKNOWN]
    assert [states(rules, old)[code] for code in years] == [State.MET, State.MET]
    assert [states(rules, young)[code] for code in years] == [State.UNMET, State.PERSON]
    forms = [states(rules, legal_form=form)["applicants.foundations"] for form in ("", "nonprofit", "foundation")]
    assert forms == [State.UNKNOWN, State.MET, State.UNMET]
    giros = [states(rules, giro_confirmed=value)["applicants.own_giro"] for value in (None, False, True)]
    assert giros == [State.UNKNOWN, State.UNKNOWN, State.MET]


def test_lateness_says_what_the_programme_says_of_it():
    late = Lateness(8, 2, reason=Reason("late", "Kom in 8 dagar för sent."))
    rules = terms(late={"rule": "reduced", "percent": 10, "each": "started_week"})
    said = found(rules, dataclasses.replace(KNOWN, late=late))["window"].said
    assert said.state == State.UNMET
    assert "Kom in 8 dagar för sent." in said.fact and "20 procent" in said.fact
    assert found(rules)["window"].said.state == State.MET


def test_the_forms_own_rules_are_shown_for_the_form_applied_for():
    rules = terms(
        forms_may_overlap=False,
        forms=[
            {"code": "ett", "name": TEXT, "per_year": 1, "amounts": {"cap_kr": 20_000}, "seat_in_area": True},
            {"code": "fler", "name": TEXT, "only_after": ["ett"]},
        ],
    )
    before = Earlier(
        number="KUN 2026/0007", key="k", same_programme=True, form_code="ett", received_on=date(2026, 1, 20)
    )
    one = states(rules, dataclasses.replace(KNOWN, form_code="ett", earlier=(before,)), area="Farsta")
    assert (one["form.per_year"], one["amounts.cap_kr"], one["form.seat_in_area"]) == (
        State.UNMET,
        State.UNMET,
        State.PERSON,
    )
    more = states(rules, dataclasses.replace(KNOWN, form_code="fler"))
    assert more["form.only_after"] == State.UNMET and "form.per_year" not in more
