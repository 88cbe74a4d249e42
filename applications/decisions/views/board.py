"""A case before the board: sent to a meeting, tabled, its outcome registered and recorded."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases import executor
from applications.cases.pages import CaseFormPage, CasePage, StepPage
from applications.decisions import selectors
from applications.decisions.choices import DECIDING, BoardOutcome, Outcome
from applications.decisions.forms.board import ConfirmForm, OutcomeForm, SendForm, TableForm
from applications.decisions.letters.preview import marked, preview
from applications.decisions.models import BoardMeeting
from applications.decisions.proposals import board_facts
from applications.decisions.rules.board import board_missing, decided_outcome
from applications.decisions.services.register_outcome import board_action, record_board_decision, register_outcome
from applications.decisions.subjects import subject_of
from applications.decisions.views.decide import rows_of
from applications.decisions.views.tell import with_places
from vetting.accounts.form_page import renew
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import NotNow, Reason
from vetting.kernel.text import day, kronor


class SendToBoardView(StepPage):
    """Chooses the meeting that takes the case up; the text is the board's from then on."""

    action = "send_to_board"
    template = "decisions/send_to_board.html"
    tab = "decision"
    title: Any = gettext_lazy("Send to the board")
    done = gettext_lazy("The case stands on the meeting's list.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        CasePage.load(self, key)
        machine = executor.kind_of(self.case).workflow
        rows = [row for row in machine.rows_from(self.case.state) if row.form == "send-to-board"]
        self.action = rows[0].action if rows else self.action
        super().load(key, **kwargs)

    def form(self, data: Any = None, files: Any = None) -> Any:
        form: Any = SendForm(data, meetings=self.coming(), initial=self.initial())
        form.submit_label = self.row.label
        return form

    def coming(self) -> QuerySet[BoardMeeting]:
        """The meetings that can take the case up, the nearest first."""
        meetings = BoardMeeting.objects.filter(district=self.case.district, date__gte=clock.today())
        return meetings.order_by("date")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        executor.perform(
            subject=self.case,
            action=self.action,
            actor=self.actor,
            data={"meeting_id": values["meeting"].pk, "due_on": values["meeting"].date},
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def context(self) -> dict[str, Any]:
        about = subject_of(self.case).describe(self.case)
        proposal = selectors.open_proposal(self.case.pk)
        return super().context() | {
            "rows": rows_of(proposal, about) if proposal else [],
            "meetings": self.coming(),
        }


class TableCaseView(StepPage):
    """The sitting put the case off; it is taken up again at a later meeting."""

    action = "table"
    form_class = TableForm
    tab = "decision"
    title = gettext_lazy("Table the case")
    lead = gettext_lazy("The board decides nothing in the matter. The case is taken up again at a later meeting.")
    done = gettext_lazy("The case is tabled.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        executor.perform(
            subject=self.case,
            action="table",
            actor=self.actor,
            data={"paragraph": values["paragraph"]},
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class RegisterBoardDecisionView(CaseFormPage):
    """What the board did with the item; its own text where it departed from the proposal."""

    post_permission = Permission.REGISTER_BOARD
    template = "decisions/register_outcome.html"
    tab = "decision"
    title = gettext_lazy("The board's outcome")
    done = gettext_lazy("The outcome is registered.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key, **kwargs)
        self.item = selectors.open_item(self.case.pk)
        if self.item is None:
            raise NotNow(_("The case stands on no meeting's list."), code="no_item")
        self.about = subject_of(self.case).describe(self.case)

    def initial(self) -> dict[str, Any]:
        item = self.item
        assert item is not None  # noqa: S101 - load() has refused
        names = ("outcome", "paragraph", "own_outcome", "own_amount", "own_reason_class", "own_text", "present")
        return {name: getattr(item, name) for name in names} | {
            "version": item.version,
            "closed_doors": item.closed_doors,
        }

    def form(self, data: Any = None, files: Any = None) -> OutcomeForm:
        return OutcomeForm(data, initial=self.initial())

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        self.item = register_outcome(
            case=self.case,
            actor=self.actor,
            values=values,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def done_url(self) -> str:
        """To the check page when the outcome is whole; back to the form with what it lacks otherwise."""
        if self.item is None or self.item.outcome not in DECIDING:
            return reverse("show-decisions", args=[self.case.key])
        if self.lacking():
            return reverse("register-board-decision", args=[self.case.key]) + "?kontroll=1"
        return reverse("record-board-decision", args=[self.case.key])

    def lacking(self) -> list[Reason]:
        item: Any = self.item
        return with_places(board_missing(board_facts(item, item.proposal, self.about)))

    def context(self) -> dict[str, Any]:
        item: Any = self.item
        stops = ", ".join(sorted(self.about.blocks))
        lacking = self.lacking() if "kontroll" in self.request.GET and self.request.method == "GET" else []
        return super().context() | {
            "item": item,
            "rows": rows_of(item.proposal, self.about),
            "stops": stops,
            "lacking": lacking,
            "has_errors": bool(lacking),
        }

    def show_stale(self, form: Any, error: Any) -> HttpResponse:
        self.problem(form, error)
        self.reload()
        item: Any = self.item
        renew(form, item.version)
        return self.show(form, status=error.status, theirs=item)


class RecordBoardDecisionView(StepPage):
    """Shows what will be recorded as the board's decision; then records it."""

    template = "decisions/decide_proposal.html"
    form_class = ConfirmForm
    tab = "decision"
    title = gettext_lazy("Record the board's decision")
    done = gettext_lazy("The decision is recorded and its text is frozen.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        CasePage.load(self, key)
        item = selectors.open_item(self.case.pk)
        if item is None:
            raise NotNow(_("The case stands on no meeting's list."), code="no_item")
        self.item: Any = item
        self.about = subject_of(self.case).describe(self.case)
        self.action = board_action(self.case, item)
        super().load(key, **kwargs)

    def form(self, data: Any = None, files: Any = None) -> ConfirmForm:
        form = ConfirmForm(data, initial=self.initial())
        form.submit_label = _("Record the decision")
        return form

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        record_board_decision(
            case=self.case, actor=self.actor, expected_version=values["version"], key=values["idempotency_key"]
        )

    def done_url(self) -> str:
        return reverse("show-decisions", args=[self.case.key])

    def context(self) -> dict[str, Any]:
        letter = preview(self.case, self.item.proposal, self.about, on=clock.today())
        return super().context() | {
            "rows": self.rows(),
            "effects": self.effects(),
            "letter": marked(letter, letter) if letter else None,
            "change_url": reverse("register-board-decision", args=[self.case.key]),
        }

    def rows(self) -> list[tuple[Any, Any]]:
        item = self.item
        facts = board_facts(item, item.proposal, self.about)
        outcome = decided_outcome(facts)
        rows = [
            (_("Meeting"), f"{item.meeting.get_body_display()}, {day(item.meeting.date)}, § {item.paragraph}"),
            (_("The board's outcome"), BoardOutcome(item.outcome).label),
            (_("Decided"), Outcome(outcome).label if outcome else ""),
        ]
        amount = item.proposal.amount if item.outcome == BoardOutcome.AS_PROPOSED else item.own_amount
        if amount is not None:
            rows.append((_("Sum"), kronor(amount)))
        return rows

    def effects(self) -> list[str]:
        own = bool(self.item.own_text) and self.item.outcome != BoardOutcome.AS_PROPOSED
        whose = _("The board's own reasons from the minutes are frozen with a checksum.")
        return [
            whose if own else _("The proposal's reasons are frozen with a checksum as the board's."),
            _("The letter is made as PDF from the frozen text. Nothing is mailed."),
            _("The item is closed; approval and notice of the minutes are registered when they have come."),
        ]
