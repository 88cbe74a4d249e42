"""The check page of a step without a form of its own, and the case's whole story."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from applications.cases.executor import kind_of, perform, reasons_against
from applications.cases.forms.steps import StepForm
from applications.cases.header import applicant_name, due_text
from applications.cases.pages import CasePage, StepPage
from applications.cases.staterows import due_day
from applications.cases.timeline import sentences
from vetting.accounts.roles import ROLES, Role
from vetting.audit.models import Event
from vetting.kernel.errors import NotFound
from vetting.kernel.workflow import OneOf, promises

PER_PAGE = 50


class TakeStepView(StepPage):
    """Shows exactly what a step will do, with a comment, then does it."""

    template = "cases/take_step.html"
    form_class = StepForm

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        self.action = kwargs["action"]
        super().load(key)
        if self.row.form:
            raise NotFound(_("This step has a page of its own."))
        self.title = self.row.label
        self.done = _("Done: %(step)s.") % {"step": self.row.label}

    def form(self, data: Any = None, files: Any = None) -> StepForm:
        return StepForm(data, initial=self.initial(), label=self.row.label, comment_owed=self.comment_owed())

    def comment_owed(self) -> bool:
        """Whether a guard asks for a comment once the step is taken in earnest."""
        return any(reason.code == "comment_missing" for reason in reasons_against(self.move(preview=False)))

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        perform(
            subject=self.case,
            action=self.action,
            actor=self.actor,
            comment=values["comment"].strip(),
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def context(self) -> dict[str, Any]:
        return super().context() | {"rows": self.rows(), "effects": self.effects()}

    def rows(self) -> list[tuple[Any, Any]]:
        machine = kind_of(self.case).workflow
        codes = self.row.target.states if isinstance(self.row.target, OneOf) else (self.row.target,)
        labels = [str(machine.state(code).label) for code in codes]
        return [
            (_("The case"), f"{applicant_name(self.case)}, {self.case.number or _('Draft')}"),
            (_("From"), machine.state(self.case.state).label),
            (_("To"), str(_(" or ")).join(labels)),
            (_("You do it as"), ROLES[Role(self.role)].label),
        ]

    def effects(self) -> list[Any]:
        """What will happen, one sentence each, in the order it happens."""
        sentences_: list[Any] = [label for name in self.row.then if (label := promises.get(name))]
        kind = kind_of(self.case)
        if isinstance(self.row.target, str):
            state = kind.workflow.state(self.row.target)
            if state.final:
                sentences_.append(_("The case is closed: no further steps are open."))
            elif state.next_step is not None:
                move = self.move()
                move.to_state = state.code
                day = due_day(move, kind)
                sentences_.append(
                    _("The next step is “%(step)s”, due %(day)s; it lies with: %(who)s.")
                    % {
                        "step": state.next_step,
                        "day": due_text(day) if day else "",
                        "who": str(ROLES[Role(state.owner)].label).lower(),
                    }
                )
        sentences_.append(_("The step is written in the case's history with your name, the day and the time."))
        return sentences_


class ShowCaseEventsView(CasePage):
    """Everything that has happened in the case, newest first, page by page."""

    template = "cases/events.html"
    title = _("What has happened")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        events = Event.objects.filter(case=self.case.key).order_by("-id")
        page = Paginator(events, PER_PAGE).get_page(request.GET.get("sida"))
        return self.page(listing=page, events=sentences(list(page.object_list)))
