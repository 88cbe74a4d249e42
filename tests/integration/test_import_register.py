"""`import_associations` on the dirty register: what it reports, what it stores, what it never does."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from applications.associations.importing.findings import Outcome
from applications.associations.importing.report import RecordResult
from applications.associations.models import (
    Association,
    DistrictAssociation,
    GiroAccount,
    ImportRun,
    RegisterChange,
)
from applications.associations.services.import_register import ImportSummary, import_register
from tests.factories import people
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock
from vetting.kernel.errors import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parent.parent / "data" / "register"
REGISTER = DATA / "register.csv"


def run(path: Path, **options: object) -> tuple[ImportSummary, dict[int, RecordResult]]:
    results: dict[int, RecordResult] = {}

    def note(result: RecordResult) -> None:
        results[result.number] = result

    summary = import_register(actor=system_actor("test"), path=path, report=note, **options)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return summary, results


def saved(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path


def register_of(*lines: str) -> str:
    return "\n".join(["Namn;Orgnr;Säte;Bankgiro;Medlemmar;Kvinnor;Webb;Status", *lines]) + "\n"


ONE, TWO = people.orgnr(910_001), people.orgnr(910_002)


@pytest.mark.parametrize("file", ["register.csv", "register-excel.csv"])
@pytest.mark.parametrize("in_district", [True, False])
def test_the_report_is_exactly_what_is_expected(file: str, in_district: bool) -> None:
    expected = json.loads((DATA / "register-expected.json").read_text(encoding="utf-8"))
    summary, results = run(DATA / file, district=people.district() if in_district else None)
    assert sorted(results) == list(range(1, expected["records"] + 1))
    assert summary.outcomes[Outcome.IMPORTED] == expected["totals"]["imported"] == Association.objects.count()
    assert summary.with_warning == expected["totals"]["of_which_with_warning"]
    assert summary.outcomes[Outcome.SKIPPED] == expected["totals"]["skipped"]
    assert summary.outcomes[Outcome.REJECTED] == expected["totals"]["rejected"]
    planted = {entry["record"]: entry for entry in expected["planted"]}
    for number, result in results.items():
        entry = planted.get(number, {"outcome": "imported", "code": ""})
        warned = result.outcome is Outcome.IMPORTED and result.findings
        assert (f"{result.outcome}_with_warning" if warned else result.outcome) == entry["outcome"], number
        if entry["outcome"] != "imported":
            assert [finding.code for finding in result.findings] == [entry["code"]], number


@pytest.mark.parametrize("district", [None, "KUN"])
def test_a_second_run_changes_nothing(district: str | None) -> None:
    home = people.district(district) if district else None
    first, _ = run(REGISTER, district=home)
    before = list(Association.objects.order_by("id").values())
    second, results = run(DATA / "register-excel.csv", district=home)
    renamed = [result.number for result in results.values() if result.outcome is Outcome.UPDATED]
    assert renamed == [316]  # the one name that Windows-1252 cannot write
    second, _ = run(REGISTER, district=home)
    assert second.outcomes[Outcome.UPDATED] == 1
    third, _ = run(REGISTER, district=home)
    assert third.outcomes[Outcome.UNCHANGED] == first.outcomes[Outcome.IMPORTED]
    assert third.with_warning == first.with_warning
    assert third.outcomes[Outcome.IMPORTED] == third.outcomes[Outcome.UPDATED] == 0
    same = list(Association.objects.order_by("id").values())
    assert [row["name"] for row in same] == [row["name"] for row in before]
    assert GiroAccount.objects.filter(ended_at__isnull=False).count() == 0


def test_what_is_stored_of_a_row() -> None:
    run(REGISTER, district=people.district())
    stored = Association.objects.get(orgnr="8598269986")
    assert (stored.name, stored.legal_form, stored.status, str(stored.status_date)) == (
        "Tenstas Koloniförening",
        "faith_community",
        "deregistered",
        "2025-11-30",
    )
    assert (stored.seat, stored.area, str(stored.registered_date)) == ("Stockholm", "Järva", "1994-02-13")
    own = DistrictAssociation.objects.get(association=stored)
    assert (own.members, own.members_in_area, own.women, own.district) == (95, 43, 46, people.district())
    account = GiroAccount.objects.get(association=stored)
    assert (account.kind, account.digits, account.state, account.registered_by) == (
        "bankgiro",
        "13966346",
        "waiting",
        None,
    )
    assert Association.objects.get(orgnr="8599512889").name == "Årsta Kvarterslag"
    assert Association.objects.get(orgnr="8595939110").name.startswith("=HYPERLINK(")
    assert Association.objects.get(orgnr="8598410036").in_districts.get().members == 1250


def test_without_a_district_only_the_shared_columns_are_stored() -> None:
    summary, _ = run(REGISTER)
    assert summary.codes["number_unreadable"] == 3  # checked all the same
    assert Association.objects.count() == 585
    assert DistrictAssociation.objects.count() == 0


def test_a_persons_number_leaves_no_trace(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with REGISTER.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) > 1 and row[1][2:3] in {"0", "1"}]
    assert len(rows) == 4
    out, err = io.StringIO(), io.StringIO()
    report = tmp_path / "report.csv"
    people.district("KUN")
    call_command("import_associations", REGISTER, district="KUN", report=report, stdout=out, stderr=err)
    captured = capfd.readouterr()
    said = out.getvalue() + err.getvalue() + captured.out + captured.err + report.read_text(encoding="utf-8-sig")
    stored = json.dumps([_whole_table(table) for table in connection.introspection.table_names()], default=_text)
    for row in rows:
        for form in {row[1], row[1].replace("-", ""), row[1][:6]}:
            assert form not in said
        assert row[1].replace("-", "") not in stored
        assert row[1] not in stored


def _whole_table(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return cursor.fetchall()


def _text(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value)


def test_a_known_number_with_other_values_is_updated(tmp_path: Path) -> None:
    home = people.district()
    run(saved(tmp_path, register_of(f"Solen;{ONE};Solna;1396-6346;50;20;www.a.se;Aktiv")), district=home)
    _, results = run(
        saved(tmp_path, register_of(f"Solen;{ONE};Nacka;1396-6346;60;;;Konkurs 2026-01-02")), district=home
    )
    assert results[1].outcome is Outcome.UPDATED
    stored = Association.objects.get(orgnr=ONE)
    assert (stored.seat, stored.status, str(stored.status_date), stored.version) == (
        "Nacka",
        "bankrupt",
        "2026-01-02",
        2,
    )
    own = stored.in_districts.get()
    assert (own.members, own.women, own.website, own.version) == (60, 20, "www.a.se", 2)  # empty cells change nothing
    assert set(RegisterChange.objects.values_list("field", "before", "after", "district__code")) == {
        ("seat", "Solna", "Nacka", None),
        ("status", "active", "bankrupt", None),
        ("status_date", "", "2026-01-02", None),
        ("members", "50", "60", home.code),
    }


def test_a_change_takes_the_confirmation_away(tmp_path: Path) -> None:
    run(saved(tmp_path, register_of(f"Solen;{ONE};Solna;;;;;")))
    Association.objects.update(
        confirmed_by=people.user(),
        confirmed_at=clock.now(),
        confirmed_district=people.district(),
        confirmed_against="authority",
    )
    run(saved(tmp_path, register_of(f"Solen;{ONE};Solna;;;;;")))
    assert Association.objects.get().confirmed_at is not None
    run(saved(tmp_path, register_of(f"Solen;{ONE};Nacka;;;;;")))
    assert Association.objects.get().confirmed_at is None


def test_a_changed_giro_waits_beside_the_one_in_use(tmp_path: Path) -> None:
    run(saved(tmp_path, register_of(f"Solen;{ONE};;1396-6346;;;;")))
    GiroAccount.objects.update(
        confirmed_by=people.user(), confirmed_at=clock.now(), confirmed_district=people.district()
    )
    for number in ("684-1761", "7503-6921", "7503-6921"):
        summary, _ = run(saved(tmp_path, register_of(f"Solen;{ONE};;{number};;;;")))
    assert summary.outcomes[Outcome.UNCHANGED] == 1
    accounts = {account.digits: account.state for account in GiroAccount.objects.all()}
    assert accounts == {"13966346": "in_use", "6841761": "ended", "75036921": "waiting"}


def test_another_district_adds_its_own_data_only(tmp_path: Path) -> None:
    path = saved(tmp_path, register_of(f"Solen;{ONE};Solna;;50;20;;Aktiv"))
    run(path, district=people.district("KUN"))
    _, results = run(path, district=people.district("SOD"))
    assert results[1].outcome is Outcome.UPDATED
    assert Association.objects.get().version == 1
    assert DistrictAssociation.objects.count() == 2
    assert run(path, district=people.district("SOD"))[1][1].outcome is Outcome.UNCHANGED


def test_counts_are_compared_with_what_is_known(tmp_path: Path) -> None:
    home = people.district()
    run(saved(tmp_path, register_of(f"Solen;{ONE};;;50;20;;")), district=home)
    _, results = run(saved(tmp_path, register_of(f"Solen;{ONE};;;;60;;")), district=home)
    assert [finding.code for finding in results[1].findings] == ["more_women_than_members"]
    assert results[1].outcome is Outcome.UNCHANGED
    _, results = run(saved(tmp_path, register_of(f"Solen;{ONE};;;10;;;")), district=home)
    assert [finding.code for finding in results[1].findings] == ["more_women_than_members"]
    own = DistrictAssociation.objects.get()
    assert (own.members, own.women) == (50, 20)


def test_the_same_name_in_the_register_is_remarked_once(tmp_path: Path) -> None:
    run(saved(tmp_path, register_of(f"Solen;{ONE};;;;;;")))
    path = saved(tmp_path, register_of(f"SOLEN;{TWO};;;;;;"))
    _, results = run(path)
    assert [finding.code for finding in results[1].findings] == ["same_name_other_orgnr"]
    assert run(path)[1][1].findings == ()


def test_a_rehearsal_says_the_same_and_stores_nothing() -> None:
    rehearsal, rehearsed = run(REGISTER, dry_run=True)
    assert (rehearsal.run, Association.objects.count(), ImportRun.objects.count()) == (None, 0, 0)
    assert not Event.objects.filter(verb="register.imported").exists()
    summary, results = run(REGISTER)
    assert rehearsed == results
    assert rehearsal.counts() == summary.counts()


def test_the_import_is_logged_with_its_counts() -> None:
    summary, _ = run(REGISTER, district=people.district())
    event = Event.objects.get(verb="register.imported")
    data = json.loads(bytes(event.canonical))["data"]
    assert data["counts"] == summary.run.counts == summary.counts()
    assert data["sha256"] == hashlib.sha256(REGISTER.read_bytes()).hexdigest()
    assert (event.district, event.actor) == ("KUN", "system:test")


def test_an_error_late_in_the_file_leaves_nothing_behind(tmp_path: Path) -> None:
    lines = [f"Förening {number};{people.orgnr(920_000 + number)};;;;;;" for number in range(2500)]
    path = saved(tmp_path, register_of(*lines, '"Aldrig stängd;1;;;;;;'))
    report = tmp_path / "report.csv"
    with pytest.raises(CommandError, match=r"register\.csv: .*2502"):
        call_command("import_associations", path, report=report, stdout=io.StringIO(), stderr=io.StringIO())
    assert Association.objects.count() == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["register.csv"]


def test_a_file_that_changes_while_it_is_read_is_not_imported(tmp_path: Path) -> None:
    path = saved(tmp_path, register_of(f"Solen;{ONE};;;;;;"))

    def change(done: int, of_all: int) -> None:
        path.write_text(register_of(f"Solen;{ONE};Nacka;;;;;"), encoding="utf-8")

    with pytest.raises(NotNow) as caught:
        import_register(actor=system_actor("test"), path=path, progress=change)
    assert caught.value.code == "file_changed"
    assert Association.objects.count() == 0


def test_who_may_import() -> None:
    home = people.district()
    with pytest.raises(NotAllowed):
        import_register(actor=people.actor(Role.AUDITOR), path=REGISTER, district=home)
    with pytest.raises(NotAllowed):
        import_register(actor=people.actor(Role.REGISTRAR, at=people.district("SOD")), path=REGISTER, district=home)
    assert import_register(actor=people.actor(Role.REGISTRAR), path=REGISTER, district=home).run is not None


def test_the_report_can_be_saved_and_its_cells_are_harmless(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    call_command("import_associations", REGISTER, report=report, stdout=io.StringIO(), stderr=io.StringIO())
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) == 605
    assert {row[0] for row in rows[1:]} == {str(number) for number in range(1, 605)}
    assert rows[206][4].startswith("'=HYPERLINK")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"map": "Kund=name"}, "kund"),
        ({"map": "Namn"}, "Namn"),
        ({"map": "Föreningsnamn=namn"}, "namn"),
        ({"map": "Organisationsnummer=-"}, "orgnr"),
        ({"district": "XYZ"}, "XYZ"),
        ({"report": REGISTER}, "."),
        ({"report": Path("/nowhere/report.csv")}, "."),
    ],
)
def test_bad_input_is_one_clear_line(options: dict[str, object], message: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_associations", REGISTER, stdout=io.StringIO(), stderr=io.StringIO(), **options)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert Association.objects.count() == 0


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="register"):
        call_command("import_associations", tmp_path / "register.csv", stdout=io.StringIO(), stderr=io.StringIO())


def test_columns_can_be_mapped(tmp_path: Path) -> None:
    path = saved(tmp_path, f"Kund,Org id,Ort\nSolen,{ONE},Solna\n")
    call_command(
        "import_associations", path, map="Kund=name,Org id=orgnr,Ort=-", stdout=io.StringIO(), stderr=io.StringIO()
    )
    stored = Association.objects.get()
    assert (stored.name, stored.seat) == ("Solen", "")
