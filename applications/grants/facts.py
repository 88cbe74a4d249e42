"""What the register and the application already say about a question: suggestions that a person confirms.

Each provider answers for one question, or not at all (docs/domain.md §3; design §5). Only facts, never a judgment: an
A13–A18 question has no provider.
"""

import uuid
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from applications.associations.choices import LegalForm
from applications.associations.models import Association
from applications.cases.models import Case, CaseReview, JavDeclaration, JavRuling, Recusal
from applications.grants.conflict import conflict_value
from applications.grants.known import known_of
from applications.grants.models import GrantApplication
from applications.grants.programmes.rules.departures import CaseFacts
from applications.grants.programmes.rules.earlier import Earlier, report_reason
from applications.grants.programmes.rules.sums import sum_reasons
from applications.grants.programmes.terms.programme import ProgrammeTerms
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.selectors import missing_attachments
from checklists.facts import Fact
from checklists.models import Review, Source
from checklists.rules.definition import Value
from vetting.kernel import clock
from vetting.kernel.workdays import months_after
from vetting.kernel.workflow import facts

OWNER = "applications.grants"


def association_of(review: Review) -> Association | None:
    if not review.subject.startswith("association:"):
        return None
    return Association.objects.filter(key=_key(review)).first()


def application_of(review: Review) -> GrantApplication | None:
    if not review.subject.startswith("application:"):
        return None
    query: Any = GrantApplication.objects.select_related("association", "round__programme_version")
    found: GrantApplication | None = query.filter(key=_key(review)).first()
    return found


def _key(review: Review) -> uuid.UUID:
    return uuid.UUID(review.subject.split(":", 1)[1])


def own_legal_person(review: Review) -> Fact | None:
    """A1: the number's check digit is right (no other is stored) and the register states the form of an association."""
    found = association_of(review)
    if found is None or found.legal_form != LegalForm.NONPROFIT:
        return None
    return Fact(value=Value.YES, as_of=_confirmed(found), url=_page(found), reference=found.orgnr_shown)


def old_enough(review: Review) -> Fact | None:
    """A2: registered for as long as the programme of the review's newest case demands."""
    found = association_of(review)
    link = CaseReview.objects.filter(review=review).standing().order_by("-id").first()
    if found is None or found.registered_date is None or link is None:
        return None
    query: Any = GrantApplication.objects.select_related("round__programme_version")
    terms = terms_of(query.get(pk=link.case_id).round.programme_version)
    years = max(terms.applicants.registered_years or 0, terms.applicants.min_years_active or 0)
    if not years or months_after(found.registered_date, 12 * years) > clock.today():
        return None if not years else Fact(value=Value.NO, as_of=_confirmed(found), url=_page(found))
    return Fact(value=Value.YES, as_of=_confirmed(found), url=_page(found))


def own_giro(review: Review) -> Fact | None:
    """A7: an account that a second person confirmed as the association's own is in use."""
    found = association_of(review)
    account = found and found.giro_accounts.filter(confirmed_at__isnull=False, ended_at__isnull=True).first()
    if not found or not account or account.confirmed_at is None:
        return None
    return Fact(value=Value.YES, as_of=clock.stockholm(account.confirmed_at).date(), url=_page(found))


def papers_whole(review: Review) -> Fact | None:
    """A8: everything the programme asks for at this sum is there, and not too old. Whether signed, a person sees."""
    application = application_of(review)
    if application is None or missing_attachments(application, application.documents.all()):
        return None
    return Fact(value=Value.YES, as_of=clock.today(), url=reverse("show-case", args=[application.key]) + "#bilagor")


def earlier_reported(review: Review) -> Fact | None:
    """A9: from the district's earlier grants to the association and their reports. Debts are not known here yet.

    A report that is missing after its day, by the decision or by the programme, is named; one that has come and whose
    case is not closed lies to be approved; while its day has not come the register says nothing.
    """
    application = application_of(review)
    if application is None:
        return None
    known, today = known_of(application), clock.today()
    terms = terms_of(application.round.programme_version)
    open_now = [one for one in known.earlier if one.granted and one.settled_on is None]
    late = [one for one in open_now if one.owes_report(today) or owes_by_programme(terms, known, one)]
    if late:
        return _about_report(late[0], Value.NO, "report_overdue")
    if lying := [one for one in open_now if one.reported_on is not None]:
        return _about_report(lying[0], Value.NO, "report_under_review")
    return Fact(value=Value.YES, as_of=today) if not open_now else None


