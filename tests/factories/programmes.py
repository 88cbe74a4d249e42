"""Programmes, versions and rounds for tests, made through the services that people use."""

from datetime import date
from pathlib import Path
from typing import Any

from applications.grants.models import Programme, ProgrammeVersion, Round
from applications.grants.programmes.files import Source
from applications.grants.programmes.rounds import RoundPlan
from applications.grants.programmes.services.announce import announce_round
from applications.grants.programmes.services.drafts import create_programme
from applications.grants.programmes.services.import_programmes import Outcome, import_programmes
from applications.grants.programmes.services.publish import publish_version
from applications.grants.programmes.terms import ProgrammeTerms
from tests.factories import people
from vetting.accounts.actors import system_actor
from vetting.accounts.models import District
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.labels import Label
from vetting.kernel.schema import read

DATA = Path(__file__).resolve().parent.parent / "data" / "programmes"
EXAMPLES = Path(__file__).resolve().parents[2] / "applications" / "examples" / "data" / "programmes"

TEXT = {"sv": "Text", "en": "Text"}
LEAST: dict[str, Any] = {
    "name": {"sv": "Föreningsstöd", "en": "Support"},
    "window": {"kind": "yearly", "closes": "12-31", "for_year": "next"},
    "criteria": [{"point": "1", "title": {"sv": "Ändamål", "en": "Purpose"}, "text": TEXT}],
    "clauses": {"repayment": TEXT, "interest": TEXT},
}


def terms(**more: Any) -> ProgrammeTerms:
    """The least a programme must say, and more."""
    made, problems = read(ProgrammeTerms, LEAST | more)
    assert made is not None, problems
    return made


def draft(*, at: District | None = None, code: str = "foreningsstod", by: Any = None, **more: Any) -> ProgrammeVersion:
    """A new programme with its first draft, written by a grant officer."""
    at = at or people.district()
    officer = by or people.actor(Role.GRANT_OFFICER, at=at)
    return create_programme(actor=officer, district=at, code=code, terms=terms(**more))


def published(*, at: District | None = None, code: str = "foreningsstod", **more: Any) -> ProgrammeVersion:
    """A programme whose first version a unit head published from today on."""
    version = draft(at=at, code=code, **more)
    head = people.actor(Role.UNIT_HEAD, at=version.programme.district)
    return publish_version(actor=head, version=version, valid_from=clock.today(), revision=version.revision)


def call(version: ProgrammeVersion | None = None, **more: Any) -> Round:
    """An open round of a published version: from today to the end of next year."""
    version = version or published()
    today = clock.today()
    plan: dict[str, Any] = {
        "name": Label("Utlysning", "Call"),
        "opens_on": today,
        "closes_on": date(today.year + 1, 12, 31),
    }
    officer = people.actor(Role.GRANT_OFFICER, at=version.programme.district)
    return announce_round(actor=officer, version=version, plan=RoundPlan(**plan | more))


def example_districts() -> list[District]:
    """The districts that the shipped example programmes are for."""
    codes = ("BRO", "EÅV", "FAR", "HÄÄ", "HÄV", "JÄR", "KUN", "NOI", "SKA", "SKÄ", "SÖD")
    return [people.district(code) for code in codes]


def bring_in(*paths: Path, **more: Any) -> list[Outcome]:
    """Imports files as the command does."""
    sources = [Source(path.name, path.read_bytes()) for path in paths]
    return import_programmes(actor=system_actor("import_programmes"), sources=sources, **more)


def of(district: str, code: str = "foreningsstod") -> Programme:
    return Programme.objects.get(district__code=district, code=code)
