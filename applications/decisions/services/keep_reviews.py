"""What a decision rested on is written down with it: each signed review, its revision and what it said."""

from applications.decisions.choices import Outcome
from applications.decisions.models import Decision, DecisionReview
from applications.decisions.subjects import subject_of
from checklists.models.review import ChangeKind, ReviewChange
from vetting.kernel.workflow import Move

UNREVIEWED = frozenset({Outcome.DISMISSED, Outcome.STRUCK})  # rest on no review (docs/domain.md §6.2 F1)


def keep_reviews(move: Move, decision: Decision) -> None:
    """One row per review, in the decision's own transaction; a decision that was not made on the merits rests on none.

    The database refuses a review that is not signed, and the decision when one of its case's reviews is left out.
    """
    if decision.outcome in UNREVIEWED:
        return
    found = {one.review_id: one for one in subject_of(move.case).reviews(move.subject)}
    signed = ReviewChange.objects.filter(review_id__in=found, kind=ChangeKind.COMPLETED).order_by("id")
    newest = {change.review_id: change for change in signed}
    DecisionReview.objects.bulk_create(
        DecisionReview(
            decision=decision,
            review_id=review,
            revision=change.revision,
            digest=change.digest,
            adverse=list(found[review].adverse),
            stops=list(found[review].stops),
        )
        for review, change in sorted(newest.items())
    )
