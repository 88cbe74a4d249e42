"""The bases of every page about one case: loaded once, under the case's header, errors answered in place."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from applications.cases.available import PREVIEW
from applications.cases.changes import since_version
from applications.cases.executor import NotNow, kind_of, not_in_state, permitted_now, reasons_against
from applications.cases.forms.lines import as_typed
from applications.cases.header import case_header, case_url
from applications.cases.selectors import page_case
from vetting.accounts.form_page import FormPage, renew
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Reason, Stale
from vetting.kernel.workflow import Move, Row


class CasePage(Page):
    """A page about one case. `tab` is the tab it belongs to, `title` its name below the header."""

    permission = Permission.SEE_CASES
    template = ""
    tab = ""
    title: Any = ""
    case: Any

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        self.case = page_case(self.actor, self.permission, key)
        self.request.back_url = case_url(self.case)  # type: ignore[attr-defined]  # where a refusal leads back to
        self.must_be_allowed(self.case.district_id)

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page below the case's header."""
        header = case_header(self.case, self.actor, tab=self.tab, page=self.title)
        shared = {"case": self.case, "header": header, "title": self.title, "back_url": case_url(self.case)}
        return render(self.request, self.template, shared | context, status=status)


class CaseFormPage(CasePage, FormPage):
    """A form page under the case's header; after a stale submit it tells what others did in the case meanwhile."""

    template = "cases/form.html"
    done: Any = _("Saved.")
    lead: Any = ""

    def done_url(self) -> str:
        return case_url(self.case)

    def context(self) -> dict[str, Any]:
        return {"lead": self.lead}

    def reload(self) -> None:
        self.load(**self.kwargs)

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        self.problem(form, error)
        self.reload()
        renew(form, self.case.version)
        return self.show(form, status=error.status, changes=self.changes(error))

    def changes(self, error: Stale) -> list[Any]:
        """What happened in the case since the version the form was made from."""
        return since_version(self.case, int(error.data.get("seen", self.case.version)))


class StepPage(CaseFormPage):
    """A form page of one row of the workflow: shows it only to whoever may take the step now, and why not otherwise."""

    action = ""

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key, **kwargs)
        kind = kind_of(self.case)
        found = kind.workflow.row(self.action, self.case.state)
        if found is None:
            raise not_in_state(kind, self.case, self.action)
        self.row: Row = found
        self.role = permitted_now(found, self.actor, self.case)

    def initial(self) -> dict[str, Any]:
        return {"version": self.case.version}

    def context(self) -> dict[str, Any]:
        return super().context() | {"row": self.row, "reasons": self.reasons()}

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        try:
            return super().show_stale(form, error)
        except NotNow as gone:  # the step is no longer there: what was typed is shown, to be kept elsewhere
            renew(form, self.case.version)
            reasons = [Reason(gone.code, gone.text)]
            return CasePage.page(self, status=gone.status, form=form, reasons=reasons, changes=self.changes(error))

    def reasons(self) -> list[Reason]:
        """What speaks against the step now, before anything is typed."""
        return reasons_against(self.move())

    def move(self, *, preview: bool = True) -> Move:
        data = PREVIEW if preview else {}
        return Move(self.case, self.case, self.row, self.actor, clock.now(), clock.today(), data)


class LinesPage(CaseFormPage):
    """A form whose rows grow: the button `add_line` shows it again with one row more and all that is typed."""

    typed: dict[str, Any] = {}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "add_line" not in request.POST:
            return super().post(request, **kwargs)
        self.typed = as_typed(self.form(request.POST))
        return self.show(self.form(), lines=True)

    def initial(self) -> dict[str, Any]:
        return super().initial() | (self.typed or {})

    def context(self) -> dict[str, Any]:
        return super().context() | {"grows": True}
