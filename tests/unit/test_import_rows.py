"""Row checks of the register import, on the dirty register and on single cells (docs/domain.md §1.5)."""

import csv
import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from applications.associations.choices import LegalForm, RegisterStatus
from applications.associations.importing.columns import COLUMNS
from applications.associations.importing.findings import CODES, Finding, Weight
from applications.associations.importing.rows import Checked, check_record
from applications.associations.importing.seen import Seen
from vetting.kernel.delimited import Record, open_table
from vetting.kernel.headers import match, recognised

DATA = Path(__file__).resolve().parent.parent / "data" / "register"
TODAY = date(2026, 3, 3)
ORGNR = "8591234560"[:9] + luhn.calc_check_digit("859123456")
PERSON = "850101123" + luhn.calc_check_digit("850101123")


def read(path: Path) -> list[Checked]:
    seen = Seen()
    with open_table(path, recognise=lambda header: recognised(header, COLUMNS, {})) as table:
        columns = match(table.header, COLUMNS, {})
        return [seen.judge(check_record(record, columns, today=TODAY)) for record in table.records]


def outcome(checked: Checked) -> str:
    if checked.row:
        return "imported_with_warning" if checked.findings else "imported"
    return "skipped" if checked.findings[0].weight is Weight.SKIPS else "rejected"


def one(**cells: str) -> Checked:
    header = list(dict.fromkeys(["name", "orgnr", *cells]))
    values = {"name": "Solrosen", "orgnr": ORGNR, **cells}
    record = Record(1, 2, tuple(values[title] for title in header))
    return check_record(record, match(header, COLUMNS, {}), today=TODAY)


@pytest.mark.parametrize("file", ["register.csv", "register-excel.csv"])
def test_the_dirty_register_gives_exactly_what_is_expected(file: str) -> None:
    expected = json.loads((DATA / "register-expected.json").read_text(encoding="utf-8"))
    records = {checked.number: checked for checked in read(DATA / file)}
    assert list(records) == list(range(1, expected["records"] + 1))
    planted = {entry["record"]: entry for entry in expected["planted"]}
    for number, entry in planted.items():
        assert outcome(records[number]) == entry["outcome"], number
        if entry["outcome"] != "imported":
            assert [finding.code for finding in records[number].findings] == [entry["code"]], number
    for number in records.keys() - planted.keys():
        assert outcome(records[number]) == "imported", (number, records[number].findings)
    totals = Counter(outcome(checked) for checked in records.values())
    assert {
        "imported": totals["imported"] + totals["imported_with_warning"],
        "of_which_with_warning": totals["imported_with_warning"],
        "skipped": totals["skipped"],
        "rejected": totals["rejected"],
    } == expected["totals"]


def test_a_persons_number_is_nowhere_in_what_the_checks_give_back() -> None:
    with (DATA / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        numbers = [record[1] for record in csv.reader(file, delimiter=";") if len(record) > 1]
    persons = [number for number in numbers if number[2:3] in {"0", "1"}]
    assert len(persons) == 4
    said = repr(read(DATA / "register.csv"))
    for person in persons:
        assert person not in said
        assert person.replace("-", "") not in said


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("members", "1 250", 1250),
        ("members", "1\xa0250", 1250),
        ("members", "0", 0),
        ("registered_date", "2011-05-03", date(2011, 5, 3)),
        ("registered_date", "20110503", date(2011, 5, 3)),
        ("registered_date", "2011-05-03 00:00:00", date(2011, 5, 3)),
        ("legal_form", "IDEELL FÖRENING", LegalForm.NONPROFIT),
        ("legal_form", "Stiftelse", LegalForm.FOUNDATION),
        ("status", "Aktiv", RegisterStatus.ACTIVE),
        ("status", "I likvidation 2025-01-31", RegisterStatus.LIQUIDATION),
        ("bankgiro", "1396-6346", "13966346"),
        ("plusgiro", "18 26 32-0", "1826320"),
        ("website", "https://www.föreningen.se/om?x=1", "https://www.föreningen.se/om?x=1"),
        ("seat", " Stockholm\n", "Stockholm"),
        ("seat", "", None),
        ("members", "  ", None),
    ],
)
def test_cells_that_are_read(field: str, cell: str, value: object) -> None:
    checked = one(**{field: cell})
    assert checked.findings == ()
    assert asdict(checked.row)[field] == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("members", "många", "number_unreadable"),
        ("members", "-4", "number_unreadable"),
        ("members", "1.250", "number_unreadable"),
        ("members", "12,5", "number_unreadable"),
        ("members", "٣", "number_unreadable"),
        ("members", "99999999999999999999999999", "number_unreadable"),
        ("registered_date", "3/5 2011", "date_unreadable"),
        ("registered_date", "2011-13-45", "date_unreadable"),
        ("registered_date", "2011-0503", "date_unreadable"),
        ("registered_date", "2026-03-04", "date_out_of_range"),
        ("registered_date", "0011-05-03", "date_out_of_range"),
        ("legal_form", "Enskild firma", "legal_form_unknown"),
        ("status", "Kanske", "status_unreadable"),
        ("status", "Avregistrerad 2025-13-01", "status_unreadable"),
        ("status", "2025-01-01", "status_unreadable"),
        ("bankgiro", "1396-6347", "giro_checksum"),
        ("plusgiro", PERSON, "giro_checksum"),
        ("website", "javascript:alert(1)", "website_unreadable"),
        ("website", "finns ej", "website_unreadable"),
        ("area", "x" * 101, "text_too_long"),
    ],
)
def test_cells_that_are_left_out_with_a_warning(field: str, cell: str, code: str) -> None:
    checked = one(**{field: cell})
    assert checked.findings == (Finding(code, field),)
    assert asdict(checked.row)[field] is None  # type: ignore[arg-type]


