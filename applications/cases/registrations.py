"""What the cases room fills in the registries of the rooms below."""

import uuid
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from applications.cases import invariants, panels, reviewing, verbs
from applications.cases.models import Case, CaseDocument, CaseReview, Completion, Consultation, Hearing, Note
from applications.cases.services import completion, consultation, hearing
from applications.cases.services.add_document import ACCESS_CLASS
from applications.cases.services.notes import instructed
from checklists.hosts import gates, hosts
from checklists.models import Answer
from vetting.accounts.actors import Actor
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.models import Event
from vetting.files.access import access_classes
from vetting.files.models import StoredFile
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Effect, Move, effects, promises
from vetting.obligations.models import STANDING, Obligation
from vetting.outbox.selectors import case_readers

OWNER = "applications.cases"


def may_read_case_file(actor: Actor, stored: StoredFile) -> bool:
    """A case's file is read by whoever may see the case (district, role, no conflict of interest)."""
    key = uuid.UUID(stored.subject.removeprefix("case:"))
    return Case.objects.for_user(actor, Permission.SEE_CASES).filter(key=key).exists()


def cases_one_may_see(actor: Actor, cases: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these cases the person may see: for mails and reminders that could not leave."""
    return set(Case.objects.for_user(actor, Permission.SEE_CASES).filter(key__in=cases).values_list("key", flat=True))


def side_tracks_ended(move: Move) -> None:
    """Effect `side_tracks.ended`: a step that takes the case out of its line ends what was asked as it stands."""
    completion.ended(move)
    consultation.ended(move)
    hearing.ended(move)


EFFECTS: tuple[tuple[str, Effect, str, str], ...] = (
    (
        "completion.asked",
        completion.asked,
        "Begäran om komplettering skrivs ned med sista dag.",
        "The request for completion is written down with its last day.",
    ),
    (
        "completion.ended",
        completion.ended,
        "En pågående begäran om komplettering avslutas.",
        "A request for completion that runs is ended.",
    ),
    (
        "consultation.asked",
        consultation.asked,
        "Frågan skrivs ned som den ställs.",
        "The question is written down as it is put.",
    ),
    (
        "consultation.ended",
        consultation.ended,
        "Ett pågående samråd avslutas.",
        "A consultation that runs is ended.",
    ),
    (
        "hearing.sent",
        hearing.sent,
        "Uppgifterna skrivs ned som de skickas, med sista dag att svara.",
        "The facts are written down as they are sent, with the last day to reply.",
    ),
    ("hearing.ended", hearing.ended, "En pågående kommunicering avslutas.", "A hearing that runs is ended."),
    (
        "note.instructed",
        instructed,
        "Det som ska göras skrivs ned som en anteckning som måste besvaras.",
        "What is to be done is written down as a note that must be answered.",
    ),
    (
        "side_tracks.ended",
        side_tracks_ended,
        "Det som väntar på svar (komplettering, samråd, kommunicering) avslutas som det står.",
        "What awaits an answer (completion, consultation, hearing) is ended as it stands.",
    ),
)


def register_all() -> None:
    access_classes.register(ACCESS_CLASS, may_read_case_file, owner=OWNER)
    case_readers.register("cases", cases_one_may_see, owner=OWNER)
    for name, effect, sv, en in EFFECTS:
        effects.register(name, effect, owner=OWNER)
        promises.register(name, Label(sv, en), owner=OWNER)
    hosts.register(reviewing.HOST, reviewing.host_page, owner=OWNER)
    gates.register(reviewing.HOST, reviewing.gate, owner=OWNER)
    verbs.register_all(OWNER)
    invariants.register_all(OWNER)
    _register_panels()
    menu.register(
        "consultations",
        MenuItem(25, _("Questions to you"), "show-my-consultations", Permission.ANSWER_CONSULTATION),
        owner=OWNER,
    )


def _count(model: Any) -> Any:
    rows = model.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())


def _instructions() -> Any:
    """How many instructions of the board or a court have no answer yet."""
    rows = Note.objects.filter(case=OuterRef("pk"), must_answer=True, answered_by__isnull=True).order_by()
    counted = Subquery(rows.values("case").annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(counted, 0)


def _events() -> Any:
    rows = Event.objects.filter(case=OuterRef("key")).order_by().values("case")
    return Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())


def _reviews() -> Any:
    """Primary key, revision and state of each review the case rests on, for guards that keep signed verdicts; and who
    has answered in it."""
    rows = CaseReview.objects.filter(case=OuterRef("pk")).standing()
    answers = Answer.objects.filter(review=OuterRef("review")).order_by().values("actor").distinct()
    kept = {"revision": F("review__revision"), "state": F("review__state"), "by": ArraySubquery(answers)}
    return ArraySubquery(rows.values(row=JSONObject(pk="review_id", **kept)))


def _last_day(model: Any) -> Any:
    return Subquery(model.objects.filter(case=OuterRef("pk"), ended_at__isnull=True).values("last_day")[:1])


def _awaited_last_day() -> Any:
    """The nearest last day of what is awaited from outside, after a decision."""
    rows = Obligation.objects.filter(case=OuterRef("key"), state__in=STANDING).order_by("due_on")
    return Subquery(rows.values("due_on")[:1])


def _tab(order: int, sv: str, en: str, url_name: str, count: str) -> panels.Tab:
    return panels.Tab(order, Label(sv, en), url_name, Permission.SEE_CASES, count=count)


def _register_panels() -> None:
    for name, column in {
        "documents": lambda: _count(CaseDocument),
        "instructions": _instructions,
        "events": _events,
        "reviews": _reviews,
        "consultations": lambda: _count(Consultation),
        "hearings": lambda: _count(Hearing),
        "completion_last_day": lambda: _last_day(Completion),
        "consultation_last_day": lambda: _last_day(Consultation),
        "hearing_last_day": lambda: _last_day(Hearing),
        "awaited_last_day": _awaited_last_day,
    }.items():
        panels.columns.register(name, column, owner=OWNER)
    review = panels.Tab(
        20, Label("Granskning", "Review"), "show-review", Permission.SEE_CHECKLIST, before=(reviewing.HOST,)
    )
    for name, tab in {
        "review": review,
        "consultations": _tab(40, "Samråd", "Consultations", "show-consultations", "consultations"),
        "hearings": _tab(50, "Kommunicering", "Hearing", "show-hearings", "hearings"),
        "documents": _tab(90, "Handlingar", "Documents", "show-documents", "documents"),
    }.items():
        panels.tabs.register(name, tab, owner=OWNER)
    for name, order, sv, en, url in (
        ("completion", 10, "Komplettering, sista dag", "Completion, last day", "show-documents"),
        ("consultation", 20, "Svar på samråd, sista dag", "Consultation, last day", "show-consultations"),
        ("hearing", 30, "Svar på kommunicering, sista dag", "Hearing, last day", "show-hearings"),
        ("awaited", 60, "Lämnas in senast", "To be handed in by", "show-reminders"),
    ):
        deadline = panels.Deadline(order, Label(sv, en), f"{name}_last_day", url)
        panels.deadlines.register(name, deadline, owner=OWNER)
