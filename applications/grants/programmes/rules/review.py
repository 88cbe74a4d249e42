"""What a programme asks of the checklist: its questions, the least to look at, and the flags its stops depend on."""

from collections.abc import Iterable

from applications.grants.programmes.terms.handling import known_questions
from applications.grants.programmes.terms.programme import ProgrammeTerms
from checklists.rules.definition import LookedAt


def asked_questions(terms: ProgrammeTerms, listed: Iterable[str] | None = None) -> tuple[str, ...]:
    """Those of the listed codes that the programme asks, in the list's order; one that names none asks all.

    `listed` is the list in force; without one, the shipped lists together (docs/domain.md §3).
    """
    chosen = terms.checklist.questions
    return tuple(code for code in listed or known_questions() if not chosen or code in chosen)


def least_looked_at(terms: ProgrammeTerms) -> frozenset[LookedAt]:
    return frozenset(terms.checklist.least_looked_at)


def rule_flags(terms: ProgrammeTerms) -> frozenset[str]:
    """The checklists' `rule_flags` that this programme demands (checklists/definitions)."""
    demanded = {
        "orgnr_required": terms.applicants.orgnr_required,
        "tax_debt_bars": terms.applicants.not_in_arrears,
        "commitment_in_statutes": bool(terms.values.statutes_must_show),
        "cooperation_clause": terms.values.cooperation_clause is not None,
        "equality_weighed": terms.values.equality_weighed,
        "safety_routines_required": terms.values.safety_routines_required,
    }
    return frozenset(flag for flag, holds in demanded.items() if holds)
