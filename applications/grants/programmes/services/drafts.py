"""Drafts of a programme's rules: start one from what is in force, save what was changed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.grants.models import Programme, ProgrammeVersion
from applications.grants.programmes.terms import ProgrammeTerms
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel.errors import Invalid, NotNow, Stale
from vetting.kernel.schema import plain
from vetting.kernel.versions import VersionStatus, digest


def may_edit(actor: Actor, district_id: int) -> None:
    """The system's named actors (imports) pass; a person needs the right in the district."""
    if not actor.is_system:
        must_have(actor, Permission.EDIT_PROGRAMMES, district_id)


def lock(programme_id: int) -> Programme:
    """The programme's row, locked: version numbers and validity are settled one at a time."""
    return (
        Programme.objects.select_related("district").select_for_update(of=("self",), no_key=True).get(pk=programme_id)
    )


def create_programme(
    *, actor: Actor, district: District, code: str, terms: ProgrammeTerms, source: str = "", is_example: bool = False
) -> ProgrammeVersion:
    """A new programme with its first draft. Raises Invalid for a code the district has already."""
    may_edit(actor, district.pk)
    with transaction.atomic():
        if Programme.objects.filter(district=district, code=code).exists():
            message = _("The district has a programme with this code already. Choose another, or change that one.")
            raise Invalid(message, fields={"code": [message]}, code="code_taken")
        programme = Programme.objects.create(
            district=district, code=code, name_sv=terms.name.sv, name_en=terms.name.en, is_example=is_example
        )
        version = add_draft(actor=actor, programme=programme, content=plain(terms), source=source)
        log(actor, "programme.created", programme, version)
    return version


def add_draft(
    *, actor: Actor, programme: Programme, content: Mapping[str, Any], source: str = "", is_example: bool | None = None
) -> ProgrammeVersion:
    """The next version as a draft; the caller holds the programme's lock and has checked who may."""
    newest = programme.versions.order_by("-number").first()
    return ProgrammeVersion.objects.create(
        programme=programme,
        code=programme.code,
        number=newest.number + 1 if newest else 1,
        is_example=programme.is_example if is_example is None else is_example,
        content=content,
        drafted_by=actor.reference,
        edited_by=[actor.reference],
        source=source,
    )


def start_draft(*, actor: Actor, programme: Programme) -> ProgrammeVersion:
    """A draft with the newest version's wording, or the draft there is already."""
    may_edit(actor, programme.district_id)
    with transaction.atomic():
        programme = lock(programme.pk)
        newest = programme.versions.order_by("-number").first()
        if newest is None:
            raise NotNow(_("The programme has no version to start from."), code="no_version")
        if newest.status == VersionStatus.DRAFT:
            return newest
        version = add_draft(actor=actor, programme=programme, content=newest.content)
        log(actor, "programme.draft_started", programme, version)
    return version


def save_draft(
    *, actor: Actor, version: ProgrammeVersion, terms: ProgrammeTerms, revision: int, source: str = ""
) -> ProgrammeVersion:
    """Writes the draft's terms. `revision` is the one the form was made from: Stale when somebody saved in between,
    NotNow when it was published meanwhile. Nothing is written when nothing differs."""
    may_edit(actor, version.programme.district_id)
    content = plain(terms)
    with transaction.atomic():
        programme = lock(version.programme_id)
        fresh = programme.versions.get(pk=version.pk)
        if fresh.is_published:
            message = _("This version was published meanwhile. Start a new draft; what you wrote is still here.")
            raise NotNow(message, code="published")
        if fresh.revision != revision:
            message = _("Somebody else saved the draft while you were writing. Compare, then save again.")
            raise Stale(message, seen=revision, current=fresh.revision)
        if fresh.content == content:
            return fresh
        fresh.content = content
        fresh.revision += 1
        fresh.source = source or fresh.source
        fresh.edited_by = sorted({*fresh.edited_by, actor.reference})
        fresh.save(update_fields=["content", "revision", "source", "edited_by"])
        if not programme.versions.filter(status=VersionStatus.PUBLISHED).exists():
            rename(programme, terms)
        log(actor, "programme.draft_saved", programme, fresh)
    return fresh


def rename(programme: Programme, terms: ProgrammeTerms) -> None:
    """The programme goes by the names of its newest published version."""
    programme.name_sv, programme.name_en = terms.name.sv, terms.name.en
    programme.save(update_fields=["name_sv", "name_en"])


def log(actor: Actor, verb: str, programme: Programme, version: ProgrammeVersion, **data: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        district=programme.district.code,
        subject=f"programme:{programme.key}",
        data={
            "programme": programme.code,
            "version": version.number,
            "digest": version.digest or digest(version.content),
            **data,
        },
    )
