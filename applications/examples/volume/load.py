"""One set of cases after the other, in the order in which they arrived, so that diary numbers follow the days."""

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from applications.associations.models import Association
from applications.examples import names
from applications.examples.volume import stories, writer
from applications.examples.volume.reviews import Reviews, Told
from applications.examples.volume.rounds import YearRound, rounds_of
from applications.examples.volume.tracks import write_tracks
from applications.grants.workflow import GRANT
from vetting.accounts.models import District, User
from vetting.accounts.roles import Role
from vetting.kernel import clock

SET = 2_000
YEARS_BACK = 4
SHARES = (0.14, 0.16, 0.20, 0.23, 0.27)  # of the cases, oldest year first
PURPOSE = (
    "Öppna träffar två kvällar i veckan och fyra dagar för hela familjen. Det är gratis och öppet för alla som bor "
    "i området. Föreningen räknar med 40 till 80 besökare per kväll."
)
# Step → whose turn it was: the role's person takes it, else the case's officer.
HEADS = {Role.UNIT_HEAD: "head", Role.SECOND_READER: "reader", Role.BOARD_SECRETARY: "secretary"}


@dataclass(frozen=True, slots=True)
class Staff:
    """References of those who act, and the officers among whom cases are spread."""

    officers: tuple[User, ...]
    by_role: dict[str, str]


@dataclass(slots=True)
class Batch:
    """The rows of one set."""

    cases: list[Sequence[Any]]
    applications: list[Sequence[Any]]
    steps: list[Sequence[Any]]
    told: list[Told]
    turns: int


@dataclass(frozen=True, slots=True)
class Volume:
    """What a set needs to be made in one district and one year."""

    district: District
    staff: Staff
    associations: list[tuple[int, uuid.UUID]]
    rounds: dict[int, list[YearRound]]
    reviews: Reviews
    rng: random.Random
    now: datetime


