"""From a record of the file to a row with types, or to the reasons why not. Pure: no database, no clock."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from applications.associations.choices import LegalForm, RegisterStatus
from applications.associations.importing import values
from applications.associations.importing.findings import Finding, Weight
from vetting.kernel import giro, orgnr
from vetting.kernel.cells import clean
from vetting.kernel.delimited import Record
from vetting.kernel.headers import Columns

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One association as the file states it. None: the file does not say, so what is known stays."""

    orgnr: str
    name: str
    legal_form: LegalForm | None = None
    registered_date: date | None = None
    seat: str | None = None
    area: str | None = None
    status: RegisterStatus | None = None
    status_date: date | None = None
    bankgiro: str | None = None
    plusgiro: str | None = None
    members: int | None = None
    members_in_area: int | None = None
    women: int | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A record after its checks. `row` is None where a finding rejects or skips it.

    `name` is what may be shown of the record: empty where it could tell who a person is.
    """

    number: int
    line: int
    name: str
    findings: tuple[Finding, ...] = ()
    row: Row | None = None

    def with_finding(self, code: str, field: str = "") -> "Checked":
        """The same record with one more remark; one that rejects or skips takes the row away."""
        finding = Finding(code, field)
        kept = self.row if finding.weight is Weight.WARNS else None
        return replace(self, findings=(*self.findings, finding), row=kept)


def check_record(record: Record, columns: Columns, *, today: date) -> Checked:
    """Check one record (docs/domain.md §1.5). `today`: date in Europe/Stockholm.

    Rejections come first and together, so that a row can be mended in one go; a row that holds a person's number
    says only that.
    """
    shape = _shape(record, columns)
    if shape:
        return Checked(record.number, record.line, "", (Finding(shape),))
    cells = {field: record.cells[place] for field, place in columns.places.items()}
    legal_form, form_code = values.legal_form(cells.get("legal_form", ""))
    number = orgnr.check(cells["orgnr"], legal_form_known=legal_form is not None)
    if number.refusal is orgnr.Refusal.PERSON:
        return Checked(record.number, record.line, "", (Finding(number.refusal.value, "orgnr"),))
    in_text = [field for field in _TEXTS if orgnr.holds_identity_number(clean(cells.get(field, "")))]
    if in_text:
        return Checked(record.number, record.line, "", (Finding("person_number_in_text", in_text[0]),))
    name = clean(cells["name"])
    stops = [Finding(number.refusal.value, "orgnr")] if number.refusal else []
    if not name or len(name) > LONGEST_NAME:
        stops.append(Finding("name_too_long" if name else "name_missing", "name"))
    shown = orgnr.hidden(name[:LONGEST_NAME])
    if stops:
        return Checked(record.number, record.line, shown, tuple(stops))
    warnings = [Finding(form_code, "legal_form")] if form_code else []
    if number.unusual_series:
        warnings.append(Finding(orgnr.SERIES_WARNING, "orgnr"))
    row = Row(number.number, name, legal_form, **_rest(cells, today, warnings))
    return Checked(record.number, record.line, shown, tuple(warnings), row)


_TEXTS = ("name", "seat", "area", "website", "legal_form", "status")


def _shape(record: Record, columns: Columns) -> str | None:
    if record.broken:
        return "quotes_broken"
    if record.is_empty:
        return "empty_row"
    if len(record.cells) < columns.width:
        return "too_few_columns"
    if any(cell.strip() for cell in record.cells[columns.width :]):
        return "too_many_columns"
    return None


def _rest(cells: dict[str, str], today: date, warnings: list[Finding]) -> dict[str, Any]:
    """The optional columns. What cannot be read is left out with a warning; the row is still good."""

    def read(field: str, reader: Callable[[str], tuple[Any, str | None]]) -> Any:
        value, code = reader(cells.get(field, ""))
        if code:
            warnings.append(Finding(code, field))
        return value

    def dated(cell: str) -> tuple[Any, str | None]:
        return values.day(cell, today=today)

    found: dict[str, Any] = {
        "registered_date": read("registered_date", dated),
        "seat": read("seat", values.short_text),
        "area": read("area", values.short_text),
        "bankgiro": read("bankgiro", lambda cell: _giro(giro.GiroKind.BANKGIRO, cell)),
        "plusgiro": read("plusgiro", lambda cell: _giro(giro.GiroKind.PLUSGIRO, cell)),
        "members": read("members", values.count),
        "members_in_area": read("members_in_area", values.count),
        "women": read("women", values.count),
        "website": read("website", values.website),
    }
    status = read("status", lambda cell: values.register_status(cell, today=today))
    found["status"], found["status_date"] = status or (None, None)
    for field, code in (("women", "more_women_than_members"), ("members_in_area", "more_in_area_than_members")):
        if None not in (found["members"], found[field]) and found[field] > found["members"]:
            warnings.append(Finding(code, field))
            found[field] = None
    return found


def _giro(kind: giro.GiroKind, cell: str) -> tuple[str | None, str | None]:
    if not clean(cell):
        return None, None
    digits = giro.digits_of(kind, cell)
    return digits, None if digits else "giro_checksum"
