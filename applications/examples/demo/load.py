"""Loading the demo's data: rules, people, associations, cases. A second run finds everything there."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from applications.cases.models import Case
from applications.examples import base
from applications.examples.demo import associations, cases, venues
from applications.examples.demo.stories import tell
from applications.examples.scenarios.staff import staff_of
from applications.grants.models import ProgrammeVersion, Round
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import District, User
from vetting.kernel import clock
from vetting.kernel.versions import VersionStatus

BEFORE = timedelta(days=90)  # the office was there before the first case


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many were added; zeros on a second run."""

    cases: int
    associations: int


def load_demo(*, password: str) -> Loaded:
    """All of it in one transaction: the whole demo, or nothing. Accounts are made with `password`."""
    with transaction.atomic():
        with clock.shifted(-BEFORE):
            districts = base.ensure_districts()
            base.ensure_accounts(districts, password)
            base.ensure_rules(districts.values())
        kungsholmen, sodermalm = (districts[code] for code in base.WORKING)
        staff = staff_of(kungsholmen)
        people = associations.People(staff.officer, _actor("ekonom"))
        south = staff_of(sodermalm)
        before = _how_many()
        with clock.shifted(-BEFORE):
            here = associations.associations_of(associations.KUNGSHOLMEN, kungsholmen, people, 1)
            there = associations.associations_of(
                associations.SODERMALM, sodermalm, associations.People(south.officer), 101
            )
            tenants = associations.associations_of(associations.TENANTS, kungsholmen, people, 201)
            rooms = venues.ensure_venues(kungsholmen, staff)
        known = Case.objects.count()
        tell(
            cases.story_of(cases.KUNGSHOLMEN, here, staff, _call(kungsholmen, staff.officer)),
            cases.story_of(cases.SODERMALM, there, south, _call(sodermalm, south.officer)),
            venues.story_of(venues.KUNGSHOLMEN, rooms, tenants, staff),
        )
    return Loaded(Case.objects.count() - known, _how_many() - before)


def _actor(username: str) -> Actor:
    return actor_for(User.objects.get(username=username), on=clock.today())


def _call(district: District, officer: Actor) -> Round:
    version = (
        ProgrammeVersion.objects.filter(
            programme__district=district, programme__code="foreningsstod", status=VersionStatus.PUBLISHED
        )
        .select_related("programme__district")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise LookupError(f"{district.code} has no published programme")
    return cases.open_round(version, officer)


def _how_many() -> int:
    return associations.Association.objects.filter(orgnr__startswith="8570").count()
