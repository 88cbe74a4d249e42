"""The terms as they are for one form (stödtyp): its own rules before the programme's. Pure."""

from dataclasses import fields
from typing import Any

from applications.grants.programmes.terms.amounts import Amounts
from applications.grants.programmes.terms.applicants import Threshold
from applications.grants.programmes.terms.programme import ProgrammeTerms
from applications.grants.programmes.terms.window import Window


def amounts_for(terms: ProgrammeTerms, form_code: str = "") -> Amounts:
    """Ceiling, fixed sums and formula: each the form's own where it has one."""
    form = terms.form(form_code)
    if form is None or form.amounts is None:
        return terms.amounts
    own: dict[str, Any] = {one.name: getattr(form.amounts, one.name) for one in fields(Amounts)}
    return Amounts(**{name: value or getattr(terms.amounts, name) for name, value in own.items()})


def window_for(terms: ProgrammeTerms, form_code: str = "") -> Window:
    form = terms.form(form_code)
    return form.window if form is not None and form.window else terms.window


def thresholds_for(terms: ProgrammeTerms, form_code: str = "") -> tuple[Threshold, ...]:
    form = terms.form(form_code)
    return form.thresholds if form is not None and form.thresholds else terms.applicants.thresholds
