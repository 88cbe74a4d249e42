"""What must hold over the whole database at any time: read by `check_invariants` (design: §2.9)."""

from collections.abc import Iterable

from django.db.models import Count, F, Q

from applications.decisions.freezing import is_intact
from applications.decisions.models import Decision, DecisionLetter, DecisionReview, DecisionTrack
from applications.decisions.workflow import NOT_IN_FORCE


def one_in_force() -> Iterable[str]:
    """At most one decision in force per case and matter."""
    rows = DecisionTrack.objects.exclude(state__in=NOT_IN_FORCE).values("case_id", "matter")
    for row in rows.annotate(count=Count("id")).filter(count__gt=1):
        yield f"case {row['case_id']}: {row['count']} decisions in force on {row['matter']}"


def texts_frozen() -> Iterable[str]:
    """Every decision's text still gives its hash."""
    for decision in Decision.objects.order_by("id").iterator(chunk_size=500):
        if not is_intact(decision):
            yield f"decision {decision.key}: the frozen text does not match its hash"


def letters_of_frozen_texts() -> Iterable[str]:
    """A letter carries its decision's hash."""
    wrong = DecisionLetter.objects.exclude(text_sha256__in=Decision.objects.values("text_sha256"))
    for letter in wrong.select_related("decision"):
        yield f"decision {letter.decision.key}: its letter was made of another text"


def replaced_have_followers() -> Iterable[str]:
    """A decision called replaced has one that points at it."""
    lonely = DecisionTrack.objects.filter(Q(state="corrected"), decision__corrected_by__isnull=True)
    for track in lonely.select_related("decision"):
        yield f"decision {track.decision.key}: replaced by none"


def reviews_as_signed() -> Iterable[str]:
    """Each review a decision rests on is still signed, in the revision it was decided on."""
    moved = DecisionReview.objects.exclude(review__state="complete", review__revision=F("revision"))
    for kept in moved.select_related("decision"):
        yield f"decision {kept.decision.key}: review {kept.review_id} was changed after it"


INVARIANTS = {
    "decisions.reviews": reviews_as_signed,
    "decisions.one_in_force": one_in_force,
    "decisions.texts_frozen": texts_frozen,
    "decisions.letters": letters_of_frozen_texts,
    "decisions.replaced": replaced_have_followers,
}
