"""The booking's machine, one per date (docs/domain.md §8.2): its states and rows. What stands beside the case.

Final: done, cancelled, no_show, lapsed, released. A case closes when every booking is in a final state.
"""

from applications.rentals import booking_rules as rules
from vetting.accounts.roles import Role
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Ground, Row, Shape, State, Workflow

STEWARD, HEAD, SYSTEM = Role.PREMISES_OFFICER, Role.UNIT_HEAD, "system"


def _state(code: str, sv: str, en: str, shape: Shape, days: int, next_sv: str, next_en: str) -> State:
    step = Label(next_sv, next_en)
    return State(code=code, label=Label(sv, en), shape=shape, owner=STEWARD, due_days=days, next_step=step)


def _end(code: str, sv: str, en: str, shape: Shape) -> State:
    return State(code=code, label=Label(sv, en), shape=shape, final=True)


# fmt: off
STATES = (
    _state("claimed", "Preliminär", "Held", Shape.WAIT, 7,
           "Bekräfta eller släpp tiden", "Confirm or release the time"),
    _state("booked", "Bokad", "Booked", Shape.WORK, 30,
           "Invänta dagen", "Await the day"),
    _state("key_out", "Nyckel ute", "Key out", Shape.WORK, 2,
           "Registrera att det är genomfört", "Register that it was held"),
    _state("held", "Genomförd", "Held event", Shape.WORK, 2,
           "Gå igenom lokalen", "Inspect the room"),
    _state("stopped", "Avbruten", "Stopped", Shape.STOP, 1,
           "Skriv vad som hände och gå igenom lokalen", "Write what happened and inspect"),
    _state("checked", "Genomgången", "Inspected", Shape.WORK, 3,
           "Avsluta eller anmäl avvikelse", "Finish or note a deviation"),
    _state("deviation", "Avvikelse", "Deviation", Shape.LATE, 14,
           "Utred avvikelsen", "Settle the deviation"),
    _end("done", "Klar", "Done", Shape.DONE),
    _end("no_show", "Uteblev", "No-show", Shape.CLOSED),
    _end("cancelled", "Avbokad", "Cancelled", Shape.CLOSED),
    _end("lapsed", "Förfallen", "Lapsed", Shape.CLOSED),
    _end("released", "Släppt", "Released", Shape.CLOSED),
)

ROWS = (
    Row(action="book", label=Label("Boka", "Book"), sources=("claimed",), target="booked", who=(SYSTEM,),
        guards=(rules.claims_stand,), then=("booking.firm",), ground=Ground.CONTRACT, jav=False,
        source_text="docs/domain.md §8.2: with the case's confirmation"),
    Row(action="lapse", label=Label("Förfaller", "Lapse"), sources=("claimed",), target="lapsed", who=(SYSTEM,),
        guards=(rules.hold_has_passed,), then=("booking.free",), jav=False,
        source_text="docs/domain.md §8.2; design §7: a soft claim whose time is out"),
    Row(action="release", label=Label("Släpp tiden", "Release the time"), sources=("claimed",), target="released",
        who=(SYSTEM,), then=("booking.free",), jav=False,
        source_text="docs/domain.md §8.2: the case ended another way"),
    Row(action="give_key", label=Label("Lämna ut nyckel", "Hand out the key"), sources=("booked",), target="key_out",
        who=(STEWARD,), then=("booking.note",), ground=Ground.CONTRACT, jav=False),
    Row(action="hold_event", label=Label("Registrera som genomförd", "Register as held"), sources=("booked", "key_out"),
        target="held", who=(STEWARD,), guards=(rules.has_begun,), ground=Ground.CONTRACT, jav=False),
    Row(action="no_show", label=Label("Ingen kom", "Nobody came"), sources=("booked",), target="no_show",
        who=(STEWARD,), guards=(rules.has_begun,), ground=Ground.CONTRACT, minor=True, jav=False),
    Row(action="cancel", label=Label("Avboka dagen", "Cancel this date"), sources=("booked",), target="cancelled",
        who=(STEWARD, SYSTEM), guards=(rules.comment_given,), then=("booking.free",), ground=Ground.CONTRACT,
        minor=True, jav=False),
    Row(action="stop", label=Label("Registrera avbrutet arrangemang", "Register a stopped event"),
        sources=("key_out", "held"), target="stopped", who=(STEWARD, HEAD), guards=(rules.stop_described,),
        then=("booking.note",), ground=Ground.CONTRACT, minor=True, jav=False,
        source_text="docs/domain.md §8.2: who the duty chain names, or the police; never the steward alone"),
    Row(action="inspect", label=Label("Gå igenom lokalen", "Inspect the room"), sources=("held", "stopped"),
        target="checked", who=(STEWARD,), guards=(rules.note_written,), then=("booking.note",),
        ground=Ground.CONTRACT, jav=False, source_text="docs/domain.md §3.2, L17"),
    Row(action="note_deviation", label=Label("Anmäl avvikelse", "Note a deviation"), sources=("checked",),
        target="deviation", who=(STEWARD,), guards=(rules.note_written,), then=("booking.note",),
        ground=Ground.CONTRACT, minor=True, jav=False, source_text="docs/domain.md §3.2, L17"),
    Row(action="finish", label=Label("Avsluta dagen", "Finish this date"), sources=("checked", "deviation"),
        target="done", who=(STEWARD, HEAD), guards=(rules.deviation_settled,), then=("booking.note",),
        ground=Ground.CONTRACT, jav=False),
)
# fmt: on

BOOKING = Workflow(code="booking", label=Label("Bokning", "Booking"), initial="claimed", states=STATES, rows=ROWS)
FINAL = frozenset(state.code for state in STATES if state.final)
