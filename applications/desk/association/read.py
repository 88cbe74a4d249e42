"""Which of an association's cases a person sees: those of the person's own districts, newest first, by kind and state.

Another district's cases are not there at all, so nothing it has assessed can show (docs/domain.md §4.4).
"""

from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from applications.associations.models import Association
from applications.cases.models import Case
from applications.desk import states
from applications.desk.queue.lines import FIELDS, Line, line
from applications.desk.queue.read import COUNTED, PAGE, Count
from applications.desk.queue.wish import CLOSED, LAST_PAGE
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.forms import SearchForm

OPEN = "oppna"
FEW = 10  # so many cases are looked through without filters


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `problems` non-empty: nothing is shown."""

    kind: str = ""
    state: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.state)


class CasesForm(SearchForm):
    """The filters by their names in the address, as in the queue."""

    slag = forms.ChoiceField(label=_("Kind"), required=False)
    tillstand = forms.ChoiceField(label=_("State"), required=False)
    sida = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["slag"].choices = kinds()  # type: ignore[attr-defined]
        self.fields["tillstand"].choices = state_choices()  # type: ignore[attr-defined]


def kinds() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.label)) for kind in states.case_kinds()]


def state_choices() -> list[tuple[str, object]]:
    return [(OPEN, _("All open")), (CLOSED, _("Closed cases")), *states.choices()]


def read_asked(params: QueryDict) -> Asked:
    """The wish of an address. Unknown names and values that are not offered become problems, never "everything"."""
    form = CasesForm(params)
    form.is_valid()
    problems = [f"{form.fields[name].label}: “{params[name][:40]}”" for name in form.errors]
    problems += [f"“{name[:40]}”" for name in params if name not in form.fields]
    values = form.cleaned_data
    return Asked(
        kind=values.get("slag", ""),
        state=values.get("tillstand", ""),
        page=values.get("sida") or 1,
        problems=tuple(problems),
    )


def cases_of(association: Association, actor: Actor, asked: Asked = Asked()) -> QuerySet[Case]:
    """The association's cases in the actor's districts, without those a conflict of interest keeps the actor out of."""
    if asked.problems:
        return Case.objects.none()
    cases = Case.objects.for_user(actor, Permission.SEE_CASES).filter(association=association)
    if asked.kind:
        cases = cases.filter(kind=asked.kind)
    return cases.filter(_in_state(asked.state))


def _in_state(state: str) -> Q:
    if state == OPEN:
        return Q(is_open=True)
    if state == CLOSED:
        return Q(is_open=False)
    return Q(state=state) if state else Q()


def count_of(cases: QuerySet[Case]) -> Count:
    """Exact up to a thousand."""
    return Count(cases.order_by()[: COUNTED + 1].count())


def number_of_cases(association: Association, actor: Actor) -> Count:
    """What the tab says: every case of the association the person may see."""
    return count_of(cases_of(association, actor))


def page_of(cases: QuerySet[Case], number: int) -> tuple[list[Line], bool]:
    """The fifty lines of a page, the newest case first, and whether a further page exists."""
    start = (number - 1) * PAGE
    rows = cases.order_by("-pk").values_list(*FIELDS, named=True)[start : start + PAGE + 1]
    lines = [line(row) for row in rows]
    return lines[:PAGE], len(lines) > PAGE
