"""The bases of every page about one case: loaded once, under the case's header, errors answered in place."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from applications.cases.available import PREVIEW
from applications.cases.changes import since_version
from applications.cases.executor import NotNow, kind_of, not_in_state, permitted_now, reasons_against
from applications.cases.forms.lines import as_typed
from applications.cases.header import case_header, case_url
from applications.cases.selectors import page_case
from vetting.accounts.form_page import problem
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, Invalid, Reason, Stale
from vetting.kernel.workflow import Move, Row

UNPROCESSABLE = 422


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


class FormPage(CasePage):
    """A page with one form that does one thing: `do` makes the one domain call with the cleaned values.

    As `vetting.accounts.form_page`, under the case's header: what a domain error says stands at its field or on top of
    the form, everything typed stays, a refusal of authority or a missing object goes on to its own page.
    """

    template = "cases/form.html"
    form_class: type[Any]
    bound: Any
    done: Any = _("Saved.")
    lead: Any = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.bound = form = self.form(request.POST, request.FILES or None)
        if not form.is_valid():
            return self.show(form, status=UNPROCESSABLE)
        try:
            self.do(form.cleaned_data)
        except DomainError as error:
            problem(form, error)
            if isinstance(error, Stale):
                return self.show_stale(form, error)
            return self.show(form, status=form_status(error))
        messages.success(request, str(self.done))
        return HttpResponseRedirect(self.next_url())

    def form(self, *data: Any, **kwargs: Any) -> Any:
        """The form, bound when there is data."""
        return self.form_class(*data, initial=self.initial() | kwargs.get("initial", {}))

    def initial(self) -> dict[str, Any]:
        return {}

    def do(self, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def next_url(self) -> str:
        return case_url(self.case)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.page(status=status, form=form, lead=self.lead, **context)

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        """The case as it stands now beside what was typed; sending it again is a new, deliberate submit."""
        self.load(**self.kwargs)
        changes = since_version(self.case, int(error.data.get("seen", self.case.version)))
        renew(form, self.case.version)
        return self.show(form, status=error.status, changes=changes)


class StepPage(FormPage):
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

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(form, status=status, row=self.row, reasons=self.reasons(), **context)

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        try:
            return super().show_stale(form, error)
        except NotNow as gone:  # the step is no longer there: what was typed is shown, to be kept elsewhere
            renew(form, self.case.version)
            changes = since_version(self.case, int(error.data.get("seen", self.case.version)))
            return CasePage.page(
                self, status=gone.status, form=form, reasons=[Reason(gone.code, gone.text)], changes=changes
            )

    def reasons(self) -> list[Reason]:
        """What speaks against the step now, before anything is typed."""
        return reasons_against(self.move())

    def move(self, *, preview: bool = True) -> Move:
        data = PREVIEW if preview else {}
        return Move(self.case, self.case, self.row, self.actor, clock.now(), clock.today(), data)


class LinesPage(FormPage):
    """A form whose rows grow: the button `add_line` shows it again with one row more and all that is typed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "add_line" not in request.POST:
            return super().post(request, **kwargs)
        return self.show(self.form(initial=as_typed(self.form(request.POST))), lines=True)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(form, status=status, grows=True, **context)


def form_status(error: DomainError) -> int:
    """The answer's status when the form is shown again: what was typed cannot be taken, or not now."""
    return UNPROCESSABLE if isinstance(error, Invalid) else error.status


def renew(form: Any, version: int) -> None:
    """Gives a bound form the present version and a key of its own: the next submit is a new intent."""
    data = form.data.copy()
    data[form.add_prefix("version")] = str(version)
    data[form.add_prefix("idempotency_key")] = str(uuid.uuid4())
    form.data = data
