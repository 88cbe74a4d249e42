"""The rental case's states and phases (docs/domain.md §8.2): code, name, shape, phase, whose turn, days, what next."""

from vetting.accounts.roles import Role
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Phase, Shape, State

STEWARD, READER = Role.PREMISES_OFFICER, Role.SECOND_READER
UNIT_HEAD, SECRETARY = Role.UNIT_HEAD, Role.BOARD_SECRETARY
NEW, WORK, WAIT, DECIDE = Shape.NEW, Shape.WORK, Shape.WAIT, Shape.DECIDE
DONE, STOP, CLOSED = Shape.DONE, Shape.STOP, Shape.CLOSED

PHASES = (
    Phase("received", Label("Mottagen", "Received")),
    Phase("held", Label("Preliminär", "Held")),
    Phase("review", Label("Prövning", "Review")),
    Phase("answered", Label("Besked", "Answer")),
    Phase("closed", Label("Avslutad", "Closed")),
)


def _state(
    code: str, sv: str, en: str, shape: Shape, phase: str, owner: str, days: int, next_sv: str, next_en: str
) -> State:
    return State(
        code=code,
        label=Label(sv, en),
        shape=shape,
        phase=phase,
        owner=owner,
        due_days=days,
        next_step=Label(next_sv, next_en),
    )


# fmt: off
STATES = (
    _state("received", "Mottagen", "Received", NEW, "received", STEWARD, 2,
           "Reservera tiden eller svara", "Reserve the time or answer"),
    _state("preliminary", "Preliminär", "Held", WORK, "held", STEWARD, 7,
           "Bekräfta eller börja pröva", "Confirm, or start the review"),
    _state("unavailable", "Otillgänglig", "Not available", STOP, "answered", STEWARD, 14,
           "Avsluta om ingen begär ny prövning", "Close unless somebody asks for another look"),
    _state("review", "Prövning", "Review", WORK, "review", STEWARD, 10,
           "Svara på frågorna och lämna besked", "Answer the questions and reply"),
    _state("info_requested", "Uppgifter begärda", "Information asked for", WAIT, "review", STEWARD, 14,
           "Invänta uppgifterna", "Await the information"),
    _state("consultation", "Samråd", "Consultation", WAIT, "review", STEWARD, 3,
           "Invänta svar på frågan", "Await the answer"),
    _state("hearing", "Kommunicering", "Hearing", WAIT, "review", STEWARD, 14,
           "Invänta hyrestagarens svar", "Await the tenant's reply"),
    _state("second_reading", "Kvalitetsgranskning", "Second reading", WORK, "review", READER, 5,
           "Läs och bekräfta", "Read and confirm"),
    _state("proposed", "Förslag", "Proposal", DECIDE, "review", UNIT_HEAD, 7,
           "Skicka till nämnden eller fatta beslut", "Send to the board or decide"),
    _state("before_board", "Till nämnd", "Before the board", DECIDE, "review", SECRETARY, 30,
           "Registrera nämndens beslut", "Register the board's decision"),
    _state("tabled", "Bordlagt", "Tabled", WAIT, "review", SECRETARY, 45,
           "Ta upp vid nästa sammanträde", "Take up at the next meeting"),
    _state("confirmed", "Bekräftad", "Confirmed", DONE, "answered", STEWARD, 30,
           "Följ upp bokningen och avsluta", "Follow the booking and close"),
    _state("refused", "Nekad", "Refused", STOP, "answered", STEWARD, 60,
           "Invänta laga kraft och avsluta", "Await legal force and close"),
    _state("withdrawn", "Återkallad", "Withdrawn", CLOSED, "answered", STEWARD, 7, "Avsluta", "Close"),
    _state("lapsed", "Förfallen", "Lapsed", CLOSED, "answered", STEWARD, 7,
           "Meddela hyrestagaren och avsluta", "Tell the tenant and close"),
    _state("cancelled", "Avbokad", "Cancelled", CLOSED, "answered", STEWARD, 14, "Avsluta", "Close"),
    _state("revoked", "Hävd", "Terminated", STOP, "answered", STEWARD, 60,
           "Invänta laga kraft och avsluta", "Await legal force and close"),
    State(code="closed", label=Label("Avslutad", "Closed"), shape=CLOSED, phase="closed", final=True),
)
# fmt: on

# While the case is here its claims are soft, and follow the case's last day (design §7).
IN_REVIEW = (
    "review",
    "info_requested",
    "consultation",
    "hearing",
    "second_reading",
    "proposed",
    "before_board",
    "tabled",
)
BEFORE_CONFIRMED = ("received", "preliminary", "unavailable", *IN_REVIEW)
