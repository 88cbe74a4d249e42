"""The grant case's states and phases (docs/domain.md §8.1): code, name, shape, phase, whose turn, days, what next."""

from vetting.accounts.roles import Role
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Phase, Shape, State

OFFICER, READER, REGISTRAR = Role.GRANT_OFFICER, Role.SECOND_READER, Role.REGISTRAR
UNIT_HEAD, SECRETARY = Role.UNIT_HEAD, Role.BOARD_SECRETARY
NEW, WORK, WAIT, DECIDE = Shape.NEW, Shape.WORK, Shape.WAIT, Shape.DECIDE
DONE, STOP, CLOSED = Shape.DONE, Shape.STOP, Shape.CLOSED

PHASES = (
    Phase("received", Label("Inkommen", "Received")),
    Phase("formal", Label("Formell kontroll", "Formal check")),
    Phase("review", Label("Sakprövning", "Review")),
    Phase("reading", Label("Kvalitetsgranskning", "Second reading")),
    Phase("proposal", Label("Förslag", "Proposal")),
    Phase("decision", Label("Beslut", "Decision")),
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
    _state("draft", "Utkast", "Draft", NEW, "received", OFFICER, 30,
           "Ta emot ansökan", "Receive the application"),
    _state("received", "Inkommen", "Received", NEW, "received", REGISTRAR, 2,
           "Registrera och fördela", "Register and assign"),
    _state("registered", "Registrerad", "Registered", NEW, "received", OFFICER, 7,
           "Börja formell kontroll", "Start the formal check"),
    _state("formal_check", "Formell kontroll", "Formal check", WORK, "formal", OFFICER, 14,
           "Svara på de formella frågorna", "Answer the formal questions"),
    _state("completion", "Komplettering", "Completion", WAIT, "formal", OFFICER, 14,
           "Invänta komplettering", "Await the completion"),
    _state("review", "Sakprövning", "Review", WORK, "review", OFFICER, 21,
           "Fortsätt granskningen", "Continue the review"),
    _state("in_depth", "Fördjupad granskning", "In-depth review", WORK, "review", UNIT_HEAD, 30,
           "Utred den namngivna omständigheten", "Look into the named circumstance"),
    _state("consultation", "Samråd", "Consultation", WAIT, "review", OFFICER, 10,
           "Invänta svar på frågan", "Await the answer"),
    _state("hearing", "Kommunicering", "Hearing", WAIT, "review", OFFICER, 14,
           "Invänta föreningens svar", "Await the association's reply"),
    _state("second_reading", "Kvalitetsgranskning", "Second reading", WORK, "reading", READER, 7,
           "Läs och bekräfta", "Read and confirm"),
    _state("proposed", "Förslag", "Proposal", DECIDE, "proposal", UNIT_HEAD, 10,
           "Skriv klart förslaget och fatta beslut", "Finish the proposal and decide"),
    _state("before_board", "Till nämnd", "Before the board", DECIDE, "decision", SECRETARY, 30,
           "Registrera nämndens beslut", "Register the board's decision"),
    _state("tabled", "Bordlagt", "Tabled", WAIT, "decision", SECRETARY, 45,
           "Ta upp vid nästa sammanträde", "Take up at the next meeting"),
    _state("granted", "Bifall", "Granted", DONE, "decision", OFFICER, 60,
           "Invänta laga kraft och avsluta", "Await legal force and close"),
    _state("refused", "Avslag", "Refused", STOP, "decision", OFFICER, 60,
           "Invänta laga kraft och avsluta", "Await legal force and close"),
    _state("dismissed", "Avvisad", "Dismissed", STOP, "decision", OFFICER, 60,
           "Invänta laga kraft och avsluta", "Await legal force and close"),
    _state("withdrawn", "Avskriven", "Withdrawn", CLOSED, "decision", OFFICER, 30,
           "Avsluta", "Close"),
    State(code="closed", label=Label("Avslutad", "Closed"), shape=CLOSED, phase="closed", final=True),
)
# fmt: on
