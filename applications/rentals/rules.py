"""Guards of the rental case: pure predicates that answer with a reason, or None (docs/domain.md §8.2)."""

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.models import Hearing, StateChange
from applications.decisions.guards import proposal_on
from applications.decisions.models import DecisionTrack
from applications.decisions.selectors import open_proposal
from applications.rentals import review_cycle
from applications.rentals.assessment import why_assessed
from applications.rentals.dates import is_any_held, lapsed_dates, owed_beforehand, place_of, wishes_of
from applications.rentals.slots.refusals import against
from applications.rentals.workflow.booking import FINAL
from checklists.rules.definition import StopEffect
from vetting.accounts.roles import Permission, Role
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move

SHOWN = 6
ENDED = (Hearing.Ended.REPLIED, Hearing.Ended.NO_REPLY, Hearing.Ended.WAIVED)


def serves_the_venue(move: Move) -> Reason | None:
    """A premises officer answers for the venues they serve; one nobody is named for is everybody's (design §11)."""
    actor = move.actor
    if actor.is_system or actor.roles_in(move.case.district_id) - {Role.PREMISES_OFFICER}:
        return None
    if "venue_officers" not in move.facts:
        officers = move.subject.venue.officers.on(move.today).select_related("user")
        move.facts["venue_officers"] = {one.user_id: one.user.name for one in officers}
    named = move.facts["venue_officers"]
    if not named or actor.user_id in named:
        return None
    said = {"venue": move.subject.venue.name, "who": ", ".join(sorted(named.values()))}
    return Reason("other_venue", _("%(venue)s is served by: %(who)s.") % said)


def slots_possible(move: Move) -> Reason | None:
    """Every date asked for lies ahead, within hours and what the room holds. Who else has booked, the step says."""
    wishes = wishes_of(move.subject)
    if not wishes:
        return Reason("no_slot", _("Write which room and time is asked for first."), edit_url(move))
    for wish in wishes:
        found = against(wish.slot, place_of(move.subject, wish.room, move.today), move.at)
        if found:
            return Reason(found[0].code, found[0].text, edit_url(move), found[0].data)
    return None


def unavailable_for_a_reason(move: Move) -> Reason | None:
    """*Otillgänglig* has its code from the closed list. Asked only when the step is taken."""
    if move.data.get("preview") or move.data.get("because"):
        return None
    return Reason("because_missing", _("Choose the reason."))


def slots_held(move: Move) -> Reason | None:
    """Every date of the case is still claimed: what lapsed meanwhile is reserved again first."""
    if "lapsed_dates" not in move.facts:
        move.facts["lapsed_dates"] = lapsed_dates(move.subject)
    if not move.facts["lapsed_dates"]:
        return None
    url = reverse("show-bookings", args=[move.case.key])
    return Reason("slot_lapsed", _("The time is no longer held. Reserve it again first, if it is free."), url)


def terms_accepted(move: Move) -> Reason | None:
    """The tenant has accepted the published terms: who, and when. The step's own form can give it."""
    if move.data.get("preview") and move.row.form != "decide-proposal":
        return None
    if move.subject.terms_accepted_on:
        return None
    said = _("Write when and by whom the terms were accepted first.")
    return Reason("terms_not_accepted", said, edit_url(move))


def fee_settled(move: Move) -> Reason | None:
    """Where the terms ask for the fee or a deposit beforehand, it is there. The step's own form can give it."""
    if move.data.get("preview") or move.subject.fee_settled_on or not owed_beforehand(move.subject):
        return None
    said = _("The terms ask for the fee or deposit before the confirmation. Write the day it was settled.")
    return Reason("fee_not_settled", said, edit_url(move))


def no_assessment_owed(move: Move) -> Reason | None:
    """A pre-cleared tenant or a tier without assessment is confirmed at once; everything else is reviewed."""
    if "assessed" not in move.facts:
        move.facts["assessed"] = why_assessed(review_cycle.event_of(move.subject))
    why = move.facts["assessed"]
    if not why:
        return None
    return Reason(
        "assessment_owed", _("This is reviewed first: %(why)s.") % {"why": "; ".join(str(one) for one in why)}
    )


