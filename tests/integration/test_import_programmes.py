"""`import_programmes`: whole or not at all, every fault with its place, only what differs."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation

from applications.grants.models import Programme, ProgrammeVersion
from applications.grants.programmes.services.import_programmes import FilesFaulty
from applications.grants.programmes.services.publish import publish_version
from applications.grants.programmes.terms.stored import terms_of
from tests.factories import people, programmes
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock

pytestmark = pytest.mark.django_db

GOOD = """format = 1

[[programme]]
code = "stod"
district = "KUN"
name = { sv = "Stöd", en = "Support" }

[programme.window]
kind = "yearly"
closes = "12-31"

[[programme.criteria]]
point = "1"
title = { sv = "Ändamål", en = "Purpose" }
text = { sv = "Till nytta.", en = "Of use." }

[programme.clauses]
repayment = { sv = "Återkrav.", en = "Repayment." }
interest = { sv = "Ränta.", en = "Interest." }
"""
EXAMPLE = GOOD.replace("format = 1", 'format = 1\nlabel = "exempel"')


@pytest.fixture(autouse=True)
def kungsholmen():
    with translation.override("en"):
        yield people.district("KUN")


@pytest.fixture
def file(tmp_path):
    """Writes a file and gives its path."""

    def write(text: str | bytes, name: str = "stod.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def faults(*paths: Path) -> list[str]:
    with pytest.raises(FilesFaulty) as caught:
        programmes.bring_in(*paths)
    assert not Programme.objects.exists()
    return [str(fault) for fault in caught.value.faults]


def test_real_rules_come_in_as_a_draft_for_a_second_person(file):
    (outcome,) = programmes.bring_in(file(GOOD))
    assert (
        str(outcome)
        == "KUN stod: new programme, version 1, draft: a second person publishes it on the programme's page"
    )
    version = ProgrammeVersion.objects.get()
    assert not version.is_published
    assert not version.is_example
    assert version.source == "stod.toml"
    head = people.actor(Role.UNIT_HEAD)
    publish_version(actor=head, version=version, valid_from=clock.today(), revision=version.revision)
    assert [event.verb for event in Event.objects.filter(subject__startswith="programme:").order_by("id")] == [
        "programme.created",
        "programme.published",
    ]


def test_an_example_is_published_at_once_and_labelled(file):
    (outcome,) = programmes.bring_in(file(EXAMPLE.replace('code = "stod"', 'code = "stod"\nvalid_from = 2026-01-01')))
    version = ProgrammeVersion.objects.get()
    assert (version.is_example, version.is_published, version.valid_from) == (True, True, date(2026, 1, 1))
    assert outcome.valid_from == date(2026, 1, 1)


@pytest.mark.parametrize("text", [GOOD, EXAMPLE])
def test_a_second_run_changes_nothing(file, text):
    programmes.bring_in(file(text))
    before = list(ProgrammeVersion.objects.values_list("pk", "revision", "digest"))
    events = Event.objects.count()
    (outcome,) = programmes.bring_in(file("# a comment\n" + text))
    assert outcome.what == "unchanged"
    assert list(ProgrammeVersion.objects.values_list("pk", "revision", "digest")) == before
    assert Event.objects.count() == events


def test_a_changed_file_makes_a_draft_and_leaves_the_published_version_in_force(file):
    programmes.bring_in(file(GOOD))
    first = ProgrammeVersion.objects.get()
    publish_version(
        actor=people.actor(Role.UNIT_HEAD), version=first, valid_from=clock.today(), revision=first.revision
    )
    (outcome,) = programmes.bring_in(file(GOOD.replace("12-31", "11-30")))
    assert (outcome.what, outcome.number, outcome.valid_from) == ("new_version", 2, None)
    (again,) = programmes.bring_in(file(GOOD.replace("12-31", "10-31")))
    assert (again.what, again.number) == ("draft_changed", 2)
    first.refresh_from_db()
    assert (first.valid_to, first.is_published) == (None, True)
    assert ProgrammeVersion.objects.count() == 2


def test_a_changed_example_takes_over_from_a_day_after_the_former_one(file):
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        programmes.bring_in(file(EXAMPLE.replace('code = "stod"', 'code = "stod"\nvalid_from = 2026-01-01')))
    with time_machine.travel("2026-05-04T09:00:00+00:00", tick=False):
        changed = EXAMPLE.replace('code = "stod"', 'code = "stod"\nvalid_from = 2026-01-01').replace("12-31", "11-30")
        programmes.bring_in(file(changed))
        programmes.bring_in(file(changed.replace("11-30", "10-31")))
    valid = ProgrammeVersion.objects.order_by("number").values_list("valid_from", "valid_to")
    assert list(valid) == [
        (date(2026, 1, 1), date(2026, 5, 3)),
        (date(2026, 5, 4), date(2026, 5, 4)),
        (date(2026, 5, 5), None),
    ]


def test_the_districts_own_rules_take_over_from_an_example_and_never_the_other_way(file):
    programmes.bring_in(file(EXAMPLE))
    (outcome,) = programmes.bring_in(file(GOOD))
    assert (outcome.what, outcome.number, outcome.valid_from) == ("new_version", 2, None)
    with pytest.raises(FilesFaulty, match="Nothing was imported") as caught:
        programmes.bring_in(file(EXAMPLE))
    assert [fault.field for fault in caught.value.faults] == ["label"]


def test_a_persons_draft_is_not_written_over(file):
    version = programmes.draft(code="stod")
    with pytest.raises(FilesFaulty) as caught:
        programmes.bring_in(file(GOOD))
    assert "draft somebody works on" in caught.value.faults[0].text
    version.refresh_from_db()
    assert version.revision == 1


def test_all_files_or_none(file):
    good, bad = file(GOOD), file(GOOD.replace('"12-31"', '"12-32"').replace('"stod"', '"annat"'), "bad.toml")
    (fault,) = faults(good, bad)
    assert fault == (
        "bad.toml: KUN annat: window.closes: “12-32” cannot be read. "
        "Write month and day, for example “02-28”, or “02-last” for its last day."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace('kind = "yearly"', "kind = yearly"), "stod.toml: line 9: This is no TOML: Invalid value"),
        (GOOD + 'code = "a\n', "stod.toml: line 20: This is no TOML"),
        (b"format = 1\n\xff", "stod.toml: line 2: This is no TOML: not UTF-8; save the file as UTF-8"),
        ("", "stod.toml: format: Write format = 1"),
        (GOOD.replace("format = 1", "format = 2"), "stod.toml: format: Write format = 1"),
        (
            GOOD.replace("programme]]", "program]]").replace("[programme.", "[program."),
            "program: There is no such key",
        ),
        (GOOD.replace("format = 1", 'format = 1\nlabel = "example"'), "stod.toml: label: Write label = “exempel”"),
        (GOOD.replace("closes =", "close ="), "KUN stod: window.close: There is no such key. Did you mean “closes”?"),
        (GOOD.replace('district = "KUN"\n', ""), "stod.toml: stod: district: Is missing."),
        (GOOD.replace('code = "stod"\n', ""), "stod.toml: KUN: code: Is missing."),
        (GOOD.replace('code = "stod"', 'code = "Stöd!"'), "KUN Stöd!: code: Write small letters"),
        (GOOD.replace('"KUN"', '"XYZ"'), "XYZ stod: district: There is no district XYZ. Districts: KUN."),
        (GOOD.replace(', en = "Support"', ""), "KUN stod: name: Both languages are owed"),
        (GOOD + GOOD.removeprefix("format = 1\n"), "KUN stod: code: Stands in stod.toml too."),
        ("format = 1\nprogramme = [1]\n", "stod.toml: programme 1: Must be a table"),
        ("format = 1\nprogramme = 1\n", "stod.toml: programme: Write at least one programme"),
    ],
)
def test_each_fault_is_told_with_file_programme_and_field(file, text, expected):
    assert expected in "\n".join(faults(file(text)))


def test_a_dry_run_says_what_would_be_done_and_saves_nothing(file):
    out = StringIO()
    call_command("import_programmes", str(file(EXAMPLE)), "--dry-run", stdout=out)
    assert out.getvalue().splitlines() == [
        f"KUN stod: new programme, version 1, example in force from {clock.today()}",
        "Dry run: nothing was saved.",
    ]
    assert not Programme.objects.exists()
    assert not Event.objects.exists()


def test_the_command_ends_with_1_and_one_line_per_fault(file):
    with pytest.raises(CommandError) as caught:
        call_command("import_programmes", str(file(GOOD.replace("closes =", "clozes ="))))
    assert caught.value.returncode == 1
    assert str(caught.value).splitlines() == [
        "stod.toml: KUN stod: window.clozes: There is no such key. Did you mean “closes”?",
        "Nothing was imported.",
    ]


def test_a_missing_file_and_no_file_are_told(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_programmes", str(tmp_path / "none.toml"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_programmes", str(tmp_path))
    with pytest.raises(CommandError, match="--keys") as caught:
        call_command("import_programmes")
    assert caught.value.returncode == 2


def test_the_format_tells_its_own_keys():
    out = StringIO()
    call_command("import_programmes", "--keys", stdout=out)
    lines = out.getvalue().splitlines()
    assert any(line.startswith("window.closes – Last day. Write month and day") for line in lines)
    assert any(line.startswith("forms[…].amounts.cap_kr") for line in lines)


def test_another_district_can_take_an_example(file):
    people.district("SÖD")
    (outcome,) = programmes.bring_in(file(EXAMPLE), district="SÖD")
    assert outcome.name == "SÖD stod"
    assert programmes.of("SÖD", "stod").is_example


def test_what_is_downloaded_comes_in_again_unchanged(file):
    from applications.grants.programmes.files import written

    programmes.bring_in(programmes.EXAMPLES / "kungsholmen.toml")
    version = ProgrammeVersion.objects.select_related("programme").get()
    text = written(district="KUN", code="foreningsstod", terms=terms_of(version), is_example=True)
    (outcome,) = programmes.bring_in(file(text))
    assert outcome.what == "unchanged"
