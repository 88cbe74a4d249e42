"""Guards every kind of case shares: predicates that answer with a reason, or None (docs/domain.md §3.1, §4.1, §6.2)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applications.cases import panels
from applications.cases.models import (
    Assignment,
    Completion,
    Hearing,
    HearingEntry,
    HearingFact,
    Note,
    StateChange,
    Waiver,
)
from vetting.kernel import text
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move

CONDUCT = "conduct"
HEARD = (Hearing.Ended.REPLIED, Hearing.Ended.NO_REPLY, Hearing.Ended.WAIVED)


def heard(move: Move) -> Reason | None:
    """A `conduct` outcome rests on facts the applicant has been heard on, or on a recorded waiver (design §2.4).

    The step says its reason class in `data["reason_class"]`; other classes, and a step that names none, owe nothing.
    """
    return hearing_missing(move, adverse=move.row.adverse) if move.data.get("reason_class") == CONDUCT else None


def hearing_missing(move: Move, *, adverse: bool) -> Reason | None:
    """Why the applicant does not count as heard: never, or not yet. An adverse outcome is no full success, so the
    waiver that says the decision goes fully the applicant's way does not serve it."""
    if "hearings" not in move.facts:
        rows = Hearing.objects.filter(case_id=move.case.pk).order_by("id")
        move.facts["hearings"] = list(rows.values_list("ended_as", "waiver"))
    url = reverse("show-hearings", args=[move.case.key])
    if any(not ended_as for ended_as, _waiver in move.facts["hearings"]):
        return Reason("hearing_open", _("The hearing has not ended yet."), url)
    for ended_as, waiver in move.facts["hearings"]:
        if ended_as in HEARD and not (adverse and waiver == Waiver.FULLY_GRANTED):
            return None
    return Reason("not_heard", _("The applicant has not been heard on what speaks against it."), url)


def hearing_can_end(move: Move) -> Reason | None:
    """A hearing ends when every fact has its reply, when the last day has passed, or on a recorded ground."""
    if move.data.get("waiver"):
        return None
    running = Hearing.objects.filter(case_id=move.case.pk, ended_at__isnull=True)
    last_day = running.values_list("last_day", flat=True).first()
    replies = HearingEntry.objects.filter(fact=OuterRef("pk"), by=HearingEntry.By.APPLICANT)
    missing = HearingFact.objects.filter(~Exists(replies), hearing__in=running).count()
    if not missing or last_day is None or move.today > last_day:
        return None
    return Reason(
        "replies_missing",
        ngettext(
            "%(missing)s fact has no reply yet. The last day to reply is %(day)s.",
            "%(missing)s facts have no reply yet. The last day to reply is %(day)s.",
            missing,
        )
        % {"missing": missing, "day": text.day(last_day)},
        reverse("register-replies", args=[move.case.key]),
    )


def unheard(case_id: int, evidence_keys: Iterable[str]) -> set[str]:
    """Those of the evidence keys that were never sent to the applicant in a hearing that has ended."""
    keys = set(evidence_keys)
    facts = HearingFact.objects.filter(hearing__case_id=case_id, hearing__ended_as__in=HEARD, evidence_key__in=keys)
    return keys - set(facts.values_list("evidence_key", flat=True))


def reader_is_not_preparer(move: Move) -> Reason | None:
    """Four eyes (docs/domain.md §6.2 F3): nobody reads who is or was the case's officer, or who sent it on."""
    if "preparers" not in move.facts:
        move.facts["preparers"] = _preparers(move)
    officers, sender = move.facts["preparers"]
    if move.actor.user_id in officers or move.actor.reference == sender:
        return Reason("same_person", _("You prepared this. Another person must read it."))
    return None


def _preparers(move: Move) -> tuple[set[int], str]:
    entered = (
        StateChange.objects.filter(case_id=move.case.pk, subject_type="case", to_state=move.subject.state)
        .order_by("-version")
        .values_list("actor", flat=True)
        .first()
    )
    officers = set(Assignment.objects.filter(case_id=move.case.pk).values_list("officer_id", flat=True))
    return officers | ({move.case.officer_id} if move.case.officer_id else set()), entered or ""


def notes_answered(move: Move) -> Reason | None:
    """Every instruction that must be answered (the board's, a court's) has its answer. A page's case knows them."""
    if "unanswered_notes" not in move.facts:
        if hasattr(move.case, f"{panels.PREFIX}instructions"):
            move.facts["unanswered_notes"] = panels.column(move.case, "instructions")
        else:
            open_notes = Note.objects.filter(case_id=move.case.pk, must_answer=True, answered_by__isnull=True)
            move.facts["unanswered_notes"] = open_notes.count()
    if not move.facts["unanswered_notes"]:
        return None
    return Reason(
        "note_unanswered",
        _("An instruction in the case must be answered first."),
        reverse("show-documents", args=[move.case.key]),
    )


def help_was_offered(move: Move) -> Reason | None:
    """Incomplete after offered help: a completion was asked for, and it ended, or its last day passed, without
    everything (docs/domain.md §8.1, dismiss)."""
    if "completions" not in move.facts:
        rows = Completion.objects.filter(case_id=move.case.pk).order_by("-id")
        move.facts["completions"] = list(rows.values_list("ended_as", "last_day"))
    for ended_as, last_day in move.facts["completions"]:
        if ended_as in {Completion.Ended.PARTLY, Completion.Ended.NOTHING} or (not ended_as and last_day < move.today):
            return None
    return Reason("help_not_offered", _("Ask for what is missing first, and await the last day."))