def owes_by_programme(terms: ProgrammeTerms, known: CaseFacts, earlier: Earlier) -> bool:
    """The programme's own day for the report has passed, and it has not come."""
    came = known.came_on or known.today
    reason = report_reason(terms, [earlier], closes_on=known.closes_on, applied_on=came, today=known.today)
    return reason is not None and earlier.reported_on is None


def _about_report(earlier: Earlier, value: Value, circumstance: str) -> Fact:
    return Fact(
        value=value,
        as_of=clock.today(),
        circumstances=frozenset({circumstance}),
        reference=earlier.number,
        url=reverse("show-case", args=[earlier.key]),
    )


def other_support(review: Review) -> Fact | None:
    """A11: as the applicant declares; a declared supporter is a yes to look at."""
    application = application_of(review)
    if application is None or application.other_support is None:
        return None
    value = Value.YES if application.other_support else Value.NO
    return Fact(value=value, as_of=application.received_date or clock.today())


def over_the_ceiling(review: Review) -> Fact | None:
    """A22: that the sum applied for lies over the ceiling. Whether the budget is reasonable only a person can say."""
    application = application_of(review)
    if application is None or application.applied_amount is None:
        return None
    terms = terms_of(application.round.programme_version)
    reasons = sum_reasons(terms, application.applied_amount, application.form_code)
    if not any(one.code == "over_cap" for one in reasons):
        return None
    return Fact(
        value=Value.UNCLEAR,
        as_of=application.received_date or clock.today(),
        source=Source.APPLICATION,
        circumstances=frozenset({"over_cap"}),
        url=reverse("show-case", args=[application.key]) + "#krav",
    )


def free_from_conflict(review: Review) -> Fact | None:
    """A24, which only the system answers: from what each person declared in the case (KL 6:28–32). One query."""
    case = _case_with_declarations(review)
    if case is None:
        return None
    declared = [(row["user"], row["answer"], datetime.fromisoformat(row["at"])) for row in case.declared]
    rulings = [(row["user"], datetime.fromisoformat(row["at"])) for row in case.rulings]
    value = conflict_value(declared, set(case.out), rulings)
    if value is None:
        return None
    return Fact(value=value, as_of=clock.today(), url=reverse("declare-jav", args=[case.key]))


def _case_with_declarations(review: Review) -> Any:
    """The case with what was declared and ruled in it, oldest first, and who is out."""
    if not review.subject.startswith("application:"):
        return None
    of_case = {"case_id": OuterRef("pk")}
    row = JSONObject(user=F("user_id"), answer=F("answer"), at=F("at"))
    declared = JavDeclaration.objects.filter(**of_case).order_by("id").values(row=row)
    rulings = JavRuling.objects.filter(**of_case).order_by("id").values(row=JSONObject(user=F("user_id"), at=F("at")))
    out = Recusal.objects.filter(**of_case, lifted_at__isnull=True).values("user_id")
    return (
        Case.objects.filter(key=_key(review))
        .annotate(declared=ArraySubquery(declared), rulings=ArraySubquery(rulings), out=ArraySubquery(out))
        .only("key")
        .first()
    )


def _confirmed(association: Association) -> date:
    moment = association.confirmed_at or association.updated_at
    return clock.stockholm(moment).date()


def _page(association: Association) -> str:
    return reverse("show-association", args=[association.key])


PROVIDERS: dict[str, Any] = {
    "A1": own_legal_person,
    "A2": old_enough,
    "A7": own_giro,
    "A8": papers_whole,
    "A9": earlier_reported,
    "A11": other_support,
    "A22": over_the_ceiling,
    "A24": free_from_conflict,
}


def register_all() -> None:
    for question, provider in PROVIDERS.items():
        facts.register(question, provider, owner=OWNER)
