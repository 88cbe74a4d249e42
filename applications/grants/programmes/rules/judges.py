"""What is known of each thing a programme's own description demands, and which question asks a person. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from applications.associations.choices import LegalForm
from applications.grants.programmes.rules.departures import CaseFacts
from applications.grants.programmes.terms.choices import FoundationRule, OtherGrantRule
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel import text
from vetting.kernel.workdays import months_after


class State(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"  # neither application nor register says it
    PERSON = "person"  # no register can say it: a person judges


@dataclass(frozen=True, slots=True)
class Said:
    """What is known about one demand, in words; `fact` empty: nothing."""

    state: State
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreFacts:
    """What only the page's own reading brings beside the case's facts."""

    legal_form: str = ""
    area: str = ""
    status: str = ""  # in words, where the register says anything but active
    members_in_area: int | None = None
    giro_confirmed: bool | None = None
    other_support: bool | None = None
    budget_kr: Decimal = Decimal(0)
    papers_missing: int = 0


Judge = Callable[[ProgrammeTerms, CaseFacts, MoreFacts], Said]
PERSON = Said(State.PERSON)


def by_person(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    return PERSON


def _orgnr(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    return Said(State.MET, _("The register holds the number, its check digit is right."))


def _giro(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    if more.giro_confirmed is None:
        return Said(State.UNKNOWN, _("No account is in the register."))
    if not more.giro_confirmed:
        return Said(State.UNKNOWN, _("The account waits to be confirmed by a second person."))
    return Said(State.MET, _("A second person has confirmed the account."))


def _registered(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    return _so_long(terms.applicants.registered_years or 0, facts, State.UNMET)


def _active(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    """Registered for so long is active for so long; a younger number may have an older activity behind it."""
    return _so_long(terms.applicants.min_years_active or 0, facts, State.PERSON)


def _so_long(years: int, facts: CaseFacts, otherwise: State) -> Said:
    if facts.founded_on is None:
        return Said(State.UNKNOWN, _("The day of registration is not in the register."))
    since = _("Registered on %(day)s.") % {"day": text.day(facts.founded_on)}
    return Said(State.MET if months_after(facts.founded_on, 12 * years) <= facts.today else otherwise, since)


def _foundations(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    if not more.legal_form:
        return Said(State.UNKNOWN, _("The legal form is not in the register."))
    if more.legal_form != LegalForm.FOUNDATION:
        return Said(State.MET, _("The applicant is no foundation."))
    rule, fact = terms.applicants.foundations, _("The applicant is a foundation.")
    if rule == FoundationRule.EXCLUDED:
        return Said(State.UNMET, fact)
    return Said(State.MET if rule == FoundationRule.ALLOWED else State.PERSON, fact)


def seat(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    if not more.area:
        return Said(State.UNKNOWN, _("The area is not in the register."))
    return Said(State.PERSON, _("Area in the register: %(area)s.") % {"area": more.area})


def _arrears(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    if more.status:
        return Said(State.UNMET, _("The register says: %(status)s.") % {"status": more.status})
    return Said(State.PERSON, _("No register here holds debts."))


def _other_grant(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    if more.other_support is None:
        return Said(State.UNKNOWN, _("Whether there is other support has not been answered."))
    if not more.other_support:
        return Said(State.MET, _("The association declares that it has no other support for this."))
    rule = terms.purposes.other_municipal_grant
    stated = rule in {OtherGrantRule.MUST_BE_STATED, OtherGrantRule.ALLOWED}
    return Said(State.MET if stated else State.PERSON, _("The association declares other support."))


def _double(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    said = _other_grant(terms, facts, more)
    return Said(State.PERSON, said.fact) if more.other_support else said


def _share(terms: ProgrammeTerms, facts: CaseFacts, more: MoreFacts) -> Said:
    if not facts.applied or not more.budget_kr:
        return Said(State.UNKNOWN, _("The application has no budget."))
    share = {"share": text.number(round(100 * facts.applied / more.budget_kr))}
    return Said(State.PERSON, _("What is applied for is %(share)s per cent of the budget.") % share)


QUESTIONS: Mapping[str, str] = {
    "applicants.orgnr_required": "A1",
    "applicants.own_giro": "A7",
    "applicants.registered_years": "A2",
    "applicants.min_years_active": "A2",
    "applicants.documented_activity": "A2",
    "applicants.excluded": "A1",
    "applicants.foundations": "A1",
    "applicants.seat_in_area": "A21",
    "applicants.not_in_arrears": "A10",
    "values.must_state_distance_from_violence": "A12a",
    "values.independence.political": "A12",
    "values.independence.religious": "A12",
    "values.statutes_must_show": "A12a",
    "values.representative_clause": "A15",
    "values.cooperation_clause": "A18",
    "values.equality_weighed": "A19",
    "values.safety_routines_required": "A20",
    "purposes.supported": "A21",
    "purposes.excluded": "A21",
    "purposes.other_municipal_grant": "A11",
    "purposes.double_funding": "A11",
    "purposes.not_main_income": "A22",
    "purposes.describe": "A21",
}
JUDGES: Mapping[str, Judge] = {
    "applicants.orgnr_required": _orgnr,
    "applicants.own_giro": _giro,
    "applicants.registered_years": _registered,
    "applicants.min_years_active": _active,
    "applicants.foundations": _foundations,
    "applicants.seat_in_area": seat,
    "applicants.not_in_arrears": _arrears,
    "purposes.other_municipal_grant": _other_grant,
    "purposes.double_funding": _double,
    "purposes.not_main_income": _share,
}
NO_DEMAND = frozenset({"applicants.member_list_may_be_asked_for"})  # a right of the district's, not a demand
TABLES = frozenset({"thresholds", "costs_excluded"})  # shown as one row each
