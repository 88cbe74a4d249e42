"""The reviews of a rental case: the association's, reused within the district, and the event's own (docs/domain.md §3).

Of an association A12a and A13–A19 are asked, in the part that concerns premises (L14). A private person is not
reviewed: the terms are signed for the event.
"""

from datetime import date
from typing import Any

from applications.cases.models import CaseReview, ReviewPart
from applications.cases.services.open_reviews_again import open_reviews_again
from applications.rentals.assessment import Event
from applications.rentals.dates import price_of_dates, terms_of, wishes_of
from checklists.definitions import shipped_definition
from checklists.models import Review, ReviewState
from checklists.rules.findings import Verdict
from checklists.rules.verdict import verdict
from checklists.selectors.reviews import materials
from checklists.services.complete_review import complete_review
from checklists.services.open_review import open_review
from checklists.services.prefill_review import prefill_review
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.workdays import months_after
from vetting.kernel.workflow import Move

SYSTEM = system_actor("rentals")
OF_PREMISES = ("A12a", "A13", "A14", "A15", "A16", "A17", "A18", "A19")


def reviews_of(case: Any) -> list[Review]:
    """The reviews the case rests on now; one query."""
    links = CaseReview.objects.filter(case_id=case.pk).standing()
    return [link.review for link in links.select_related("review__version", "review__district")]


def clearing_review(case: Any, on: date | None = None) -> Review | None:
    """The association's signed review in the district, young enough to be used again and asking what premises ask."""
    if not case.association_id:
        return None
    months = shipped_definition("association").reuse_months
    since = months_after(on or clock.today(), -months)
    found = Review.objects.filter(
        district_id=case.district_id,
        template="association",
        subject=f"association:{case.association.key}",
        state=ReviewState.COMPLETE,
        completed_at__gte=clock.midnight(since),
    )
    asks = {one.pk for one in found if set(OF_PREMISES) <= set(one.asked)}
    rows = found.filter(pk__in=asks).select_related("version", "district")
    return rows.order_by("-completed_at", "-id").first()


def event_of(case: Any) -> Event:
    """The event as the rule on assessment sees it. Computed once per loaded case."""
    known: Event | None = vars(case).get("_event")
    if known is None:
        known = vars(case)["_event"] = _event(case)
    return known


def _event(case: Any) -> Event:
    terms = terms_of(case)
    return Event(
        is_person=not case.association_id,
        cleared=clearing_review(case) is not None,
        openness=case.openness,
        circumstances=frozenset(case.circumstances),
        rules_on=terms.rules_on,
        unclear=case.unclear,
        dates=len(wishes_of(case)),
        paid=bool(price_of_dates(case)),
        rented_in=case.venue.rented_in,
        sub_organiser=bool(case.sub_organiser),
    )


def open_reviews(move: Move) -> None:
    """Effect `rental.open_reviews`: the association's review where none is young enough, and the event's own."""
    case = move.subject
    event = event_of(case)  # as it was before a review is linked
    if case.association_id:
        young = clearing_review(case)
        _link(move, young or _open(move, "association", f"association:{case.association.key}", asked=OF_PREMISES))
    flags = ["special_circumstances_rules"] if event.circumstances & event.rules_on else []
    _link(move, _open(move, "event", f"event:{case.key}", rule_flags=flags), prefill_now=True)


def _open(move: Move, template: str, subject: str, **terms: Any) -> Review:
    standing = Review.objects.filter(
        district=move.subject.district, template=template, subject=subject, state=ReviewState.OPEN
    ).first()
    if standing is not None and set(terms.get("asked", ())) <= set(standing.asked):
        return standing  # another matter's review of the same association asks all that is asked here
    return open_review(
        district=move.subject.district,
        template=template,
        subject=subject,
        actor=move.actor,
        reference=move.subject.number,
        case=move.subject.key,
        **terms,
    )


def _link(move: Move, review: Review, *, prefill_now: bool = False) -> None:
    part = ReviewPart.ASSOCIATION if review.template == "association" else ReviewPart.EVENT
    _row, new = CaseReview.objects.get_or_create(
        case_id=move.subject.pk, review=review, defaults={"part": part, "linked_at": move.at}
    )
    if prefill_now and new and review.is_open:
        prefill_review(review=review, actor=move.actor, case=move.subject.key)  # facts about the case just linked


def complete_reviews(move: Move) -> None:
    """Effect `rental.complete_reviews`: the person who takes the step signs what is still open.

    Who decides a deviation answers no questions: what others have answered is then locked by the system.
    """
    signs = move.actor.may(Permission.ANSWER_CHECKLIST, move.case.district_id)
    for review in reviews_of(move.subject):
        if review.is_open:
            complete_review(review=review, actor=move.actor if signs else SYSTEM, case=move.case.key)


def reopen_reviews(move: Move) -> None:
    """Effect `rental.reopen_reviews`: what this case opened is opened again; a review it only reuses stays signed."""
    own = {review.key for review in reviews_of(move.subject) if review.reference == move.subject.number}
    open_reviews_again(case=move.case, actor=SYSTEM, why=move.comment or str(move.row.label), only=own)


def verdicts_on(move: Move) -> list[Verdict]:
    """What the case's reviews say now; computed once per loaded case."""
    return verdicts_of(move.subject)


def verdicts_of(case: Any) -> list[Verdict]:
    """The reviews' verdicts, association first; read once per loaded case."""
    known: list[Verdict] | None = vars(case).get("_verdicts")
    if known is None:
        known = vars(case)["_verdicts"] = [verdict(one.view) for one in materials(reviews_of(case))]
    return known
