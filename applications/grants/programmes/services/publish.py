"""Publishing a version: a second person, a day to come, the former version ended the day before."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.grants.models import Programme, ProgrammeVersion
from applications.grants.programmes.services.drafts import lock, log, rename
from applications.grants.programmes.terms.stored import terms_of
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import Invalid, NotNow, Reason, Stale
from vetting.kernel.versions import VersionStatus, publish


def newest_published(programme: Programme) -> ProgrammeVersion | None:
    return programme.versions.filter(status=VersionStatus.PUBLISHED).order_by("-valid_from").first()


def earliest_day(programme: Programme, today: date) -> date:
    """The first day a new version can hold from: not in the past (KL 2:4), and after the former one began."""
    former = newest_published(programme)
    return max(today, former.valid_from + timedelta(days=1)) if former and former.valid_from else today


def publish_reason(actor: Actor, version: ProgrammeVersion) -> Reason | None:
    """Why this person cannot publish this version (beside the role), or None. Disables the button as well."""
    if version.is_published:
        return Reason("published", _("This version is already published. Make a new draft to change the rule."))
    if actor.reference in version.edited_by or actor.reference == version.drafted_by:
        return Reason("second_person", _("You have written in this draft. A second person must publish it."))
    return None


def publish_version(*, actor: Actor, version: ProgrammeVersion, valid_from: date, revision: int) -> ProgrammeVersion:
    """Publishes the draft from `valid_from` (a date in Stockholm) on; the version before it ends the day before.

    Cases and rounds stay with the version they were opened under. Raises NotAllowed without the right, NotNow for
    who wrote in it, Stale when the draft was changed after it was looked at, Invalid for a day that has passed.
    """
    must_have(actor, Permission.PUBLISH_RULES, version.programme.district_id)
    with transaction.atomic():
        programme = lock(version.programme_id)
        fresh = programme.versions.get(pk=version.pk)
        reason = publish_reason(actor, fresh)
        if reason is not None:
            raise NotNow(reason.text, reasons=[reason], code=reason.code)
        if fresh.revision != revision:
            message = _("The draft was changed after you opened this page. Read it again before you publish.")
            raise Stale(message, seen=revision, current=fresh.revision)
        first = earliest_day(programme, clock.today())
        if valid_from < first:
            earliest = _("The version can hold from %(first)s at the earliest.") % {"first": text.day(first)}
            raise Invalid(earliest, fields={"valid_from": [earliest]}, code="valid_from")
        put_in_force(actor=actor, programme=programme, version=fresh, valid_from=valid_from)
    return fresh


def put_in_force(*, actor: Actor, programme: Programme, version: ProgrammeVersion, valid_from: date) -> None:
    """Ends the former version and publishes this one; the caller holds the lock and has checked who may."""
    former = newest_published(programme)
    if former is not None:
        former.valid_to = valid_from - timedelta(days=1)
        former.save(update_fields=["valid_to"])
    publish(version, by=actor.reference, valid_from=valid_from, at=clock.now())
    rename(programme, terms_of(version))
    log(actor, "programme.published", programme, version, valid_from=valid_from)
