"""Who may apply, and what the association stands for (docs/domain.md §1.2, §3.1 A1–A12a)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from applications.grants.programmes.terms.choices import AppliesTo, FoundationRule
from applications.grants.programmes.terms.window import PERCENT, YEARS
from vetting.kernel.labels import Label
from vetting.kernel.schema import said


@dataclass(frozen=True, slots=True)
class Threshold:
    """A least size. Of several thresholds one is enough (e.g. lower numbers for activities with a disability)."""

    code: str = said("Kod", "Code")
    name: Label = said("Gäller", "For")
    members_at_least: int | None = said("Minst antal medlemmar", "Members at least", None)
    age_from: int | None = said("Från ålder", "From age", None, unit=YEARS)
    age_to: int | None = said("Till ålder", "To age", None, unit=YEARS)
    percent_in_municipality: Decimal | None = said(
        "Minst andel folkbokförda i kommunen", "Share registered in the municipality at least", None, unit=PERCENT
    )
    activities_at_least: int | None = said("Minst antal aktiviteter", "Activities at least", None)

    def check(self) -> Iterator[tuple[str, str]]:
        if self.members_at_least is None and self.activities_at_least is None:
            yield "members_at_least", _("Write a least number of members, of activities, or of both.")
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            yield "age_to", _("Must not be below age_from.")
        if self.percent_in_municipality is not None and not 0 < self.percent_in_municipality <= 100:
            yield "percent_in_municipality", _("Must be over 0 and at most 100.")


@dataclass(frozen=True, slots=True)
class Applicants:
    """The entry conditions. `registered_years` counts the organisation number, `min_years_active` the activity."""

    orgnr_required: bool = said("Organisationsnummer krävs", "An organisation number is required", True)
    own_giro: bool = said("Bankgiro eller plusgiro i eget namn", "Bankgiro or plusgiro in its own name", True)
    registered_years: int | None = said("Registrerad i minst", "Registered for at least", None, unit=YEARS)
    min_years_active: int | None = said("Verksam i minst", "Active for at least", None, unit=YEARS)
    documented_activity: bool = said("Verksamheten ska vara dokumenterad", "The activity must be documented", False)
    excluded: tuple[Label, ...] = said("Får inte söka", "May not apply", ())
    foundations: FoundationRule | None = said("Stiftelser", "Foundations", None)
    seat_in_area: bool = said("Säte i området", "Seat in the area", False)
    not_in_arrears: bool = said("Inga skulder hos Kronofogden", "Not in arrears", False)
    member_list_may_be_asked_for: bool = said(
        "Medlemsförteckning kan begäras (bara antal sparas)",
        "A member list may be asked for (only counts are stored)",
        False,
    )
    thresholds: tuple[Threshold, ...] = said("Minsta storlek", "Least size", ())

    def check(self) -> Iterator[tuple[str, str]]:
        for name in ("registered_years", "min_years_active"):
            years = getattr(self, name)
            if years is not None and not 1 <= years <= 50:
                yield name, _("Must lie between 1 and 50.")


@dataclass(frozen=True, slots=True)
class Independence:
    """Party-political and religious independence: of what each demand is about. Absent: no such demand."""

    political: AppliesTo | None = said("Partipolitiskt obunden", "Independent of party politics", None)
    religious: AppliesTo | None = said("Religiöst obunden", "Independent of religion", None)


@dataclass(frozen=True, slots=True)
class Values:
    """The programme's own democracy terms (docs/domain.md §2.2). They are about acts and papers, never about views."""

    must_state_distance_from_violence: bool = said(
        "Ska ta avstånd från våldsbejakande uttryck", "Must state its distance from violent expressions", False
    )
    independence: Independence | None = said("Obundenhet", "Independence", None)
    statutes_must_show: tuple[Label, ...] = said("Stadgarna ska visa", "The statutes must show", ())
    representative_clause: Label | None = said(
        "Företrädare som uttrycker motsatta åsikter", "A representative who voices contrary views", None
    )
    cooperation_clause: Label | None = said("Samarbeten", "Cooperation", None)
    equality_weighed: bool = said(
        "Jämställdhet och likabehandling vägs in", "Equality and equal treatment are weighed", False
    )
    safety_routines_required: bool = said(
        "Rutiner mot hot och övergrepp krävs", "Routines against threats and abuse are required", False
    )
