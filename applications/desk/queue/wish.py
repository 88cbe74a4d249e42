"""What is asked of the queue, read from its address. What cannot be read is said, and gives no rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from applications.desk import states
from applications.desk.queue.saved import BY_CODE, SavedView, first_view
from vetting.accounts.actors import Actor
from vetting.kernel import orgnr
from vetting.kernel.forms import SearchForm

NOBODY, CLOSED, ALL = "ingen", "avslutade", "alla"
DUE = (("idag", _("Today or earlier")), ("vecka", _("Within a week")), ("manad", _("Within a month")))
SORTS = ("forfaller", "-forfaller", "dnr", "-dnr", "namn", "-namn")
LAST_PAGE = 200
IDENTITY = "personnummer"  # stands in the address in place of a search that held such a number


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to for this person: (value, word) each."""

    officers: Sequence[tuple[str, str]] = ()
    programmes: Sequence[tuple[str, str]] = ()
    districts: Sequence[tuple[str, str]] = ()

    def kinds(self) -> list[tuple[str, str]]:
        return [(kind.code, str(kind.label)) for kind in states.case_kinds()]

    def states(self) -> list[tuple[str, Any]]:
        return [*states.choices(), (CLOSED, _("Closed cases")), (ALL, _("Open and closed"))]

    def assignees(self) -> list[tuple[str, Any]]:
        return [*self.officers, (NOBODY, _("Nobody"))]


@dataclass(frozen=True, slots=True)
class Wish:
    """A readable wish. Empty text: that filter is not set. `problems` non-empty: nothing is shown."""

    view: SavedView
    text: str = ""
    kind: str = ""
    state: str = ""
    officer: str = ""  # a user's key, or "ingen"
    district: str = ""  # a district's code
    programme: str = ""  # a programme's key
    due: str = ""
    sort: str = "forfaller"
    page: int = 1
    problems: tuple[str, ...] = field(default=())

    @property
    def is_filtered(self) -> bool:
        return any((self.text, self.kind, self.state, self.officer, self.district, self.programme, self.due))


class QueueForm(SearchForm):
    """The filters by their names in the address. Every choice is one that the page offers."""

    vy = forms.ChoiceField(required=False, choices=[(code, code) for code in BY_CODE])
    q = forms.CharField(required=False, max_length=100)
    slag = forms.ChoiceField(required=False)
    tillstand = forms.ChoiceField(required=False)
    handlaggare = forms.ChoiceField(required=False)
    omrade = forms.ChoiceField(required=False)
    stodform = forms.ChoiceField(required=False)
    forfaller = forms.ChoiceField(required=False, choices=DUE)
    sortera = forms.ChoiceField(required=False, choices=[(code, code) for code in SORTS])
    sida = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, data: QueryDict, choices: Choices) -> None:
        super().__init__(data)
        for name, values in (
            ("slag", choices.kinds()),
            ("tillstand", choices.states()),
            ("handlaggare", choices.assignees()),
            ("omrade", choices.districts),
            ("stodform", choices.programmes),
        ):
            self.fields[name].choices = values  # type: ignore[attr-defined]


LABELS = {
    "vy": _("View"),
    "q": _("Search"),
    "slag": _("Kind"),
    "tillstand": _("State"),
    "handlaggare": _("Officer"),
    "omrade": _("District"),
    "stodform": _("Programme"),
    "forfaller": _("Due"),
    "sortera": _("Order"),
    "sida": _("Page"),
}


def read_wish(params: QueryDict, *, actor: Actor, choices: Choices) -> Wish:
    """The wish of an address. Unknown names and values that are not offered become problems, never "everything"."""
    form = QueueForm(params, choices)
    fallback = first_view(actor)
    form.is_valid()
    problems = [f"{LABELS[name]}: “{params[name][:40]}”" for name in form.errors if name in LABELS]
    if IDENTITY in params:
        problems.append(str(_("A person's identity number is not searched for, and was not kept.")))
    problems += [f"“{name[:40]}”" for name in params if name not in form.fields and name != IDENTITY]
    values = form.cleaned_data
    text = " ".join((values.get("q") or "").split())
    return Wish(
        view=BY_CODE.get(values.get("vy", ""), fallback),
        text=text,
        kind=values.get("slag", ""),
        state=values.get("tillstand", ""),
        officer=values.get("handlaggare", ""),
        district=values.get("omrade", ""),
        programme=values.get("stodform", ""),
        due=values.get("forfaller", ""),
        sort=_sort(values.get("sortera", ""), values.get("tillstand", "")),
        page=values.get("sida") or 1,
        problems=tuple(problems),
    )


def without_identity(params: QueryDict) -> str:
    """The address to go to when the search holds a person's identity number: it must not stay in the address."""
    if not orgnr.holds_identity_number(params.get("q", "")):
        return ""
    kept = params.copy()
    del kept["q"]
    kept[IDENTITY] = "1"
    return f"?{kept.urlencode()}"


def _sort(asked: str, state: str) -> str:
    """Closed cases have no due date: they are shown by number, the newest first."""
    if state in (CLOSED, ALL) and not asked.endswith(("dnr", "namn")):
        return "-dnr"
    return asked or "forfaller"
