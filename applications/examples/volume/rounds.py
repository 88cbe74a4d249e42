"""Rounds for the volume: three example programmes per district, one round a year."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from applications.examples.base import example_actor
from applications.grants.models import Programme, ProgrammeVersion, Round
from applications.grants.programmes.files import Source, read_files
from applications.grants.programmes.terms import ProgrammeTerms
from vetting.accounts.models import District
from vetting.kernel import clock
from vetting.kernel.schema import plain
from vetting.kernel.versions import VersionStatus, publish

PROGRAMMES = (
    ("volym-verksamhet", "Verksamhetsbidrag", "Operating grant"),
    ("volym-aktivitet", "Aktivitetsbidrag", "Activity grant"),
    ("volym-arrangor", "Arrangörsstöd", "Organiser support"),
)
SINCE = date(2015, 1, 1)
PROGRAMMES_FOLDER = Path(__file__).resolve().parents[1] / "data" / "programmes"


@dataclass(frozen=True, slots=True)
class YearRound:
    round_id: int
    form_code: str = ""


def rounds_of(district: District, years: list[int]) -> dict[int, list[YearRound]]:
    """Year → the rounds that applications of that year belong to; what is missing is made."""
    found: dict[int, list[YearRound]] = {year: [] for year in years}
    with transaction.atomic():
        for code, name_sv, name_en in PROGRAMMES:
            version = _version(district, code, name_sv, name_en)
            for year in years:
                row, _made = Round.objects.get_or_create(
                    programme=version.programme,
                    name_sv=f"{name_sv} {year}",
                    defaults={
                        "programme_version": version,
                        "name_en": f"{name_en} {year}",
                        "opens_on": date(year, 1, 1),
                        "closes_on": date(year, 12, 31),
                        "period_from": date(year, 1, 1),
                        "period_to": date(year, 12, 31),
                        "is_example": True,
                        "created_by": example_actor().reference,
                    },
                )
                found[year].append(YearRound(row.pk))
    return found


def _version(district: District, code: str, name_sv: str, name_en: str) -> ProgrammeVersion:
    programme, _made = Programme.objects.get_or_create(
        district=district, code=code, defaults={"name_sv": name_sv, "name_en": name_en, "is_example": True}
    )
    version = programme.versions.filter(status=VersionStatus.PUBLISHED).select_related("programme").first()
    if version is None:
        by = example_actor().reference
        version = ProgrammeVersion.objects.create(
            programme=programme,
            code=code,
            number=1,
            is_example=True,
            content=_content(name_sv, name_en),
            drafted_by=by,
        )
        publish(version, by=by, valid_from=SINCE, at=clock.now())
    return version


def _content(name_sv: str, name_en: str) -> Any:
    """The rules of the shipped example programme under another name, so that every page and guard can read them."""
    return plain(shipped_terms()) | {"name": {"sv": name_sv, "en": name_en}}


@cache
def shipped_terms() -> ProgrammeTerms:
    """The terms that all the volume's programmes have."""
    data = (PROGRAMMES_FOLDER / "kungsholmen.toml").read_bytes()
    entries, faults = read_files([Source("kungsholmen.toml", data)])
    if faults:
        raise RuntimeError(f"the shipped example cannot be read: {faults[0]}")
    return entries[0].terms
