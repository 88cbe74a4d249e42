"""Reads for the pages of programmes and rounds. Everything starts from what the person may see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from applications.cases.timeline import Names, names_of
from applications.grants.models import Programme, ProgrammeVersion, Round
from applications.grants.programmes.rounds import RoundState, state_of
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.clock import stockholm


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a programme's versions stand on a day: in force, coming, drafted (each None where there is none)."""

    in_force: ProgrammeVersion | None
    coming: ProgrammeVersion | None
    draft: ProgrammeVersion | None

    @property
    def newest(self) -> ProgrammeVersion | None:
        return self.draft or self.coming or self.in_force


def standing(versions: list[ProgrammeVersion], day: date) -> Standing:
    """From one programme's versions."""
    published = sorted((one.valid_from, one.pk, one) for one in versions if one.is_published and one.valid_from)
    now = [one for first, _pk, one in published if first <= day and (one.valid_to is None or one.valid_to >= day)]
    later = [one for first, _pk, one in published if first > day]
    drafts = [one for one in versions if not one.is_published]
    return Standing(now[0] if now else None, later[0] if later else None, drafts[0] if drafts else None)


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    programme: Programme
    standing: Standing
    open_rounds: int


def list_programmes(actor: Actor, now: datetime) -> list[ProgrammeRow]:
    """The programmes of the person's districts, by district and name; three queries whatever their number."""
    programmes = list(
        Programme.objects.for_user(actor, Permission.SEE_PROGRAMMES)
        .select_related("district")
        .order_by("district__name", "name_sv", "id")
    )
    versions: dict[int, list[ProgrammeVersion]] = defaultdict(list)
    for version in ProgrammeVersion.objects.filter(programme__in=programmes).defer("content"):
        versions[version.programme_id].append(version)
    open_rounds: dict[int, int] = defaultdict(int)
    for round in Round.objects.filter(programme__in=programmes, cancelled_at__isnull=True):
        open_rounds[round.programme_id] += state_of(round, now).code == "open"
    day = stockholm(now).date()
    return [ProgrammeRow(one, standing(versions[one.pk], day), open_rounds[one.pk]) for one in programmes]


def versions_of(programme: Programme) -> list[ProgrammeVersion]:
    """All versions, newest first."""
    found = list(programme.versions.order_by("-number"))
    for version in found:
        version.programme = programme
    return found


def writers_of(versions: list[ProgrammeVersion]) -> Names:
    """The names of who drafted, edited and published."""
    people = ([*one.edited_by, one.drafted_by, one.published_by] for one in versions)
    return names_of(reference for some in people for reference in some)


def with_writers(versions: list[ProgrammeVersion]) -> list[ProgrammeVersion]:
    """The same versions, each with `writers` (names) and `publisher` (a name) for the page; one query."""
    names = writers_of(versions)
    for version in versions:
        version.writers = [names[one] for one in version.edited_by]  # type: ignore[attr-defined]
        version.publisher = names[version.published_by] if version.published_by else ""  # type: ignore[attr-defined]
    return versions


@dataclass(frozen=True, slots=True)
class RoundRow:
    round: Round
    state: RoundState


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    return Round.objects.for_user(actor, Permission.SEE_PROGRAMMES).select_related(
        "programme__district", "programme_version"
    )


def rounds_to_show(actor: Actor, *, over: bool, today: date) -> QuerySet[Round]:
    """Open and planned ones by their last day, nearest first; those that are over, newest first."""
    is_over = Q(closes_on__lt=today) | Q(cancelled_at__isnull=False)
    if over:
        return visible_rounds(actor).filter(is_over).order_by("-opens_on", "-id")
    return visible_rounds(actor).exclude(is_over).order_by("closes_on", "opens_on", "id")


def rows_of(rounds: Any, now: datetime) -> list[RoundRow]:
    return [RoundRow(round, state_of(round, now)) for round in rounds]


def rounds_planned_under(programme: Programme, day: date) -> list[Round]:
    """The rounds that open on `day` or later: they stay with the version they were announced under."""
    return list(programme.rounds.filter(opens_on__gte=day, cancelled_at__isnull=True).order_by("opens_on", "id"))
