"""The programme's demands on the case page: each with what is known, whether it is met, and where a person answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.grants.known import known_of
from applications.grants.programmes.rules.demands import Demand, demands
from applications.grants.programmes.rules.judges import MoreFacts, State
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.review_cycle import verdicts_of
from vetting.kernel.workflow import Shape


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One line: the demand in words, the fact, a state tag, and the review's question with how it stands."""

    demand: Demand
    state: str
    shape: Shape
    question_url: str = ""
    question_state: str = ""


def demand_rows(case: Any, more: MoreFacts) -> Sequence[DemandRow]:
    """Every demand of the case's programme version. The review is read as the page's steps read it."""
    terms = terms_of(case.round.programme_version)
    verdicts = verdicts_of(case)
    asked = {code for one in verdicts for code in one.asked}
    open_now = {item.question for one in verdicts for item in one.open}
    adverse = {code for one in verdicts for code in one.adverse}
    url = reverse("show-review", args=["case", case.key])

    def row(demand: Demand) -> DemandRow:
        said, code = demand.said.state, demand.question
        if code not in asked:
            word, shape = _word(said, judged=bool(asked) or not code)
            return DemandRow(demand, word, shape)
        answer = (
            _("to be answered") if code in open_now else _("answered: look there") if code in adverse else _("answered")
        )
        if said == State.PERSON and code not in open_now:
            word, shape = (_("See the review"), Shape.LATE) if code in adverse else (_("Answered"), Shape.DONE)
        else:
            word, shape = _word(said, judged=True)
        return DemandRow(demand, word, shape, f"{url}#{code}", answer)

    return [row(one) for one in demands(terms, known_of(case), more)]


def _word(state: State, *, judged: bool) -> tuple[str, Shape]:
    if state == State.MET:
        return _("Met"), Shape.DONE
    if state == State.UNMET:
        return _("Not met"), Shape.LATE
    if state == State.UNKNOWN:
        return _("Not on record"), Shape.WAIT
    return (_("To be judged"), Shape.WORK) if judged else (_("Judged in the review"), Shape.NEW)
