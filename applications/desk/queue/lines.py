"""What stands on one line of the queue, from the case and from the child that its kind has."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications.desk.states import state_of
from vetting.kernel import clock, text
from vetting.kernel.templatetags.vetting import state_tag
from vetting.kernel.workflow import State, kinds

# Read in one question for all kinds: the child's columns are null where the case has another kind.
FIELDS = (
    "key",
    "number",
    "kind",
    "state",
    "due_on",
    "is_open",
    "received_date",
    "officer__name",
    "association__name",
    "association__orgnr",
    "grantapplication__applied_amount",
    "grantapplication__round__programme__name_sv",
    "grantapplication__round__programme__name_en",
)
NO_NUMBER = _("no number yet")
PRIVATE = _("Private person")


@dataclass(frozen=True, slots=True)
class Line:
    """One case as the queue and its export show it."""

    key: str
    url: str
    name: str
    orgnr: str
    number: Any
    kind: str
    what: str  # the programme, or the kind where there is none
    state: State
    officer: str
    received: date | None
    due: date | None
    due_note: str  # late | today | ""
    amount: Decimal | None

    @property
    def next_step(self) -> str:
        return str(self.state.next_step or "")

    @property
    def due_text(self) -> str:
        return self.due.isoformat() if self.due else ""

    @property
    def amount_text(self) -> str:
        return "" if self.amount is None else text.kronor(self.amount, unit=False)

    @property
    def tag(self) -> SafeString:
        return state_tag(self.state)


def line(row: Any) -> Line:
    """The line of one row read with `FIELDS`."""
    english = (get_language() or "sv").startswith("en")
    programme = row.grantapplication__round__programme__name_en if english else None
    today = clock.today()
    note = ""
    if row.is_open and row.due_on and row.due_on <= today:
        note = "late" if row.due_on < today else "today"
    key = str(row.key)
    return Line(
        key=key,
        url=case_url(key),
        name=row.association__name or str(PRIVATE),
        orgnr=text.organisation_number(row.association__orgnr or ""),
        number=row.number or NO_NUMBER,
        kind=row.kind,
        what=programme or row.grantapplication__round__programme__name_sv or str(kinds[row.kind].label),
        state=state_of(row.kind, row.state),
        officer=row.officer__name or "",
        received=row.received_date,
        due=row.due_on if row.is_open else None,
        due_note=note,
        amount=row.grantapplication__applied_amount,
    )


def case_url(key: str) -> str:
    """The case page's address; the pattern is looked up once, not fifty times a page."""
    return _pattern(get_script_prefix()).replace(_ANY, key)


_ANY = "00000000-0000-0000-0000-000000000000"


@cache
def _pattern(prefix: str) -> str:
    return reverse("show-case", args=[_ANY])