def test_the_date_of_a_status_is_kept() -> None:
    row = one(status="Avregistrerad 2025-11-30").row
    assert row and (row.status, row.status_date) == (RegisterStatus.DEREGISTERED, date(2025, 11, 30))


@pytest.mark.parametrize("field", ["women", "members_in_area"])
def test_a_part_larger_than_the_whole_is_not_stored(field: str) -> None:
    checked = one(members="40", **{field: "55"})
    assert [finding.field for finding in checked.findings] == [field]
    assert checked.row and (checked.row.members, asdict(checked.row)[field]) == (40, None)


def test_all_that_stops_a_row_is_said_at_once() -> None:
    checked = one(name=" ", orgnr="12")
    assert [finding.code for finding in checked.findings] == ["orgnr_format", "name_missing"]
    assert checked.row is None


@pytest.mark.parametrize("field", ["name", "seat", "area", "website", "legal_form", "status"])
def test_a_persons_number_in_a_text_stops_the_row_and_is_not_shown(field: str) -> None:
    checked = one(**{field: f"x {PERSON[:6]}-{PERSON[6:]}"})
    assert checked.findings == (Finding("person_number_in_text", field),)
    assert (checked.row, checked.name) == (None, "")


def test_series_two_and_seven_want_the_legal_form() -> None:
    number = "769123456" + luhn.calc_check_digit("769123456")
    assert [finding.code for finding in one(orgnr=number).findings] == ["orgnr_series"]
    assert one(orgnr=number, legal_form="Ekonomisk förening").findings == ()


@pytest.mark.parametrize(
    ("cells", "broken", "code"),
    [
        (("Solrosen",), False, "too_few_columns"),
        (("Solrosen", ORGNR, "extra"), False, "too_many_columns"),
        ((), True, "quotes_broken"),
        (("", " "), False, "empty_row"),
        ((), False, "empty_row"),
    ],
)
def test_rows_of_a_wrong_shape(cells: tuple[str, ...], broken: bool, code: str) -> None:
    checked = check_record(Record(1, 2, cells, broken), match(["name", "orgnr"], COLUMNS, {}), today=TODAY)
    assert checked.findings == (Finding(code),)


def test_empty_cells_after_the_last_column_do_no_harm() -> None:
    checked = check_record(
        Record(1, 2, ("Solrosen", ORGNR, "", " ")), match(["name", "orgnr"], COLUMNS, {}), today=TODAY
    )
    assert checked.row is not None


def test_a_rejected_row_does_not_stop_a_later_good_one() -> None:
    seen = Seen()
    assert seen.judge(one(name="")).row is None
    assert seen.judge(one()).findings == ()
    assert seen.judge(one()).findings == (Finding("duplicate_row"),)
    assert seen.judge(one(seat="Solna")).findings == (Finding("orgnr_conflict"),)


@given(st.lists(st.text(max_size=30), min_size=13, max_size=13))
def test_any_cells_get_an_answer(cells: list[str]) -> None:
    columns = match([column.field for column in COLUMNS], COLUMNS, {})
    checked = check_record(Record(1, 2, tuple(cells)), columns, today=TODAY)
    assert all(finding.code in CODES for finding in checked.findings)
    assert checked.row is not None or checked.findings
