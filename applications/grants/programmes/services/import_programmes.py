"""Bringing programmes in from files: all of them or none, and only what differs (docs/adr/0010)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from applications.grants.models import Programme, ProgrammeVersion
from applications.grants.programmes.files import Entry, Fault, Source, read_files
from applications.grants.programmes.services.drafts import add_draft, create_programme, lock, save_draft
from applications.grants.programmes.services.publish import earliest_day, newest_published, put_in_force
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.kernel import clock, text
from vetting.kernel.errors import DomainError
from vetting.kernel.schema import plain
from vetting.kernel.versions import digest


class What(StrEnum):
    CREATED = "created"
    NEW_VERSION = "new_version"
    DRAFT_CHANGED = "draft_changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one programme of a file."""

    file: str
    name: str
    what: What
    number: int
    valid_from: date | None  # None: a draft that waits for a second person

    def __str__(self) -> str:
        words = {
            What.CREATED: _("new programme, version %(number)d"),
            What.NEW_VERSION: _("version %(number)d"),
            What.DRAFT_CHANGED: _("draft of version %(number)d changed"),
            What.UNCHANGED: _("unchanged, version %(number)d"),
        }
        line = f"{self.name}: " + words[self.what] % {"number": self.number}
        if self.what == What.UNCHANGED:
            return line
        if self.valid_from:
            return line + ", " + _("example in force from %(day)s") % {"day": text.iso_day(self.valid_from)}
        return line + ", " + _("draft: a second person publishes it on the programme's page")


class FilesFaulty(DomainError):
    """Something is wrong in the files: nothing was saved. `faults` name file, programme and field (or line)."""

    code = "files_faulty"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Nothing was imported."))
        self.faults = tuple(faults)


def import_programmes(
    *, actor: Actor, sources: Sequence[Source], district: str = "", dry_run: bool = False
) -> list[Outcome]:
    """Creates and changes programmes as the files say, in one transaction; an unchanged one is left alone.

    A changed file makes a new draft of a published programme, which a second person publishes on its page; what is
    labelled `exempel` is published at once. `district` puts all of them in that district instead of their own.
    Raises FilesFaulty with every fault. `dry_run` does all of it and takes it back.
    """
    entries, faults = read_files(sources)
    if faults:
        raise FilesFaulty(faults)
    outcomes: list[Outcome] = []
    with transaction.atomic():
        districts = {one.code: one for one in District.objects.all()}
        for entry in entries:
            found = _import(actor, entry, districts, district or entry.entry.district)
            if isinstance(found, Fault):
                faults.append(found)
            else:
                outcomes.append(found)
        if faults:
            raise FilesFaulty(faults)
        transaction.set_rollback(dry_run)
    return outcomes


def _import(actor: Actor, entry: Entry, districts: dict[str, District], code: str) -> Outcome | Fault:
    place = districts.get(code)
    if place is None:
        known = ", ".join(sorted(districts)) or "–"
        message = _("There is no district %(code)s. Districts: %(known)s. Add it with createdistrict.")
        return Fault(entry.file, message % {"code": code, "known": known}, entry.name, "district")
    programme = Programme.objects.filter(district=place, code=entry.entry.code).first()
    try:
        if programme is None:
            version = create_programme(
                actor=actor,
                district=place,
                code=entry.entry.code,
                terms=entry.terms,
                source=entry.file,
                is_example=entry.is_example,
            )
            return _finished(actor, entry, version, What.CREATED)
        return _changed(actor, entry, lock(programme.pk))
    except DomainError as error:
        return Fault(entry.file, str(error), entry.name)


def _changed(actor: Actor, entry: Entry, programme: Programme) -> Outcome | Fault:
    if entry.is_example and not programme.is_example:
        message = _("The programme holds the district's own rules. An example cannot replace them.")
        return Fault(entry.file, message, entry.name, "label")
    newest = programme.versions.order_by("-number").first()
    content = plain(entry.terms)
    same = newest is not None and digest(newest.content) == digest(content)
    if newest is not None and same and newest.is_example == entry.is_example:
        return _outcome(entry, newest, What.UNCHANGED)
    if newest is not None and not newest.is_published:
        if any(editor != actor.reference for editor in newest.edited_by):
            message = _("Version %(number)d is a draft somebody works on. Publish it first, or change it on its page.")
            return Fault(entry.file, message % {"number": newest.number}, entry.name)
        version = save_draft(
            actor=actor, version=newest, terms=entry.terms, revision=newest.revision, source=entry.file
        )
        return _finished(actor, entry, version, What.DRAFT_CHANGED)
    if programme.is_example and not entry.is_example:
        programme.is_example = False  # the district's own rules take over from the example
        programme.save(update_fields=["is_example"])
    version = add_draft(
        actor=actor, programme=programme, content=content, source=entry.file, is_example=entry.is_example
    )
    return _finished(actor, entry, version, What.NEW_VERSION)


def _finished(actor: Actor, entry: Entry, version: ProgrammeVersion, what: What) -> Outcome:
    """Publishes an example at once; leaves real rules a draft with the day the file proposes."""
    version.is_example = entry.is_example
    wanted = entry.entry.valid_from
    if not entry.is_example:
        version.valid_from = wanted
        version.save(update_fields=["valid_from", "is_example"])
        return _outcome(entry, version, what)
    programme = version.programme
    former = newest_published(programme)
    day = wanted or clock.today()
    if former is not None and former.valid_from and day <= former.valid_from:
        day = earliest_day(programme, clock.today())
    put_in_force(actor=actor, programme=programme, version=version, valid_from=day)
    return _outcome(entry, version, what)


def _outcome(entry: Entry, version: ProgrammeVersion, what: What) -> Outcome:
    day = version.valid_from if version.is_published else None
    programme = version.programme
    return Outcome(entry.file, f"{programme.district.code} {programme.code}", what, version.number, day)
