"""Many cases to one officer: chosen in the queue, looked over on a check page, done in one go."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.cases.assigning import QUEUE, queues
from applications.cases.forms.assigning import AssignManyForm
from applications.cases.selectors.assigning import assignment_plan, chosen_cases
from applications.cases.services.assign import ANY_OFFICER, GONE, HAS_IT, STALE, Assigned, assign_many
from vetting.accounts.form_page import UNPROCESSABLE
from vetting.accounts.models import User
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import text

NAMED = 5  # so many cases are named in a message; the others are counted


class AssignCasesView(Page):
    """/arenden/tilldela/?<the queue's filters>: POST from the queue shows the check page, `confirm` does it.

    What cannot be checked yet (nothing chosen, nobody to assign to) goes back to the queue with all that was chosen,
    and so does `change`. A GET, such as a filter followed from there, is the queue's.
    """

    permission = Permission.ASSIGN_CASES
    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(self.queue_url())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AssignManyForm(request.POST, districts=self.actor.districts_with(Permission.SEE_CASES))
        valid = form.is_valid()
        if "change" in request.POST:
            return queues[QUEUE](request, _unjudged(form), 200)
        if not valid:
            return queues[QUEUE](request, form, UNPROCESSABLE)
        if "confirm" in request.POST:
            return self.assign(form)
        return self.check(form)

    def check(self, form: AssignManyForm) -> HttpResponse:
        plan = assignment_plan(self.actor, form.cleaned_data["case"], form.cleaned_data["officer"])
        context = {
            "plan": plan,
            "key": uuid.uuid4(),
            "queue_url": self.queue_url(),
            "trail": [{"label": _("Cases"), "url": self.queue_url()}, {"label": _("Assign cases")}],
        }
        return render(self.request, "cases/assign_cases.html", context)

    def assign(self, form: AssignManyForm) -> HttpResponse:
        keys, officer = form.cleaned_data["case"], form.cleaned_data["officer"]
        cases = chosen_cases(self.actor, keys)
        outcomes = assign_many(
            cases=cases,
            officer=officer,
            actor=self.actor,
            seen=_ids(form.seen()),
            key=form.cleaned_data["idempotency_key"],
        )
        self.tell(officer, outcomes, missing=len(keys) - len(cases))
        return HttpResponseRedirect(self.queue_url())

    def queue_url(self) -> str:
        query = self.request.GET.urlencode()
        return reverse("list-cases") + (f"?{query}" if query else "")

    def tell(self, officer: User, outcomes: Sequence[Assigned], *, missing: int) -> None:
        """What was done, and what was not and why."""
        number = sum(outcome.changed for outcome in outcomes)
        if number:
            said = ngettext(
                "One case is assigned to %(name)s.", "%(number)s cases are assigned to %(name)s.", number
            ) % {"name": officer.name, "number": text.number(number)}
            messages.success(self.request, said)
        else:
            messages.warning(self.request, _("No case was assigned."))
        for reason, numbers in left_as_they_were(officer, outcomes, missing):
            messages.warning(self.request, f"{numbers}: {reason}")


def left_as_they_were(officer: User, outcomes: Iterable[Assigned], missing: int) -> list[tuple[str, str]]:
    """(why, which cases) for those that stayed as they were; what one may not see is only counted."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.changed and outcome.code != GONE:
            by_code[outcome.code].append(outcome.number or _("no number yet"))
    missing += sum(outcome.code == GONE for outcome in outcomes)
    found = [(_why(code, officer), _named(numbers)) for code, numbers in by_code.items()]
    if missing:
        count = ngettext("One case", "%(number)s cases", missing) % {"number": text.number(missing)}
        found.append((_("not there any more, or closed to you."), count))
    return found


def _why(code: str, officer: User) -> str:
    said = {
        "closed": _("The case is closed, so nobody needs to handle it."),
        "not_an_officer": _("%(name)s has no role in this district that lets them handle the case."),
        "jav_out": _("%(name)s is locked out of this case by a conflict of interest."),
        HAS_IT: _("%(name)s handles the case already."),
        STALE: _("Somebody else has assigned the case in the meantime. Look at who has it now."),
        "may_not": _("You may not assign the cases of this district."),
    }
    return said[code] % {"name": officer.name}


def _named(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:NAMED])
    more = len(numbers) - NAMED
    return _("%(cases)s and %(number)s more") % {"cases": shown, "number": text.number(more)} if more > 0 else shown


def _ids(seen: dict[uuid.UUID, str]) -> dict[uuid.UUID, int | None]:
    """Who had each case, by the person's id; somebody unknown had none of them."""
    known = {str(key): pk for key, pk in User.objects.filter(key__in=_keys(seen.values())).values_list("key", "pk")}
    return {case: known.get(had, ANY_OFFICER) if had else None for case, had in seen.items()}


def _keys(values: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for value in set(values):
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return found


def _unjudged(form: AssignManyForm) -> AssignManyForm:
    """The same choices without a word about them: the person only wants to choose anew."""
    form.errors.clear()
    return form
