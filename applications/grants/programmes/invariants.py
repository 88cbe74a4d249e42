"""What must never happen to programmes and rounds, looked for over the whole database (`check_invariants`)."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.db.models import F, Q

from applications.grants.models import ProgrammeVersion, Round
from applications.grants.programmes.terms import ProgrammeTerms
from vetting.kernel.schema import read
from vetting.kernel.versions import VersionStatus, digest


def versions_say_what_was_published() -> Iterator[str]:
    """A published version's content is the one its digest was made of, and can be read."""
    for version in ProgrammeVersion.objects.published().order_by("pk").iterator(chunk_size=500):
        if digest(version.content) != version.digest:
            yield f"programme version {version.pk}: its content is not what was published"
        elif read(ProgrammeTerms, version.content, stored=True)[0] is None:
            yield f"programme version {version.pk}: its content cannot be read"


def one_version_is_in_force() -> Iterator[str]:
    """The days of a programme's published versions never overlap."""
    rows = ProgrammeVersion.objects.published().order_by("programme_id", "valid_from")
    days = list(rows.values_list("programme_id", "pk", "valid_from", "valid_to"))
    for (programme, first, _from, until), (next_programme, second, since, _to) in pairwise(days):
        if programme == next_programme and since is not None and (until or date.max) >= since:
            yield f"programme versions {first} and {second}: in force on the same day"


def a_second_person_published() -> Iterator[str]:
    """Who published had no hand in the draft, and was a person; shipped examples excepted."""
    rows = ProgrammeVersion.objects.published().filter(is_example=False).order_by("pk")
    for pk, by, drafted_by, edited_by in rows.values_list("pk", "published_by", "drafted_by", "edited_by"):
        if by == drafted_by or by in edited_by or not by.startswith("user:"):
            yield f"programme version {pk}: published by who wrote in it, or by no person"


def rounds_follow_published_rules() -> Iterator[str]:
    """A round follows a published version of its own programme."""
    wrong = ~Q(programme_version__status=VersionStatus.PUBLISHED) | ~Q(programme_version__programme=F("programme"))
    for pk in Round.objects.filter(wrong).values_list("pk", flat=True).order_by("pk"):
        yield f"round {pk}: follows a draft, or another programme's rules"


INVARIANTS = {
    "programmes.frozen": versions_say_what_was_published,
    "programmes.one_in_force": one_version_is_in_force,
    "programmes.second_person": a_second_person_published,
    "programmes.rounds": rounds_follow_published_rules,
}
