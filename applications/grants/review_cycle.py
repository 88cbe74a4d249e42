"""The reviews of a grant case over its steps: opened with the formal check, signed, opened again when sent back.

A grant case rests on a review of the association (reused within the district) and one of the application
(docs/domain.md §3; design: Reviews).
"""

from collections import OrderedDict
from typing import Any

from applications.cases.models import CaseReview, ReviewPart
from applications.grants.programmes.rules.review import asked_questions, least_looked_at, rule_flags
from applications.grants.programmes.terms.stored import terms_of
from checklists.definitions import shipped_definition
from checklists.models import Review
from checklists.rules.findings import Verdict
from checklists.rules.review import is_typed
from checklists.rules.verdict import verdict
from checklists.selectors.reviews import materials
from checklists.selectors.versions import definition_of
from checklists.services.complete_review import complete_review
from checklists.services.open_review import open_review
from checklists.services.prefill_review import prefill_review
from checklists.services.reopen_review import reopen_review
from vetting.accounts.actors import system_actor
from vetting.kernel.workflow import Move

SYSTEM = system_actor("grants")
PARTS = (ReviewPart.ASSOCIATION, ReviewPart.APPLICATION)


def subject_of(case: Any, part: str) -> str:
    """The opaque key under which the checklist knows what is reviewed."""
    key = case.association.key if part == ReviewPart.ASSOCIATION else case.key
    return f"{part}:{key}"


def reviews_of(case: Any) -> list[Review]:
    """The case's reviews, association first; one query."""
    links = CaseReview.objects.filter(case_id=case.pk).select_related("review__version", "review__district")
    return [link.review for link in links.order_by("id")]


def open_reviews(move: Move) -> None:
    """Effect `grant.open_reviews`: both reviews, with the questions and demands of the round's programme version.

    What the register and the district's last review know is fetched as suggestions; a person confirms each.
    """
    case = move.subject
    terms = terms_of(case.round.programme_version)
    wanted = asked_questions(terms)
    for part in PARTS:
        definition = shipped_definition(part.value)
        asked = [code for code in wanted if code in definition.by_code]
        if not asked:
            continue
        known = {flag.code for flag in definition.rule_flags}
        review = open_review(
            district=case.district,
            template=part.value,
            subject=subject_of(case, part),
            actor=move.actor,
            reference=case.number,
            asked=asked,
            rule_flags=sorted(rule_flags(terms) & known),
            least_looked_at=sorted(least_looked_at(terms)) or None,
            case=case.key,
        )
        CaseReview.objects.get_or_create(case_id=case.pk, review=review, defaults={"part": part, "linked_at": move.at})
        prefill_review(review=review, actor=move.actor, case=case.key)  # some facts are about the case just linked


def complete_reviews(move: Move) -> None:
    """Effect `grant.complete_reviews`: the person who submits signs what is still open."""
    for review in reviews_of(move.subject):
        if review.is_open:
            complete_review(review=review, actor=move.actor, case=move.case.key)


def reopen_reviews(move: Move) -> None:
    """Effect `grant.reopen_reviews`: sent back, so that answers can be changed; the step's comment says why."""
    for review in reviews_of(move.subject):
        if not review.is_open:
            reopen_review(review=review, actor=SYSTEM, why=move.comment or str(move.row.label), case=move.case.key)


def verdicts_on(move: Move) -> list[Verdict]:
    """What the case's reviews say now; computed once per loaded case."""
    return verdicts_of(move.subject)


def verdicts_of(case: Any) -> list[Verdict]:
    """The reviews' verdicts. A signed review cannot change without being opened again, so its verdict is kept."""
    known: list[Verdict] | None = vars(case).get("_verdicts")
    if known is None:
        reviews = reviews_of(case)
        fresh = [one for one in reviews if one.is_open or (one.pk, one.revision) not in _signed]
        said = {one.review.pk: verdict(one.view) for one in materials(fresh)} if fresh else {}
        for review in reviews:
            if not review.is_open and review.pk in said:
                _remember((review.pk, review.revision), said[review.pk])
        known = vars(case)["_verdicts"] = [said.get(one.pk) or _signed[(one.pk, one.revision)] for one in reviews]
    return known


_signed: OrderedDict[tuple[int, int], Verdict] = OrderedDict()
KEPT = 2_000  # verdicts of signed reviews kept per process


def _remember(key: tuple[int, int], said: Verdict) -> None:
    _signed[key] = said
    while len(_signed) > KEPT:
        _signed.popitem(last=False)


def questions_of(case: Any) -> list[tuple[str, str]]:
    """(code, "A13 short text") of every question the case's reviews ask, for choosing a scope."""
    found = []
    for review in reviews_of(case):
        by_code = definition_of(review.version).by_code
        found += [(code, f"{code} {by_code[code].short}") for code in review.asked if is_typed(by_code[code])]
    return found
