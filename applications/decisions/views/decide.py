"""The case's decisions, the check page before deciding, and the letter."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.available import next_steps
from applications.cases.executor import kind_of
from applications.cases.pages import CasePage, StepPage
from applications.decisions import guards, selectors
from applications.decisions.choices import Outcome, Path, ReasonClass, Reported
from applications.decisions.forms.board import ConfirmForm
from applications.decisions.freezing import LETTER, frozen, is_intact
from applications.decisions.letters.preview import marked, preview
from applications.decisions.models import Decision, DecisionReview, Proposal
from applications.decisions.proposals import facts_of
from applications.decisions.rules.delegation import Entry
from applications.decisions.rules.reasons import hearing_owed, missing
from applications.decisions.services.decide import action_of, decide
from applications.decisions.subjects import subject_of
from applications.decisions.views.tell import who_decides, with_places
from applications.decisions.workflow import DECISION
from checklists.selectors.versions import definition_of
from vetting.accounts.pages import Page, who_may
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import NotNow
from vetting.kernel.text import day, kronor
from vetting.kernel.workflow import promises


class ShowDecisionsView(CasePage):
    """The tab Beslut: the proposal and what it lacks, the board, every decision with its track."""

    template = "decisions/show_decisions.html"
    tab = "decision"
    title = gettext_lazy("Decision")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        about = subject_of(self.case).describe(self.case)
        proposal = selectors.open_proposal(self.case.pk, subject_of(self.case).matter)
        lacking: list[Any] = []
        facts = None
        if proposal:
            comparables = bool(subject_of(self.case).comparables(self.case, proposal))
            facts = facts_of(proposal, about, has_comparables=comparables)
            lacking = with_places(missing(facts), reverse("edit-proposal", args=[self.case.key]))
        letter = preview(self.case, proposal, about, on=clock.today()) if proposal else None
        return self.page(
            proposal=proposal,
            rows=rows_of(proposal, about) if proposal else [],
            lacking=lacking,
            hearing=bool(facts and hearing_owed(facts)),
            who=who_decides(self.case, proposal, about),
            item=selectors.open_item(self.case.pk),
            next=next_steps(self.case, self.actor),
            decisions=[told(decision, self.actor, self.case) for decision in selectors.decisions_of(self.case.pk)],
            letter=marked(letter, letter) if letter else None,
            may_write=self.actor.may(Permission.WRITE_PROPOSAL, self.case.district_id)
            and self.case.state in subject_of(self.case).writable,
        )


def rows_of(proposal: Proposal, about: Any) -> list[tuple[Any, Any]]:
    """The proposal in a few lines: outcome, sum, class, principle, path."""
    principle = {True: _("Yes"), False: _("No"), None: _("Not answered")}[proposal.principle]
    rows = [
        (_("Outcome"), Outcome(proposal.outcome).label if proposal.outcome else _("Not chosen")),
        (_("Rests on"), ReasonClass(proposal.reason_class).label if proposal.reason_class else _("Not chosen")),
        (_("One of principle"), principle),
        (_("Who is to decide"), Path(proposal.path).label),
        (_("Written by"), f"{proposal.written_by_name}, {day(proposal.saved_at)}"),
    ]
    if proposal.amount is not None:
        sums = {"sum": kronor(proposal.amount), "applied": kronor(about.requested or 0)}
        told_sum = _("%(sum)s of %(applied)s applied for") % sums if about.requested is not None else sums["sum"]
        rows.insert(1, (_("Sum"), told_sum))
    return rows


def told(decision: Decision, actor: Any, case: Any) -> dict[str, Any]:
    """A decision as the page tells it, with the steps of its track."""
    track = decision.track
    state = DECISION.state(track.state)
    notice = track.announcements.first()
    rows = [
        (_("Outcome"), Outcome(decision.outcome).label),
        (_("Decided"), day(decision.decided_on)),
        (_("By"), by_whom(decision)),
        (_("Frozen text"), decision.text_sha256[:16] + " …"),
    ]
    if decision.amount is not None:
        rows.insert(1, (_("Sum"), kronor(decision.amount)))
    rows += [(_("Rests on"), review_told(kept)) for kept in decision.reviews.all()]
    if notice:
        rows += [(_("Announced"), day(notice.announced_on)), (_("Last day of appeal"), day(notice.last_day))]
        rows.append((_("Legal force, computed"), day(notice.force_from)))
    held = {role.value for role in actor.roles_in(case.district_id)}
    own = [row for row in DECISION.rows_from(track.state) if row.form]
    forms = {row.form: row for row in own}.values()  # one form may serve several rows
    mine = [{"row": row, "url": reverse(row.form, args=[decision.key])} for row in forms if held & set(row.who)]
    others = [{"label": row.label, "who": who_may(row.who)} for row in forms if not (held & set(row.who) or row.minor)]
    registers = actor.may(Permission.REGISTER_ANNOUNCEMENT, case.district_id)
    return {
        "decision": decision,
        "state": state,
        "rows": rows,
        "steps": mine,
        "others": others,
        "take_down": registers and notice and not notice.taken_down_on and track.state != "announced",
    }


def review_told(kept: DecisionReview) -> str:
    """A review as the decision rested on it: which list, when it was signed and under what hash, and where to look."""
    version, signed = kept.review.version, kept.review.completed_at
    told_ = _("%(list)s, version %(version)s, signed %(day)s (%(hash)s …)") % {
        "list": definition_of(version).name,
        "version": version.number,
        "day": day(clock.stockholm(signed).date()) if signed else "",
        "hash": kept.digest[:12],
    }
    if not kept.adverse:
        return told_
    return _("%(review)s; look at %(codes)s") % {"review": told_, "codes": ", ".join(kept.adverse)}


def by_whom(decision: Decision) -> str:
    if decision.board_item_id:
        return _("%(body)s, § %(paragraph)s") % {
            "body": decision.get_body_display(),
            "paragraph": decision.paragraph,
        }
    rule = _("delegation %(rule)s") % {"rule": decision.delegation_rule}
    return f"{frozen(decision)['names']['decided']}, {rule}"


class DecideProposalView(StepPage):
    """Shows exactly what is decided, by what right and what follows; then decides."""

    template = "decisions/decide_proposal.html"
    form_class = ConfirmForm
    tab = "decision"
    title = gettext_lazy("Decide")
    done = gettext_lazy("The decision is made and its text is frozen.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        CasePage.load(self, key)
        proposal = selectors.open_proposal(self.case.pk, subject_of(self.case).matter)
        if proposal is None:
            raise self.nothing_to_decide()
        self.proposal: Proposal = proposal
        self.about = subject_of(self.case).describe(self.case)
        self.action = action_of(self.case, proposal)
        super().load(key, **kwargs)
        if self.row.form != "decide-proposal":
            raise NotNow(_("The case lies with the board; its secretary registers what the board decided."))

    def nothing_to_decide(self) -> NotNow:
        """Why there is no proposal: it was decided a moment ago, perhaps in another window, or nobody wrote one."""
        if selectors.in_force(self.case.pk, subject_of(self.case).matter) is not None:
            return NotNow(_("The case is decided already. The decision stands under the tab Decision."), code="decided")
        return NotNow(_("There is no proposal to decide on. The officer writes it first."), code="no_proposal")

    def form(self, data: Any = None, files: Any = None) -> ConfirmForm:
        form = ConfirmForm(data, initial=self.initial())
        form.submit_label = self.row.label
        return form

    def initial(self) -> dict[str, Any]:
        return {"version": self.case.version, "proposal_version": self.proposal.version}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        decide(
            case=self.case,
            proposal=self.proposal,
            actor=self.actor,
            expected_version=values["version"],
            seen_proposal=values["proposal_version"] or 0,
            key=values["idempotency_key"],
        )

    def done_url(self) -> str:
        return reverse("show-decisions", args=[self.case.key])

    def context(self) -> dict[str, Any]:
        letter = preview(self.case, self.proposal, self.about, on=clock.today())
        power = guards.delegation_answer(self.move(), self.proposal)
        return super().context() | {
            "rows": [*rows_of(self.proposal, self.about), *self.right(power)],
            "effects": self.effects(power),
            "letter": marked(letter, letter) if letter else None,
        }

    def show_stale(self, form: Any, error: Any) -> HttpResponse:
        """The proposal as it reads now; deciding on it is a new, deliberate submit."""
        data = form.data.copy()
        self.load(**self.kwargs)
        data["proposal_version"] = str(self.proposal.version)
        form.data = data
        return super().show_stale(form, error)

    def right(self, power: Any) -> list[tuple[Any, Any]]:
        if not isinstance(power, Entry):
            return []
        reported = Reported(power.reported).label
        return [(_("By what right"), _("delegation %(rule)s") % {"rule": power.rule}), (_("Then"), reported)]

    def effects(self, power: Any) -> list[str]:
        name = self.case.association.name if self.case.association_id else self.about.name
        state = kind_of(self.case).workflow.state(str(self.row.target))
        told_ = [
            _("The decision's text is frozen with a checksum. After that nobody can change it."),
            _("The case becomes “%(state)s”.") % {"state": state.label},
            _("The letter to %(name)s is made as PDF from the frozen text.") % {"name": name},
            _("Nothing is mailed: the letter goes by post or is read after sign-in."),
        ]
        if isinstance(power, Entry) and power.reported == Reported.REPORTED:
            meeting = selectors.next_board_meeting(self.case.district_id, clock.today())
            if meeting:
                told_.append(_("It is put on the list of the board's meeting %(day)s.") % {"day": day(meeting.date)})
            else:
                told_.append(_("It waits for the board's next meeting; none is entered yet."))
        # What other rooms do with the decision, in their own words: a payment is planned.
        told_ += [str(promises[one]) for one in self.row.then if one != "decision.record" and one in promises]
        told_.append(_("The appeal time starts when the approved minutes are announced, not today."))
        return told_


class ShowLetterView(Page):
    """The letter on A4, exactly as it was frozen."""

    permission = Permission.SEE_CASES

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        decisions: Any = Decision.objects.select_related("case__association", "letter__file", "district")
        self.decision = decisions.for_user_or_404(self.actor, self.permission, key=key)
        # A conflict of interest hides the case, and with it the letter.
        type(self.decision.case)._default_manager.for_user_or_404(self.actor, self.permission, pk=self.decision.case_id)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        letter = frozen(self.decision)[LETTER]
        file = self.decision.letter.file if hasattr(self.decision, "letter") else None
        return render(
            request,
            "decisions/show_letter.html",
            {
                "decision": self.decision,
                "case": self.decision.case,
                "letter": marked(letter, letter),
                "intact": is_intact(self.decision),
                "file": file,
            },
        )
