"""Writing the proposal, with the letter beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.pages import CaseFormPage
from applications.decisions import selectors
from applications.decisions.forms.proposal import ProposalForm
from applications.decisions.letters.preview import marked, preview
from applications.decisions.models import Proposal
from applications.decisions.proposals import facts_of, values_of
from applications.decisions.rules.delegation import CONTENT
from applications.decisions.rules.reasons import missing
from applications.decisions.services.save_proposal import save_proposal, writable_reason
from applications.decisions.subjects import Described, subject_of
from applications.decisions.views.tell import differences, mirror, who_decides, with_places
from vetting.accounts.form_page import renew
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Stale


class _Writing(CaseFormPage):
    """What the form page and its preview share."""

    permission = Permission.SEE_CASES
    post_permission = Permission.WRITE_PROPOSAL
    tab = "decision"
    title = _("Proposal for a decision")

    def load(self, key: Any, **kwargs: Any) -> None:
        super().load(key, **kwargs)
        self.about: Described = subject_of(self.case).describe(self.case)
        self.proposal = selectors.open_proposal(self.case.pk, subject_of(self.case).matter)
        template = selectors.template_on(self.case.district_id, subject_of(self.case).letter, clock.today())
        self.laws = template.content.get("citations", []) if template else []

    def form(self, data: Any = None, files: Any = None) -> ProposalForm:
        return ProposalForm(data, about=self.about, proposal=self.proposal, laws=self.laws)

    def as_typed(self, form: ProposalForm) -> Proposal:
        """A proposal that is never saved: what stands in the form, as far as it can be read."""
        form.is_valid()
        base = self.proposal or Proposal(case=self.case, written_by="", written_by_name=self.actor.name, version=0)
        shown = Proposal(case=self.case, written_by=base.written_by, written_by_name=base.written_by_name)
        shown.corrects = base.corrects
        for name, value in form.values().items():
            setattr(shown, name, value)
        return shown

    def letter(self, form: ProposalForm) -> dict[str, Any] | None:
        """The letter of what stands in the form, what is new since the last save marked."""
        today = clock.today()
        saved = preview(self.case, self.proposal, self.about, on=today) if self.proposal else None
        if not form.is_bound:
            return marked(saved, saved) if saved else None
        typed = preview(self.case, self.as_typed(form), self.about, on=today)
        return marked(typed, saved) if typed else None


class EditProposalView(_Writing):
    """The form in four parts, the mirror of comparable cases, and the letter as it will be."""

    template = "decisions/edit_proposal.html"
    done = _("The proposal is saved.")

    def submit(self, form: Any) -> None:
        self.proposal = save_proposal(
            case=self.case,
            actor=self.actor,
            values=form.values(),
            expected_version=form.cleaned_data["version"],
            matter=subject_of(self.case).matter,
            key=form.cleaned_data["idempotency_key"],
        )

    def done_url(self) -> str:
        """On to the case when the text is checked and whole; back to the form with what it lacks otherwise."""
        here = reverse("edit-proposal", args=[self.case.key])
        if "check" not in self.request.POST:
            return here
        return here + "?kontroll=1" if self.lacking() else reverse("show-decisions", args=[self.case.key])

    def lacking(self) -> list[Any]:
        if self.proposal is None:
            return []
        comparables = bool(subject_of(self.case).comparables(self.case, self.proposal))
        return with_places(missing(facts_of(self.proposal, self.about, has_comparables=comparables)))

    def show(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        refused = writable_reason(self.case)
        asked = "kontroll" in self.request.GET and not form.is_bound
        return self.page(
            status=status,
            form=form,
            proposal=self.proposal,
            about=self.about,
            letter=self.letter(form),
            rungs=form.rungs(),
            lacking=self.lacking() if asked else [],
            has_errors=asked and bool(self.lacking()),
            refused=refused,
            mirror=mirror(self.case, self.proposal),
            who=who_decides(self.case, self.proposal, self.about),
            departs=self.about.departures((self.proposal and self.proposal.amount) or self.about.requested),
            on_content=sorted(code for code in self.about.adverse if CONTENT.match(code)),
            **more,
        )

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        """Both texts: what was typed stays in the form, what somebody else saved stands above it."""
        self.reload()
        stale = ProposalForm(form.data, about=self.about, proposal=self.proposal, laws=self.laws)
        stale.is_valid()
        theirs = values_of(self.proposal) if self.proposal else {}
        changed = differences(form.values(), theirs)
        renew(stale, self.proposal.version if self.proposal else 0)
        return self.show(stale, status=error.status, theirs=changed, stale=True)


class PreviewLetterView(_Writing):
    """The letter of what is typed, for the page's own refresh. Saves nothing."""

    permission = Permission.WRITE_PROPOSAL
    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        context = {"letter": self.letter(form), "case": self.case}
        return render(request, "decisions/_paper.html", context)
