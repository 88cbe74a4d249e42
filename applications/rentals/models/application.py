"""A rental application: the child of a case that says who wants which room, when and for what (docs/domain.md §8.2)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from applications.cases.models import Case
from applications.rentals.models.venues import Room, Venue
from applications.rentals.models.versions import TermsVersion
from applications.rentals.slots.slot import Slot, told
from applications.rentals.workflow import RENTAL
from vetting.accounts.models import User
from vetting.kernel.fields import MomentField
from vetting.kernel.fsm import moves
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Move


class Openness(models.TextChoices):
    """Who may come (docs/domain.md §1.6; ordningslagen 2:1–3): a fact of the event, never of the tenant's views."""

    MEMBERS = "members", "members"
    INVITED = "invited", "invited"
    PUBLIC = "public", "public"


OPENNESS_LABELS: dict[str, Label] = {
    Openness.MEMBERS: Label("Bara egna medlemmar", "Own members only"),
    Openness.INVITED: Label("Inbjudna", "Invited people"),
    Openness.PUBLIC: Label("Öppet för alla", "Open to all"),
}


class Permits(models.TextChoices):
    """What the tenant answers on permits and notifications (L10): an answer is checked for, not judged."""

    UNANSWERED = "", ""
    NONE_NEEDED = "none", "none"
    NOTIFIED = "notified", "notified"
    PERMIT = "permit", "permit"


PERMIT_LABELS: dict[str, Label] = {
    Permits.UNANSWERED: Label("Inte besvarat ännu", "Not answered yet"),
    Permits.NONE_NEEDED: Label("Behövs inte", "Not needed"),
    Permits.NOTIFIED: Label("Anmält till polisen", "The police is notified"),
    Permits.PERMIT: Label("Tillstånd finns", "There is a permit"),
}

# The circumstances L15 asks about; which of them the venue has rules on stands in its terms.
CIRCUMSTANCES: dict[str, Label] = {
    "minors": Label("Minderåriga deltar", "Minors take part"),
    "night": Label("Pågår efter kl. 23", "Goes on after 11 p.m."),
    "alcohol": Label("Alkohol serveras", "Alcohol is served"),
    "collection": Label("Insamling", "A collection"),
    "fee": Label("Entréavgift", "An entrance fee"),
}


class RentalApplication(Case):
    """One request, for one or many dates in one venue, under the terms in force when it came.

    Its transitions are moved by the executor alone (docs/adr/0002). Party, faith community or company: the same
    questions, price and speed; nothing here says what a tenant stands for.
    """

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="applications")
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="+")
    purpose_code = models.CharField(max_length=64)
    purpose = models.TextField()  # what will be done, in the tenant's words
    openness = models.CharField(max_length=8, choices=Openness.choices)
    circumstances = models.JSONField(default=list, blank=True)
    sub_organiser = models.CharField(max_length=200, blank=True)
    permits = models.CharField(max_length=10, choices=Permits.choices, blank=True)
    unclear = models.BooleanField(default=False)  # the steward: what is to happen is not clear from what was said
    contact_name = models.CharField(max_length=120, blank=True)  # responsible on the spot
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    terms_accepted_on = models.DateField(null=True, blank=True)
    terms_accepted_by = models.CharField(max_length=120, blank=True)
    fee_settled_on = models.DateField(null=True, blank=True)
    consent_from = models.CharField(max_length=160, blank=True)  # the landlord or hyresnämnden (JB 12:39–40)
    consent_scope = models.CharField(max_length=300, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    preparer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # proposed a refusal

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="rentals_application_accepted",
                condition=Q(terms_accepted_on__isnull=True, terms_accepted_by="")
                | (Q(terms_accepted_on__isnull=False) & ~Q(terms_accepted_by="")),
            ),
            models.CheckConstraint(
                name="rentals_application_consent",
                condition=Q(consent_on__isnull=True) | (~Q(consent_from="") & ~Q(consent_scope="")),
            ),
            models.CheckConstraint(
                name="rentals_application_openness", condition=Q(openness__in=[one.value for one in Openness])
            ),
        ]

    @moves(*RENTAL.rows_of("reserve"))
    def reserve(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("not_available"))
    def not_available(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("look_again"))
    def look_again(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("confirm"))
    def confirm(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("start_review"))
    def start_review(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("ask_completion"))
    def ask_completion(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("completed"))
    def completed(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("consult"))
    def consult(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("answered"))
    def answered(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("hear"))
    def hear(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("heard"))
    def heard(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("confirm_reviewed"))
    def confirm_reviewed(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("deviate"))
    def deviate(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("propose_refusal"))
    def propose_refusal(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("confirm_review"))
    def confirm_review(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("return_review"))
    def return_review(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("return_proposal"))
    def return_proposal(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("refuse"))
    def refuse(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("send_to_board"))
    def send_to_board(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("strike"))
    def strike(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("table"))
    def table(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("back_from_table"))
    def back_from_table(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("refer_back"))
    def refer_back(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("withdraw"))
    def withdraw(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("lapse"))
    def lapse(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("cancel"))
    def cancel(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("read_revocation"))
    def read_revocation(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("revoke"))
    def revoke(self, move: Move) -> None: ...

    @moves(*RENTAL.rows_of("close"))
    def close(self, move: Move) -> None: ...


