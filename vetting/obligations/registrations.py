"""What the obligations room fills in the registries of the rooms below."""

from vetting.audit.verbs import Verb, register
from vetting.kernel import clock
from vetting.kernel.labels import Label
from vetting.kernel.warnings import warnings
from vetting.kernel.workflow import Shape, invariants
from vetting.obligations import effects
from vetting.obligations.invariants import OWN
from vetting.obligations.selectors import held_up, overdue

OWNER = "vetting.obligations"

SENTENCES: dict[str, tuple[str, str, Shape]] = {
    "obligation.begun": (
        "{actor} lade in en sista dag för bevakning: {due_on}.",
        "{actor} entered a last day: {due_on}.",
        Shape.NEW,
    ),
    "obligation.met": (
        "Det som skulle lämnas senast {due_on} är lämnat. Registrerat av {actor}.",
        "What was owed by {due_on} has been given ({actor}).",
        Shape.DONE,
    ),
    "obligation.cancelled": (
        "Sista dagen {due_on} bevakas inte längre. Registrerat av {actor}.",
        "The last day {due_on} is not watched any more ({actor}).",
        Shape.CLOSED,
    ),
    "obligation.paused": (
        "Påminnelserna om {due_on} vilar. Registrerat av {actor}.",
        "Reminders of {due_on} rest ({actor}).",
        Shape.WAIT,
    ),
    "obligation.resumed": (
        "Påminnelserna om {due_on} går vidare. Registrerat av {actor}.",
        "Reminders of {due_on} go on ({actor}).",
        Shape.WORK,
    ),
    "obligation.moved": (
        "{actor} flyttade sista dagen från {before} till {due_on}.",
        "{actor} moved the last day from {before} to {due_on}.",
        Shape.WORK,
    ),
    "obligation.reminded": (
        "En påminnelse om sista dagen {due_on} skrevs.",
        "A reminder of the last day {due_on} was written.",
        Shape.WAIT,
    ),
    "obligation.held_up": (
        "En påminnelse om sista dagen {due_on} kunde inte skrivas och väntar på en människa.",
        "A reminder of the last day {due_on} could not be written and waits for a person.",
        Shape.LATE,
    ),
    "obligation.taken_up": (
        "{actor} lät påminnelsen om {due_on} skrivas på nytt.",
        "{actor} had the reminder of {due_on} written again.",
        Shape.WORK,
    ),
    "reminder_plan.drafted": (
        "{actor} skrev ett utkast till påminnelseplan.",
        "{actor} drafted a plan of reminders.",
        Shape.WORK,
    ),
    "reminder_plan.published": (
        "{actor} beslutade att en påminnelseplan ska gälla.",
        "{actor} published a plan of reminders.",
        Shape.DONE,
    ),
}


def late() -> str:
    """Reminders of an earlier day are still owed: worker or beat stood still."""
    number = overdue(clock.today())
    return f"reminders of earlier days that have not been written: {number}" if number else ""


def stuck() -> str:
    """Somebody must look at reminders that cannot be written, under Utskick."""
    number = held_up().count()
    return f"reminders that could not be written and wait for a person: {number}" if number else ""


def register_all() -> None:
    warnings.register("reminders_late", late, owner=OWNER)
    warnings.register("reminders_held_up", stuck, owner=OWNER)
    register(OWNER, *(Verb(code, Label(sv, en), shape) for code, (sv, en, shape) in SENTENCES.items()))
    effects.register_all(OWNER)
    for name, invariant in OWN.items():
        invariants.register(name, invariant, owner=OWNER)
