"""Asking somebody else for facts (docs/domain.md §8.1; FL 8 § 2nd para). The answer is information."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from applications.cases.models.case import Case, Recusal
from vetting.accounts.actors import Actor
from vetting.accounts.models import User
from vetting.accounts.roles import Permission, Role
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel import clock
from vetting.kernel.labels import Label


class Consulted(models.TextChoices):
    """Who is asked. The first two answer on a page of their own, for the others an officer registers the answer."""

    COORDINATOR = "coordinator", "coordinator"
    LAWYER = "lawyer", "lawyer"
    POLICE = "police", "police"
    OTHER_BOARD = "other_board", "other_board"
    OTHER_AUTHORITY = "other_authority", "other_authority"


CONSULTED_LABELS: dict[str, Label] = {
    Consulted.COORDINATOR: Label("Samordnaren", "The coordinator"),
    Consulted.LAWYER: Label("Juristen", "The lawyer"),
    Consulted.POLICE: Label("Polisen", "The police"),
    Consulted.OTHER_BOARD: Label("Annan nämnd", "Another board"),
    Consulted.OTHER_AUTHORITY: Label("Annan myndighet", "Another authority"),
}


class ConsultationQuerySet(ScopedQuerySet["Consultation"]):
    district_field = "case__district_id"

    def put_to(self, actor: Actor) -> Self:
        """Those that await or hold the actor's own answer: asked of a role the actor has, in its district."""
        out = Recusal.objects.filter(user_id=actor.person_id).locked_out_on(clock.today())
        asked = Q(pk__in=[])
        for role in (Role.COORDINATOR, Role.LAWYER):
            districts = [post.district_id for post in actor.posts if post.role == role]
            asked |= Q(asked_of=role.value, case__district_id__in=districts)
        return (
            self.for_user(actor, Permission.ANSWER_CONSULTATION).filter(asked).exclude(case__in=out.values("case_id"))
        )


class Consultation(models.Model):
    """One fact question on a concrete circumstance. At most one is open per case; it ends once (migration 0004).

    The payload holds what the one who is asked sees, and nothing more: circumstance, acts with their sources, question.
    """

    class Ended(models.TextChoices):
        ANSWERED = "answered", "answered"
        NO_ANSWER = "no_answer", "no_answer"  # the last day passed
        OVERTAKEN = "overtaken", "overtaken"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    asked_of = models.CharField(max_length=16, choices=Consulted.choices)
    asked_name = models.CharField(max_length=160, blank=True)  # which board, which unit of the police
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    payload_id = models.UUIDField()  # {"circumstance", "acts": [{"text", "source"}], "question"}
    commitment = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=12, blank=True, choices=Ended.choices)
    ended_by = models.CharField(max_length=80, blank=True)
    answered_on = models.DateField(null=True)
    own_answer = models.BooleanField(default=False)  # answered by the one who was asked, not registered by an officer
    answer_payload_id = models.UUIDField(null=True)  # {"answer", "basis", "who"}
    answer_commitment = models.CharField(max_length=64, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="cases_consultation_one_open"
            ),
            models.CheckConstraint(
                name="cases_consultation_ended_whole",
                condition=Q(ended_at__isnull=True, ended_as="", ended_by="", answer_payload_id__isnull=True)
                | Q(ended_at__isnull=False, ended_as="answered", answer_payload_id__isnull=False) & ~Q(ended_by="")
                | Q(ended_at__isnull=False, ended_as__in=["no_answer", "overtaken"]) & ~Q(ended_by=""),
            ),
            models.CheckConstraint(
                name="cases_consultation_named",
                condition=Q(asked_of__in=["coordinator", "lawyer", "police"]) | ~Q(asked_name=""),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "-id"], name="cases_consultation_case"),
            models.Index(fields=["asked_of", "-id"], name="cases_consultation_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_of}"