class Wish(models.Model):
    """A date that is asked for. It becomes a booking when the time is reserved."""

    application = models.ForeignKey(RentalApplication, on_delete=models.PROTECT, related_name="wishes")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ("begins", "id")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="rentals_wish_order", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(name="rentals_wish_people", condition=Q(people__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.begins:%Y-%m-%d %H:%M}"

    @property
    def slot(self) -> Slot:
        return Slot(self.begins, self.ends, self.people)

    @property
    def when(self) -> str:
        """Day and hours in words."""
        return told(self.begins, self.ends)


class UnavailableBecause(models.TextChoices):
    """The closed list of an answer *otillgänglig* (docs/domain.md §8.2). What must be judged is not on it."""

    TAKEN = "taken", "taken"
    OUTSIDE_HOURS = "outside_hours", "outside_hours"
    OVER_CAPACITY = "over_capacity", "over_capacity"
    OUTSIDE_PURPOSES = "outside_purposes", "outside_purposes"
    TERMS_NOT_ACCEPTED = "terms_not_accepted", "terms_not_accepted"


UNAVAILABLE_LABELS: dict[str, Label] = {
    UnavailableBecause.TAKEN: Label("Tiden är upptagen", "The time is taken"),
    UnavailableBecause.OUTSIDE_HOURS: Label("Utanför öppettiderna", "Outside opening hours"),
    UnavailableBecause.OVER_CAPACITY: Label("Fler personer än rummet får rymma", "More people than the room may hold"),
    UnavailableBecause.OUTSIDE_PURPOSES: Label(
        "Uppenbart utanför lokalens publicerade ändamål", "Plainly outside the venue's published purposes"
    ),
    UnavailableBecause.TERMS_NOT_ACCEPTED: Label("Villkoren är inte godkända", "The terms are not accepted"),
}


class Unavailable(models.Model):
    """An answer *otillgänglig*: the reason's code, the terms' version, the alternatives shown. Only added."""

    application = models.ForeignKey(RentalApplication, on_delete=models.PROTECT, related_name="unavailabilities")
    because = models.CharField(max_length=20, choices=UnavailableBecause.choices)
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="+")
    alternatives = models.JSONField(default=list)  # [{room, begins, ends}]
    by = models.CharField(max_length=80)
    at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="rentals_unavailable_because", condition=Q(because__in=[one.value for one in UnavailableBecause])
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.because}"


class Cancellation(models.Model):
    """A confirmed booking cancelled at the tenant's wish: when it was asked, what it costs by the terms. Only added."""

    application = models.ForeignKey(RentalApplication, on_delete=models.PROTECT, related_name="cancellations")
    asked_on = models.DateField()
    fee = models.DecimalField(max_digits=12, decimal_places=2)
    by = models.CharField(max_length=80)
    at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="rentals_cancellation_fee", condition=Q(fee__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.asked_on}"
