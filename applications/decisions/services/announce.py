"""Registering a notice, its take-down, and that a decision is final (docs/domain.md §4.2)."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.cases.executor import Done
from applications.cases.locking import lock_for
from applications.decisions.choices import NoticeOf, Path, Reported
from applications.decisions.models import Announcement, BoardMeeting, DecisionTrack, LegalForce
from applications.decisions.rules.clocks import last_day_of_appeal, legal_force_from
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow, Stale
from vetting.kernel.workflow import Move

NOT_REPORTED = gettext_lazy(
    "The decision stands on no meeting's list yet. Its appeal time starts with that meeting's minutes."
)


def notice_for(track: DecisionTrack) -> tuple[str, BoardMeeting | None]:
    """Whose approval must be announced, and at which meeting: the deciding one, the reporting one, or none."""
    decision: Any = track.decision
    if decision.path == Path.BOARD:
        return NoticeOf.MEETING, decision.board_item.meeting
    if decision.reported == Reported.OWN_RECORD:
        return NoticeOf.OWN_RECORD, None
    report = decision.reports.select_related("meeting").order_by("meeting__date").first()
    return NoticeOf.REPORTING, report.meeting if report else None


def announce(
    *,
    track: DecisionTrack,
    actor: Actor,
    approved_on: date,
    announced_on: date,
    address: str,
    minutes_place: str = "",
    proof_id: int | None = None,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Registers the notice of one decision. The last day of appeal and legal force are computed from it."""
    notice_of, meeting = notice_for(track)
    if notice_of != NoticeOf.OWN_RECORD and meeting is None:
        raise NotNow(NOT_REPORTED, code="not_reported")
    if meeting and approved_on < meeting.date:
        text = _("The minutes cannot be approved before the meeting.")
        raise Invalid(text, fields={"approved_on": [text]}, code="approved_too_early")
    data = {
        "approved_on": approved_on,
        "announced_on": announced_on,
        "address": address,
        "minutes_place": minutes_place,
        "proof_id": proof_id,
        "notice_of": notice_of,
        "meeting_id": meeting.pk if meeting else None,
    }
    return executor.perform(
        subject=track, action="announce", actor=actor, data=data, expected_version=expected_version, key=key
    )


def announce_meeting(*, tracks: Iterable[DecisionTrack], actor: Actor, **notice: Any) -> int:
    """Registers one notice for all decisions of a meeting's minutes, together or not at all; returns how many."""
    with transaction.atomic():
        count = 0
        for track in tracks:
            announce(track=track, actor=actor, **notice)
            count += 1
    return count


def write_announcement(move: Move) -> Announcement:
    """What `decision.announced` writes."""
    last = last_day_of_appeal(move.data["announced_on"])
    return Announcement.objects.create(
        track=move.subject,
        notice_of=move.data["notice_of"],
        meeting_id=move.data.get("meeting_id"),
        approved_on=move.data["approved_on"],
        announced_on=move.data["announced_on"],
        address=move.data["address"],
        minutes_place=move.data.get("minutes_place", ""),
        proof_id=move.data.get("proof_id"),
        last_day=last,
        force_from=legal_force_from(last),
        registered_by=move.actor.reference,
        at=move.at,
    )


def take_down(*, track: DecisionTrack, actor: Actor, day: date, expected_version: int) -> bool:
    """Registers when the notice came down; True when that was too early: then the appeal time has not run (KL 13:5)."""
    with transaction.atomic():
        lock_for(case=track.case, actor=actor, permission=Permission.REGISTER_ANNOUNCEMENT)
        fresh = DecisionTrack.objects.get(pk=track.pk)
        if fresh.version != expected_version:
            text = _("Somebody else changed this in the meantime. Look at it as it is now, then try again.")
            raise Stale(text, seen=expected_version, current=fresh.version)
        notice = Announcement.objects.select_for_update().filter(track=track).order_by("-id").first()
        if notice is None or notice.taken_down_on is not None:
            raise NotNow(_("No notice stands for this decision."), code="no_notice")
        if not notice.announced_on <= day <= clock.today():
            text = _("The day must lie between the announcement and today.")
            raise Invalid(text, fields={"taken_down_on": [text]}, code="take_down_day")
        if day <= notice.last_day and fresh.state == "announced":
            executor.perform(
                subject=track,
                action="notice_fell",
                actor=actor,
                data={"taken_down_on": day},
                expected_version=expected_version,
            )
            return True
        notice.taken_down_on = day
        notice.save(update_fields=["taken_down_on"])
        record(
            actor=actor,
            verb="decision.notice_taken_down",
            case=track.case.key,
            district=track.case.district.code,
            subject=f"decision:{track.pk}",
            data={"taken_down_on": day},
        )
    return False


def write_legal_force(move: Move) -> LegalForce:
    """What `decision.final` writes: the question to the court, its answer, and from when the decision has force."""
    notice = move.subject.announcements.first()
    return LegalForce.objects.create(
        track=move.subject,
        asked_on=move.data["asked_on"],
        answered_on=move.data["answered_on"],
        answer=move.data["answer"],
        reference=move.data["reference"],
        force_from=notice.force_from if notice else move.data["answered_on"],
        confirmed_by=move.actor.reference,
        at=move.at,
    )