def load(*, district: District, staff: Staff, cases: int, seed: int, done: Callable[[int], None]) -> None:
    """Adds `cases` cases to the district, each set in a transaction of its own; `done` hears how many are in."""
    rng = random.Random(f"{seed}:{district.code}:{cases}")  # noqa: S311 - examples, not secrets
    now = clock.now()
    years = [clock.today().year - back for back in range(YEARS_BACK, -1, -1)]
    volume = Volume(
        district=district,
        staff=staff,
        associations=make_associations(district, max(cases // 2, 20), rng),
        rounds=rounds_of(district, years),
        reviews=Reviews(district, rng),
        rng=rng,
        now=now,
    )
    for year, moments in arrivals(years, cases, now):
        for start in range(0, len(moments), SET):
            part = moments[start : start + SET]
            with transaction.atomic():
                write(volume, batch(volume, year, part))
            done(len(part))


def arrivals(years: list[int], cases: int, now: datetime) -> Iterator[tuple[int, list[datetime]]]:
    """When each case arrived, year by year, in order: spread over the working hours of the days that have been."""
    left = cases
    for place, year in enumerate(years):
        count = left if year == years[-1] else round(cases * SHARES[place])
        left -= count
        first = clock.midnight(date(year, 1, 2))
        last = min(clock.midnight(date(year, 12, 30)), now - timedelta(hours=12))
        span = max((last - first), timedelta(hours=12))
        yield year, [first + timedelta(hours=8) + span * (index / max(count, 1)) for index in range(count)]


def make_associations(district: District, count: int, rng: random.Random) -> list[tuple[int, uuid.UUID]]:
    """New associations with what the district knows of them; returns ids and keys."""
    taken = (
        Association.objects.filter(orgnr__startswith="8571").order_by("-orgnr").values_list("orgnr", flat=True).first()
    )
    serial = max(100_000, int(taken[3:9]) + 1) if taken else 100_000
    now, known = clock.now(), list[tuple[int, uuid.UUID]]()
    for start in range(0, count, SET):
        size = min(SET, count - start)
        with transaction.atomic():
            made = [(pk, uuid.uuid4()) for pk in writer.reserve_ids("associations_association", size)]
            writer.copy_rows(
                "associations_association",
                ("id", "key", "orgnr", "name", "legal_form", "registered_date", "status", "seat", "area",
                 "confirmed_against", "version", "created_at", "updated_at"),
                (
                    (pk, key, names.orgnr(serial + start + offset), names.association_name(rng), "nonprofit",
                     date(rng.randint(1950, 2022), rng.randint(1, 12), rng.randint(1, 28)), "active", "Stockholm",
                     rng.choice(names.PLACES), "", 1, now, now)
                    for offset, (pk, key) in enumerate(made)
                ),
            )  # fmt: skip
            writer.copy_rows(
                "associations_districtassociation",
                ("association_id", "district_id", "members", "members_in_area", "women", "website", "email", "phone",
                 "postal_address", "main_activity", "protected_activity", "version", "created_at", "updated_at"),
                (
                    (pk, district.pk, size, size * 3 // 4, size // 2, "", "", "", "", rng.choice(names.ACTIVITIES),
                     False, 1, now, now)
                    for pk, size in ((pk, rng.randint(12, 900)) for pk, _key in made)
                ),
            )  # fmt: skip
        known += made
    return known


def batch(volume: Volume, year: int, moments: list[datetime]) -> Batch:
    """The rows of one set of cases that arrived in the same year."""
    ids = writer.reserve_ids("cases_case", len(moments))
    told = [stories.choose(volume.rng, volume.now.year - year) for _ in moments]
    numbered = sum(len(story) > 1 for story in told)
    number = writer.take_numbers(volume.district.pk, year, numbered) if numbered else 0
    made = Batch([], [], [], [], max(len(story) for story in told))
    for pk, story, arrived in zip(ids, told, moments, strict=True):
        officer = volume.rng.choice(volume.staff.officers) if len(story) > 2 else None
        _case(made, volume, pk, story, arrived, officer, number if len(story) > 1 else None)
        _application(made, volume, pk, story, year, officer)
        number += len(story) > 1
    return made


def _case(
    made: Batch,
    volume: Volume,
    pk: int,
    story: tuple[stories.Step, ...],
    arrived: datetime,
    officer: User | None,
    number: int | None,
) -> None:
    """The case as it was created, and its steps. `version` equals the step's turn."""
    year, district = arrived.year, volume.district
    actor = (officer or volume.staff.officers[0]).reference
    pace = min(timedelta(days=volume.rng.randint(2, 12)), (volume.now - arrived) / (len(story) + 1))
    arrival_day = clock.stockholm(arrived).date()
    due = _due(volume, story[-1]) or arrival_day
    key, (association, association_key) = uuid.uuid4(), volume.rng.choice(volume.associations)
    shown = f"{district.code} {year}/{number:04d}" if number else ""
    made.cases.append(
        (pk, key, "grant", story[0].to_state, 1, district.pk, association, shown, year if number else None, number,
         officer.pk if officer else None, volume.rng.choice(("email", "post", "in_person", "letter_box")),
         arrived, arrival_day, arrived, due, True, arrived, actor)
    )  # fmt: skip
    for turn, step in enumerate(story, 1):
        by = volume.staff.by_role.get(step.role, actor)
        final = GRANT.state(step.to_state).final
        made.steps.append(
            (pk, turn, step.action, step.from_state, step.to_state, by, step.role, arrived + pace * (turn - 1),
             None if final else due, not final)
        )  # fmt: skip
    at = {step.action: arrived + pace * turn for turn, step in enumerate(story)}
    if "start_check" in at and not GRANT.state(story[-1].to_state).final:
        made.told.append(
            Told(pk, key, shown, association, association_key, actor, at["start_check"], at.get("submit_review"),
                 "start_review" not in at)
        )  # fmt: skip


def _due(volume: Volume, last: stories.Step) -> date | None:
    """Most next steps lie ahead, some are today, a few are late."""
    state = GRANT.state(last.to_state)
    if state.final:
        return None
    late = volume.rng.random() < 0.06
    days = -volume.rng.randint(1, 25) if late else volume.rng.randint(0, state.due_days or 30)
    return clock.today() + timedelta(days=days)


def _application(
    made: Batch, volume: Volume, pk: int, story: tuple[stories.Step, ...], year: int, officer: User | None
) -> None:
    rng = volume.rng
    chosen = rng.choice(volume.rounds[year])
    submitted = any(step.action == "submit_review" for step in story)
    made.applications.append(
        (pk, chosen.round_id, chosen.form_code, rng.randint(8, 240) * 500, PURPOSE, "Alla som bor i området",
         rng.choice(names.PLACES), date(year, 2, 1), date(year, 11, 30), True, False, "", "", "sv", "", "",
         officer.pk if officer and submitted else None)
    )  # fmt: skip


def write(volume: Volume, made: Batch) -> None:
    writer.copy_rows("cases_case", writer.CASE_COLUMNS, made.cases)
    writer.copy_rows("grants_grantapplication", writer.APPLICATION_COLUMNS, made.applications)
    writer.write_budgets([row[0] for row in made.cases])  # before a proposal rests on them
    writer.write_steps(made.steps, made.turns)
    writer.write_log(volume.reviews.write(made.told))
    write_tracks()


def settle(owner_url: str) -> bool:
    """Fresh statistics and visibility at once, as the tables' owner; without one autovacuum does it later."""
    if not owner_url:
        return False
    import psycopg

    name = connection.settings_dict["NAME"]
    with psycopg.connect(owner_url, dbname=name, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    return True
