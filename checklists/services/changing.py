"""Changing the review's own row: the record first, then the row, one revision further (the database demands both)."""

from typing import Any

from checklists.models.review import ChangeKind, ReviewChange
from checklists.services.acting import Acting


def change(acting: Acting, kind: ChangeKind, *, why: str = "", digest: str = "", **columns: Any) -> ReviewChange:
    """Writes the record of a change and the changed columns. Called under the review's lock."""
    review = acting.review
    review.revision += 1
    row = ReviewChange.objects.create(
        review=review,
        kind=kind,
        revision=review.revision,
        digest=digest,
        **acting.words({"why": why}),
        **acting.by(),
    )
    for name, value in columns.items():
        setattr(review, name, value)
    review.save(update_fields=["revision", *columns])
    return row