def review_complete(move: Move) -> Reason | None:
    """Nothing in the verdict is open: the review can be signed (docs/domain.md §3)."""
    verdicts = review_cycle.verdicts_on(move)
    if not verdicts:
        return Reason("no_review", _("There is no review yet."))
    codes = {one.question for verdict in verdicts for one in verdict.open}
    if not codes:
        return None
    return Reason(
        "review_open", _("The review is not complete: %(codes)s.") % {"codes": named(codes)}, review_url(move)
    )


def reviews_signed(move: Move) -> Reason | None:
    """What goes on to a decision rests on signed reviews (docs/domain.md §6.2 F1)."""
    reviews = review_cycle.reviews_of(move.subject)
    if reviews and not any(review.is_open for review in reviews):
        return None
    said = _(
        "A review of the case is open. It must be complete and signed before anything is decided: return the case."
    )
    return Reason("review_unsigned", said, review_url(move))


def no_stop_in_the_way(move: Move) -> Reason | None:
    """A stop locks the way to a confirmation until special reasons are recorded; it sets no outcome."""
    locked = {one.question for verdict in review_cycle.verdicts_on(move) for one in verdict.locks(StopEffect.PATH)}
    if not locked:
        return None
    said = _("A stop is met at %(codes)s. Put it right, or let the unit head propose an answer.")
    return Reason("stop", said % {"codes": named(locked)}, review_url(move))


def consent_shown(move: Move) -> Reason | None:
    """A rented-in venue is let on with the landlord's consent or hyresnämnden's permit (L11; JB 12:39–40)."""
    application = move.subject
    if not application.venue.rented_in or application.consent_on:
        return None
    if move.data.get("preview") and move.row.form == "confirm-reviewed":
        return None
    said = _("The venue is rented in. Write the consent: who gave it, for what and when.")
    return Reason("consent_missing", said, edit_url(move))


def refusal_weighed(move: Move) -> Reason | None:
    """The questions of a refusal have been asked: alike for all (L8), milder means (L9), reasons written (L16)."""
    if any(
        review.template == "event" and review.refusal_considered for review in review_cycle.reviews_of(move.subject)
    ):
        return None
    said = _("Note in the review that a refusal is considered, so that its own questions are asked.")
    return Reason("refusal_not_weighed", said, review_url(move))


def comment_given(move: Move) -> Reason | None:
    """A step that sends work back, or looks again, says why. Asked only when the step is taken."""
    if move.data.get("preview") or move.comment.strip():
        return None
    return Reason("comment_missing", _("Write why, so that the next person knows what to do."))


def request_told(move: Move) -> Reason | None:
    """The tenant's own act, by whatever way it came: who said it, how and when. Asked only when the step is taken."""
    if move.data.get("preview") or move.comment.strip():
        return None
    return Reason("comment_missing", _("Write who said it, how and when."))


def held_time_out(move: Move) -> Reason | None:
    """No date of the case is held any more."""
    return Reason("still_held", _("The time is still held.")) if is_any_held(move.subject, move.at) else None


def nothing_begun(move: Move) -> Reason | None:
    """What has begun is followed to its end date by date; there must be something ahead to cancel."""
    if move.subject.bookings.exclude(state="booked").exclude(state__in=FINAL).exists():
        return Reason("begun", _("A date has begun. Finish it first; dates ahead are cancelled one by one."))
    if not move.subject.bookings.filter(state="booked").exists():
        return Reason("nothing_ahead", _("No date lies ahead."))
    return None


def hearing_runs(move: Move) -> Reason | None:
    """There is a hearing to end."""
    if Hearing.objects.filter(case_id=move.case.pk, ended_at__isnull=True).exists():
        return None
    return Reason("no_hearing", _("There is no open hearing in this case."))


def reader_is_not_preparer(move: Move) -> Reason | None:
    """Four eyes: whoever proposed the refusal does not read it (docs/domain.md §6.2 F3)."""
    if move.subject.preparer_id == move.actor.user_id:
        return Reason("same_person", _("You prepared this review. Another person must read it."))
    return None


def decider_is_not_preparer(move: Move) -> Reason | None:
    """Nobody decides alone on what they prepared themselves: review or proposal (docs/domain.md §6.2 F3)."""
    proposal = proposal_on(move)
    wrote = proposal is not None and proposal.written_by == move.actor.reference
    if wrote or move.subject.preparer_id == move.actor.user_id:
        return Reason("same_person", _("You prepared this case. Another person must decide it."))
    return None


