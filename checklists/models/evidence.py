"""Evidence cards and what happened to them afterwards. Source: docs/domain.md §3.3, §2.3, §4.4."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from checklists.models.review import Review
from checklists.models.rows import ReviewRow
from checklists.rules.evidence import ActorRole, Capacity, Shows, SourceClass
from vetting.files.models import StoredFile

STORED_SHOWS = [one.value for one in Shows if one != Shows.UMBRELLA]


class Evidence(ReviewRow):
    """A card: what shows it, of which class, seen by whom when. Title, place, excerpt and reliability are its payload.

    What speaks the other way, what was sent to the party and what it answered are `EvidenceNote` rows.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="evidence")
    question = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()  # counts within the review: "Underlag 2"
    shows = models.CharField(max_length=12, choices=[(one, one) for one in STORED_SHOWS])
    source_class = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in SourceClass])
    happened_on = models.DateField(null=True)  # the day of the act or the document
    captured_on = models.DateField()  # the day it was seen or fetched
    actor_role = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ActorRole], blank=True)
    capacity = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Capacity], blank=True)
    names_representative = models.BooleanField(default=False)  # creates the duty to inform the person (§4.4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    # Carried into a review that stands in the place of another: the card as it was first made, and as it was heard.
    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="checklists_evidence_number"),
            models.CheckConstraint(name="checklists_evidence_class", condition=Q(source_class__range=(1, 6))),
            models.CheckConstraint(name="checklists_evidence_shows", condition=Q(shows__in=STORED_SHOWS)),
            models.CheckConstraint(
                name="checklists_evidence_act_by_whom",
                condition=~Q(shows="act") | (~Q(actor_role="") & ~Q(capacity="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} #{self.number}"


class NoteKind(models.TextChoices):
    COUNTER = "counter", "counter"  # what speaks the other way, or why there is nothing
    SENT = "sent", "sent"  # sent to the party, with the last day for an answer
    REPLY = "reply", "reply"
    WITHDRAWN = "withdrawn", "withdrawn"


class EvidenceNote(ReviewRow):
    """What happened to a card after it was made. The text is its payload."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    on = models.DateField()
    answer_by = models.DateField(null=True)  # kind sent: the party's last day
    found = models.BooleanField(null=True)  # kind counter: something speaks the other way
    confirms = models.BooleanField(null=True)  # kind reply: the party's own answer confirms the fact

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            models.CheckConstraint(
                name="checklists_note_kind",
                condition=Q(kind="counter", found__isnull=False, confirms__isnull=True, answer_by__isnull=True)
                | Q(kind="sent", found__isnull=True, confirms__isnull=True)
                | Q(kind="reply", found__isnull=True, confirms__isnull=False, answer_by__isnull=True)
                | Q(kind="withdrawn", found__isnull=True, confirms__isnull=True, answer_by__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["evidence"], condition=Q(kind="withdrawn"), name="checklists_note_withdrawn_once"
            ),
            models.CheckConstraint(name="checklists_note_text", condition=Q(kind="sent") | Q(payload_id__isnull=False)),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["evidence", "id"], name="checklists_note_line")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.kind}"
