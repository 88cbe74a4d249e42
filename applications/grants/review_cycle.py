"""The reviews of a grant case over its steps: opened with the formal check, signed, opened again when sent back.

A grant case rests on a review of the association (reused within the district) and one of the application
(docs/domain.md §3; design: Reviews).
"""

from collections import OrderedDict
from datetime import datetime
from typing import Any

from applications.cases import panels
from applications.cases.models import CaseReview, ReviewPart
from applications.cases.services.open_reviews_again import open_reviews_again
from applications.grants.conflict import conflict_value
from applications.grants.programmes.rules.review import asked_questions, least_looked_at, rule_flags
from applications.grants.programmes.terms.stored import terms_of
from checklists.models import Answer, Review
from checklists.rules.findings import Verdict
from checklists.rules.review import AnswerView, is_typed
from checklists.rules.verdict import verdict
from checklists.selectors.light import light_reviews
from checklists.selectors.reviews import materials
from checklists.selectors.versions import definition_of, version_on
from checklists.services.complete_review import complete_review
from checklists.services.open_review import open_review
from checklists.services.prefill_review import prefill_review
from vetting.accounts.actors import system_actor
from vetting.kernel.workflow import Move

SYSTEM = system_actor("grants")
PARTS = (ReviewPart.ASSOCIATION, ReviewPart.APPLICATION)


def subject_of(case: Any, part: str) -> str:
    """The opaque key under which the checklist knows what is reviewed."""
    key = case.association.key if part == ReviewPart.ASSOCIATION else case.key
    return f"{part}:{key}"


def reviews_of(case: Any) -> list[Review]:
    """The reviews the case rests on now, association first; one query."""
    links = CaseReview.objects.filter(case_id=case.pk).standing()
    return [link.review for link in links.select_related("review__version", "review__district")]


def open_reviews(move: Move) -> None:
    """Effect `grant.open_reviews`: both reviews, with what the programme version asks of the lists in force.

    What the register and the district's last review know is fetched as suggestions; a person confirms each.
    """
    case = move.subject
    terms = terms_of(case.round.programme_version)
    for part in PARTS:
        definition = definition_of(version_on(part.value, move.today))
        asked = asked_questions(terms, definition.by_code)
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


def suggest_again(move: Move) -> None:
    """Effect `grant.suggest_again`: what has come in since may answer a question that is still open."""
    fetch_suggestions(move.subject)


def fetch_suggestions(case: Any) -> None:
    """Into the reviews that are open; what says the same as before is not stored again."""
    for review in reviews_of(case):
        if review.is_open:
            prefill_review(review=review, actor=SYSTEM, case=case.key)


def complete_reviews(move: Move) -> None:
    """Effect `grant.complete_reviews`: the person who submits signs what is still open."""
    for review in reviews_of(move.subject):
        if review.is_open:
            complete_review(review=review, actor=move.actor, case=move.case.key)


def reopen_reviews(move: Move) -> None:
    """Effect `grant.reopen_reviews`: sent back, so that answers can be changed; the step's comment says why.

    What a decision or another case rests on stays signed; the case then gets a fresh review (docs/adr/0016).
    """
    open_reviews_again(case=move.case, actor=SYSTEM, why=move.comment or str(move.row.label))


def states_of(case: Any) -> list[str]:
    """The states of the case's reviews: of a page's case they are known, else asked for."""
    named = panels.column(case, "reviews") if hasattr(case, f"{panels.PREFIX}reviews") else None
    return [review.state for review in reviews_of(case)] if named is None else [one["state"] for one in named]


def answerers_of(case: Any) -> set[str]:
    """The references of all who answered in the case's reviews, answers that were changed since included."""
    if hasattr(case, f"{panels.PREFIX}reviews"):
        return {actor for one in panels.column(case, "reviews") for actor in one["by"]}
    links = CaseReview.objects.filter(case_id=case.pk).standing().order_by().values("review")
    return set(Answer.objects.filter(review__in=links).values_list("actor", flat=True).distinct())


def verdicts_on(move: Move) -> list[Verdict]:
    """What the case's reviews say now; computed once per loaded case."""
    return verdicts_of(move.subject)


def verdicts_of(case: Any) -> list[Verdict]:
    """The reviews' verdicts, association first. On a page the case names its reviews, and one query is enough."""
    known: list[Verdict] | None = vars(case).get("_verdicts")
    if known is None:
        named = panels.column(case, "reviews") if hasattr(case, f"{panels.PREFIX}reviews") else None
        known = vars(case)["_verdicts"] = _whole(case) if named is None else _on_a_page(case, named)
    return known


def _whole(case: Any) -> list[Verdict]:
    return [verdict(one.view) for one in materials(reviews_of(case))]


_signed: OrderedDict[tuple[int, int], Verdict] = OrderedDict()
KEPT = 2_000  # verdicts of signed reviews kept per process


def _on_a_page(case: Any, named: list[dict[str, Any]]) -> list[Verdict]:
    """Signed reviews cannot change without a new revision (the database holds them to it): their verdicts are kept."""
    wanted = [one["pk"] for one in named if (one["pk"], one["revision"]) not in _signed or one["state"] != "complete"]
    fresh = light_reviews(wanted, _by_system(case)) if wanted else {}
    found = []
    for one in named:
        key = (one["pk"], one["revision"])
        said = verdict(fresh[one["pk"]].view) if one["pk"] in fresh else _signed[key]
        if one["state"] == "complete":
            _signed[key] = said
        found.append(said)
    while len(_signed) > KEPT:
        _signed.popitem(last=False)
    return found


def _by_system(case: Any) -> dict[str, AnswerView]:
    """A24 from what the page has loaded of declarations, rulings and recusals."""
    declared = [(one["user"], one["answer"], _moment(one["at"])) for one in case.declarations]
    out = {one["user"] for one in case.recusals_now}
    value = conflict_value(declared, out, [(one["user"], _moment(one["at"])) for one in case.rulings])
    if value is None:
        return {}
    at = min(at for _user, _answer, at in declared)
    return {"A24": AnswerView("A24", value, at, at)}


def _moment(text: Any) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) else text


def questions_of(case: Any) -> list[tuple[str, str]]:
    """(code, "A13 short text") of every question the case's reviews ask, for choosing a scope."""
    found = []
    for review in reviews_of(case):
        by_code = definition_of(review.version).by_code
        found += [(code, f"{code} {by_code[code].short}") for code in review.asked if is_typed(by_code[code])]
    return found
