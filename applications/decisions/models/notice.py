"""What is registered about a decision: the notice on the city's board, an appeal, the court's answer."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from applications.decisions.choices import CourtAnswer, NoticeOf
from vetting.kernel.fields import MomentField


class Announcement(models.Model):
    """A notice that minutes are approved, as registered: the notice board is the city's (docs/domain.md §4.2).

    `last_day` and `force_from` are computed. Only the take-down is added later, by trigger.
    """

    track = models.ForeignKey("decisions.DecisionTrack", on_delete=models.PROTECT, related_name="announcements")
    notice_of = models.CharField(max_length=12, choices=NoticeOf.choices)
    meeting = models.ForeignKey("decisions.BoardMeeting", on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField()  # the day the minutes, or the paragraph, were approved
    announced_on = models.DateField()
    address = models.URLField(max_length=500)  # where the notice stands
    minutes_place = models.CharField(max_length=200, blank=True)
    proof = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    last_day = models.DateField()
    force_from = models.DateField()
    taken_down_on = models.DateField(null=True)
    registered_by = models.CharField(max_length=80)
    at = MomentField()

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="decisions_notice_order",
                condition=Q(announced_on__gte=F("approved_on"))
                & Q(last_day__gt=F("announced_on"))
                & Q(force_from__gt=F("last_day"))
                & (Q(taken_down_on__isnull=True) | Q(taken_down_on__gte=F("announced_on"))),
            ),
            models.CheckConstraint(
                name="decisions_notice_meeting", condition=Q(notice_of="own_record") | Q(meeting__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announced_on} – {self.last_day}"

    @property
    def fell_early(self) -> bool:
        """Whether it came down before the appeal time was out: then that time has not run (KL 13:5 2nd para)."""
        return self.taken_down_on is not None and self.taken_down_on <= self.last_day


class LegalForce(models.Model):
    """That a decision is final, confirmed by the registrar on the court's answer. Only added."""

    track = models.ForeignKey("decisions.DecisionTrack", on_delete=models.PROTECT, related_name="legal_force")
    asked_on = models.DateField()
    answered_on = models.DateField()
    answer = models.CharField(max_length=12, choices=CourtAnswer.choices)
    reference = models.CharField(max_length=120)  # who or what answered, e.g. the court's reference
    force_from = models.DateField()
    confirmed_by = models.CharField(max_length=80)
    at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="decisions_force_answered", condition=Q(answered_on__gte=F("asked_on"), answer="no_appeal")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_from}"


class Appeal(models.Model):
    """An appeal and what became of it. Not tested for lateness here: forwarded at once, the court decides."""

    track = models.ForeignKey("decisions.DecisionTrack", on_delete=models.PROTECT, related_name="appeals")
    arrived_on = models.DateField()  # at the city or the court, whichever was first
    forwarded_on = models.DateField(null=True)
    court_number = models.CharField(max_length=40, blank=True)
    judged_on = models.DateField(null=True)
    judgment = models.CharField(max_length=16, blank=True)  # the row's action
    ground = models.TextField(blank=True)  # the fault the court named: a new decision must avoid it
    registered_by = models.CharField(max_length=80)
    at = MomentField()

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="decisions_appeal_order",
                condition=(Q(forwarded_on__isnull=True) | Q(forwarded_on__gte=F("arrived_on")))
                & (Q(judged_on__isnull=True) | Q(judged_on__gte=F("arrived_on"))),
            ),
            models.CheckConstraint(
                name="decisions_appeal_judged",
                condition=Q(judged_on__isnull=True, judgment="") | (Q(judged_on__isnull=False) & ~Q(judgment="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrived_on} {self.judgment}"
