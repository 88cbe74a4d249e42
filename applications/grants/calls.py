"""The calls an application can be entered in, one line per form (stödtyp) where the programme has several."""

from collections.abc import Iterable

from applications.grants.models import Round
from applications.grants.programmes.terms.stored import terms_of


def calls_of(rounds: Iterable[Round]) -> list[tuple[str, str]]:
    """(value, label) of each: what a select shows and sends."""
    found = []
    for round in rounds:
        name = f"{round.programme}: {round}"
        forms_of = terms_of(round.programme_version).forms
        offered = [form for form in forms_of if not round.form_codes or form.code in round.form_codes]
        found += [(call_value(round, form.code), f"{name}, {form.name}") for form in offered]
        found += [] if offered else [(call_value(round), name)]
    return found


def call_value(round: Round, form_code: str = "") -> str:
    return f"{round.pk}:{form_code}" if form_code else str(round.pk)
