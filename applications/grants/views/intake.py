"""From paper to a registered case: choose the association, type the application, add papers, receive."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications.associations.models import Association
from applications.associations.selectors import Filters, Match, find_associations
from applications.associations.views.listing import NOT_SEARCHED
from applications.cases.services.add_document import Upload, add_document
from applications.grants import forms
from applications.grants.calls import call_value, calls_of
from applications.grants.known import known_of
from applications.grants.models import GrantApplication
from applications.grants.programmes.rules.departures import departures
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.selectors import asked_papers, register_papers
from applications.grants.services.enter_application import edit_application, enter_application, open_rounds
from applications.grants.services.receive_application import officers, receive_application
from applications.grants.views.base import ApplicationPage, answer, problem
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import DomainError

SHOWN = 20


class NewApplicationView(Page):
    """Step 1: which association? Searched by name, orgnr or part of either."""

    permission = Permission.REGISTER_APPLICATION

    def get(self, request: HttpRequest) -> HttpResponse:
        query = request.GET.get("q", "").strip()
        found = find_associations(Filters(text=query)) if query else None
        if found and found.match is Match.IDENTITY:  # it must not stay in the address
            messages.warning(request, str(NOT_SEARCHED))
            return redirect("new-application")
        context = {
            "query": query,
            "found": found,
            "rows": list(found.rows[:SHOWN]) if found else [],
            "may_register": self.actor.may(Permission.EDIT_ASSOCIATIONS),
        }
        return render(request, "grants/choose_association.html", context)


class _Typing(Page):
    """What entering and editing share: the form with its budget and other support."""

    def bound(self, data: Any, rounds: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        return (
            forms.ApplicationForm(data, rounds=rounds, **kwargs),
            forms.BudgetFormSet(data, prefix="budget", initial=kwargs.pop("budget", None)),
            forms.SupportFormSet(data, prefix="support", initial=kwargs.pop("support", None)),
        )

    def compare(self, form: Any, budget: Any) -> None:
        """Says when the lines and the sum differ: the paper may say so, and then the association is asked."""
        lines = sum((cost.applied for cost in forms.costs_of(budget)), Decimal(0))
        if lines and lines != form.cleaned_data["applied_amount"]:
            said = {"lines": text.kronor(lines), "sum": text.kronor(form.cleaned_data["applied_amount"])}
            messages.warning(
                self.request,
                _("The lines of the budget come to %(lines)s, but %(sum)s is applied for. Check it against the paper.")
                % said,
            )


class EnterApplicationView(_Typing):
    """Step 2: what the paper says."""

    permission = Permission.REGISTER_APPLICATION

    def load(self, association: uuid.UUID, **kwargs: Any) -> None:
        self.association = get_object_or_404(Association, key=association)
        self.rounds = open_rounds(sorted(self.actor.districts_with(self.permission)), clock.today())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        calls = calls_of(self.rounds)
        only = calls[0][0] if len(calls) == 1 else ""
        form, budget, support = self.bound(None, self.rounds, initial={"round": only, "other_support": ""})
        return self.page(form, budget, support)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, budget, support = self.bound(request.POST, self.rounds)
        if not forms.are_valid(form, budget, support):
            return self.page(form, budget, support)
        try:
            application = enter_application(
                actor=self.actor,
                association=self.association,
                round=form.cleaned_data["round"],
                values=form.own_values,
                arrived=form.cleaned_data["arrived"],
                budget=forms.costs_of(budget),
                supports=forms.supports_of(support),
                key=form.cleaned_data["idempotency_key"] or uuid.uuid4(),
            )
        except DomainError as error:
            problem(request, form, error)
            return self.page(form, budget, support, error)
        self.compare(form, budget)
        return redirect("application-documents", key=application.key)

    def page(self, form: Any, budget: Any, support: Any, error: DomainError | None = None) -> HttpResponse:
        context = {"form": form, "budget": budget, "support": support, "association": self.association}
        return answer(self.request, "grants/enter_application.html", context, error)


class EditApplicationView(ApplicationPage, _Typing):
    """Correcting what was typed, until a proposal rests on it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        case = self.application
        initial = {name: getattr(case, name) for name in forms.OWN_FIELDS}
        initial |= {
            "version": case.version,
            "round": call_value(case.round, case.form_code),
            "channel": case.channel,
        }
        initial |= {"other_support": "yes" if case.other_support else "no"}
        if case.received_at:
            local = clock.stockholm(case.received_at)
            initial |= {"reached_on": local.date(), "reached_time": local.strftime("%H:%M")}
            initial |= {"counts_earlier": case.received_date != local.date()}
            initial |= {"counts_earlier_reason": case.arrival_reason}
        budget = [{"cost": b.cost, "amount": b.amount, "applied": b.applied} for b in case.budget.all()]
        support = list(case.other_supports.values("giver", "cost", "amount", "period"))
        form = forms.ApplicationForm(None, rounds=[case.round], initial=initial)
        return self.page(
            form,
            forms.BudgetFormSet(None, prefix="budget", initial=budget),
            forms.SupportFormSet(None, prefix="support", initial=support),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, budget, support = self.bound(request.POST, [self.application.round])
        if not forms.are_valid(form, budget, support):
            return self.page(form, budget, support)
        try:
            edit_application(
                actor=self.actor,
                application=self.application,
                values=form.own_values,
                arrived=form.cleaned_data["arrived"],
                budget=forms.costs_of(budget),
                supports=forms.supports_of(support),
                expected_version=form.cleaned_data["version"] or 0,
            )
        except DomainError as error:
            problem(request, form, error)
            return self.page(form, budget, support, error)
        messages.success(request, _("The application is saved."))
        self.compare(form, budget)
        return redirect("show-case" if self.application.number else "application-documents", key=self.application.key)

    def page(self, form: Any, budget: Any, support: Any, error: DomainError | None = None) -> HttpResponse:
        context = {"form": form, "budget": budget, "support": support, "application": self.application}
        context["association"] = self.application.association
        return answer(self.request, "grants/enter_application.html", context, error)


class ApplicationDocumentsView(ApplicationPage):
    """Step 3: the papers. What the programme asks for and is still missing stands on top."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(forms.AttachmentForm(initial={"kind": request.GET.get("kind", "")}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = forms.AttachmentForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                add_document(
                    case=self.application,
                    actor=self.actor,
                    kind=form.cleaned_data["kind"],
                    upload=Upload(upload.file, upload.name, upload.size),
                    dated_on=form.cleaned_data["dated_on"],
                    arrived_on=forms.arrival_day(form.cleaned_data["arrived_on"], self.application),
                    channel=self.application.channel,
                )
            except DomainError as error:
                form.add_error("file", str(error.text))
                return self.page(form, error)
            messages.success(request, _("%(name)s is added.") % {"name": upload.name})
            return redirect("application-documents", key=self.application.key)
        return self.page(form)

    def page(self, form: Any, error: DomainError | None = None) -> HttpResponse:
        documents = self.application.documents.select_related("file").order_by("id")
        context = {
            "form": form,
            "application": self.application,
            "documents": documents,
            "asked": asked_papers(self.application, documents, register_papers(self.application)),
            "may_edit": True,
        }
        return answer(self.request, "grants/application_documents.html", context, error)


class ReceiveApplicationView(ApplicationPage):
    """Step 4: a check page; on confirming, the application gets its number and, with an officer, is registered.

    Whoever comes too late (a second tab, the browser's arrow) is led to the case that it has become.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.number:
            return self.already()
        mine = self.actor.user_id
        initial = {"version": self.application.version, "officer": mine}
        return self.page(forms.OfficerForm(officers=officers(self.application.district_id), initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = forms.OfficerForm(request.POST, officers=officers(self.application.district_id))
        if form.is_valid():
            try:
                receive_application(
                    actor=self.actor,
                    application=self.application,
                    officer=form.cleaned_data["officer"],
                    expected_version=form.cleaned_data["version"],
                    key=form.cleaned_data["idempotency_key"] or uuid.uuid4(),
                )
            except DomainError as error:
                problem(request, form, error)
                return self.already() if self.application.number else self.page(form, error)
            number = GrantApplication.objects.values_list("number", flat=True).get(pk=self.application.pk)
            messages.success(request, _("Received as %(number)s.") % {"number": number})
            return redirect("show-case", key=self.application.key)
        return self.page(form)

    def already(self) -> HttpResponse:
        number = self.application.number
        messages.info(self.request, _("The application is received already, as %(number)s.") % {"number": number})
        return redirect("show-case", key=self.application.key)

    def page(self, form: Any, error: DomainError | None = None) -> HttpResponse:
        documents = self.application.documents.select_related("file").order_by("id")
        terms = terms_of(self.application.round.programme_version)
        context = {
            "form": form,
            "application": self.application,
            "documents": documents,
            "asked": asked_papers(self.application, documents, register_papers(self.application)),
            "departs": departures(terms, known_of(self.application), self.application.applied_amount),
        }
        return answer(self.request, "grants/receive_application.html", context, error)
