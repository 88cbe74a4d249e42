"""What an import can say about a record: stable codes, whether they stop the record, and sentences for people.

No finding carries the cell it is about: a refused organisation number can be a person's (docs/domain.md §1.5).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetting.kernel import orgnr


class Weight(StrEnum):
    REJECTS = "rejects"
    SKIPS = "skips"
    WARNS = "warns"


class Outcome(StrEnum):
    """What became of a record."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


OUTCOME_TEXTS: dict[Outcome, str | Promise] = {
    Outcome.IMPORTED: _("imported"),
    Outcome.UPDATED: _("updated"),
    Outcome.UNCHANGED: _("unchanged"),
    Outcome.SKIPPED: _("skipped"),
    Outcome.REJECTED: _("rejected"),
}

_R, _S, _W = Weight.REJECTS, Weight.SKIPS, Weight.WARNS

CODES: dict[str, tuple[Weight, str | Promise]] = {
    "too_few_columns": (_R, _("The row has fewer columns than the header. Put the missing delimiters in.")),
    "too_many_columns": (
        _R,
        _("The row has more columns than the header. A delimiter inside a text needs quotation marks."),
    ),
    "quotes_broken": (_R, _("The quotation marks of the row do not match. Double those that belong to the text.")),
    **{refusal.value: (_R, text) for refusal, text in orgnr.REFUSAL_TEXTS.items()},
    "orgnr_conflict": (
        _R,
        _("The organisation number stands earlier in the file with other values. Keep one of the rows."),
    ),
    "name_missing": (_R, _("The name is missing. Write the association's name.")),
    "name_too_long": (_R, _("The name is longer than 300 characters. Shorten it.")),
    "person_number_in_text": (
        _R,
        _("A text in the row looks like a person's identity number. It was not kept. Take it away from the file."),
    ),
    "empty_row": (_S, _("The row is empty.")),
    "duplicate_row": (_S, _("The same row stands earlier in the file.")),
    orgnr.SERIES_WARNING: (_W, orgnr.SERIES_TEXT),
    "same_name_other_orgnr": (
        _W,
        _("Another association has the same name and another organisation number. Check that both are right."),
    ),
    "legal_form_unknown": (
        _W,
        _("The legal form is not known here, so it was not stored. Choose one on the association's page."),
    ),
    "status_unreadable": (
        _W,
        _("The status cannot be read, so it was not stored. Write for example Aktiv or Avregistrerad 2026-01-31."),
    ),
    "date_unreadable": (_W, _("The date cannot be read, so it was not stored. Write it as 2026-01-31.")),
    "date_out_of_range": (_W, _("The date lies in the future or too far back, so it was not stored.")),
    "giro_checksum": (
        _W,
        _("The giro number is not right, so it was not stored. Check it against the association's proof."),
    ),
    "number_unreadable": (_W, _("The number cannot be read, so it was not stored. Write a whole number, 0 or more.")),
    "more_women_than_members": (
        _W,
        _("More women than members: the number of women was not stored. Ask the association."),
    ),
    "more_in_area_than_members": (
        _W,
        _("More members in the area than members: the number in the area was not stored. Ask the association."),
    ),
    "website_unreadable": (_W, _("The web address cannot be read, so it was not stored. Write it as www.example.se.")),
    "text_too_long": (_W, _("The text is longer than 100 characters, so it was not stored. Shorten it.")),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a record: its code and the field it is about ("" for the whole record)."""

    code: str
    field: str = ""

    @property
    def weight(self) -> Weight:
        return CODES[self.code][0]

    @property
    def text(self) -> str:
        return str(CODES[self.code][1])