def revocation_proposed(move: Move) -> Reason | None:
    """There is a proposal to terminate, whole enough to be read."""
    proposal = _revocation(move)
    if proposal is not None and proposal.outcome and proposal.reason_class:
        return None
    return Reason("no_proposal", _("Write the proposal first."), reverse("edit-proposal", args=[move.case.key]))


def reader_did_not_write(move: Move) -> Reason | None:
    """Four eyes on a termination: whoever wrote the proposal does not confirm it."""
    proposal = _revocation(move)
    if proposal is not None and proposal.written_by == move.actor.reference:
        return Reason("same_person", _("You prepared this review. Another person must read it."))
    return None


def revoker_did_not_write(move: Move) -> Reason | None:
    """Nor does whoever wrote it decide it."""
    proposal = _revocation(move)
    if proposal is not None and proposal.written_by == move.actor.reference:
        return Reason("same_person", _("You prepared this case. Another person must decide it."))
    return None


def revocation_heard(move: Move) -> Reason | None:
    """The tenant has been heard on the termination, or a waiver is recorded: since it was confirmed."""
    since = _confirmed_at(move)
    heard = Hearing.objects.filter(case_id=move.case.pk, ended_as__in=ENDED)
    if heard.filter(begun_at__gte=since).exists() if since else heard.exists():
        return None
    said = _("The tenant must be heard on the termination first, or a waiver recorded.")
    return Reason("not_heard", said, reverse("show-hearings", args=[move.case.key]))


def revocation_read(move: Move) -> Reason | None:
    """A second reader has confirmed the proposal as it reads now."""
    proposal = _revocation(move)
    if proposal is None:
        return None  # other guards say so
    read = StateChange.objects.filter(case_id=move.case.pk, subject_type="case", action="read_revocation")
    if read.filter(at__gte=proposal.saved_at).exists():
        return None
    return Reason("reading_owed", _("A second reader must confirm the proposal as it reads now."))


def bookings_final(move: Move) -> Reason | None:
    """Every date is in a final state."""
    if "open_bookings" not in move.facts:
        move.facts["open_bookings"] = move.subject.bookings.exclude(state__in=FINAL).exists()
    if not move.facts["open_bookings"]:
        return None
    url = reverse("show-bookings", args=[move.case.key])
    return Reason("bookings_open", _("Every date must be finished, cancelled or released first."), url)


def decisions_final(move: Move) -> Reason | None:
    """What was decided in the case has legal force, or gave way to a later decision."""
    if "open_tracks" not in move.facts:
        tracks = DecisionTrack.objects.filter(case_id=move.case.pk)
        move.facts["open_tracks"] = tracks.exclude(state__in=["final", "corrected", "annulled"]).exists()
    if not move.facts["open_tracks"]:
        return None
    url = reverse("show-decisions", args=[move.case.key])
    return Reason("not_final", _("The decision does not have legal force yet. The registrar confirms it."), url)


def _revocation(move: Move) -> Any:
    if "revocation" not in move.facts:
        move.facts["revocation"] = open_proposal(move.case.pk, "revocation")
    return move.facts["revocation"]


def _confirmed_at(move: Move) -> Any:
    rows = StateChange.objects.filter(case_id=move.case.pk, subject_type="case", to_state="confirmed")
    return rows.exclude(from_state="confirmed").order_by("-version").values_list("at", flat=True).first()


def edit_url(move: Move) -> str:
    """The form of what was asked for, for whoever may write in it; others are not led to a closed door."""
    writes = move.actor.may(Permission.REGISTER_RENTAL, move.case.district_id)
    return reverse("edit-rental", args=[move.subject.key]) if writes else ""


def review_url(move: Move) -> str:
    return reverse("show-review", args=["case", move.subject.key])


def named(codes: Iterable[str]) -> str:
    """The codes in the list's order, the first few by name."""
    order = sorted(codes, key=lambda code: (code[:1], int(re.sub(r"\D", "", code)), code))
    return ", ".join(order[:SHOWN]) + (" …" if len(order) > SHOWN else "")
