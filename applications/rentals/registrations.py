"""What the rentals room fills in the registries of the rooms below."""

from django.utils.translation import gettext_lazy as _

from applications.cases import panels
from applications.cases.suggestions import adverse_facts, missing_items
from applications.decisions.subjects import subjects
from applications.rentals import facts, review_cycle
from applications.rentals.headline import RENTAL_HEADLINE, bookings_column, dates_column, line
from applications.rentals.invariants import INVARIANTS
from applications.rentals.models import Booking, RentalApplication
from applications.rentals.services import confirmation, effects
from applications.rentals.subject import RENTAL_SUBJECT, REVOCATION_SUBJECT
from applications.rentals.suggestions import evidence_against, missing_information
from applications.rentals.workflow import BOOKING, RENTAL
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission, Role
from vetting.audit.verbs import Verb, register
from vetting.jobs.kinds import job_kinds, job_labels
from vetting.kernel import workflow
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Effect, Kind, Shape, invariants, kinds, promises

OWNER = "applications.rentals"
REVIEW_STATES = frozenset({"review", "info_requested", "consultation", "hearing"})
# An event in a venue is reviewed by its premises officer, not by a grant officer (docs/domain.md §7).
REVIEW_ROLES = frozenset(
    {
        Role.PREMISES_OFFICER,
        Role.SECOND_READER,
        Role.UNIT_HEAD,
        Role.DEPARTMENT_HEAD,
        Role.LAWYER,
        Role.BOARD_SECRETARY,
    }
)

OF_CASE: dict[str, tuple[str, str, Shape]] = {
    "create": ("{actor} tog emot en lokalförfrågan.", "{actor} received a request.", Shape.NEW),
    "edited": ("{actor} rättade förfrågan.", "{actor} corrected the request.", Shape.DONE),
    "reserve": ("{actor} reserverade tiden.", "{actor} reserved the time.", Shape.WAIT),
    "not_available": ("{actor} svarade otillgänglig.", "{actor} answered: not available.", Shape.STOP),
    "look_again": ("{actor} tog upp förfrågan på nytt.", "{actor} looked at the request again.", Shape.WORK),
    "confirm": ("{actor} bekräftade bokningen.", "{actor} confirmed the booking.", Shape.DONE),
    "start_review": ("{actor} började prövningen.", "{actor} started the review.", Shape.WORK),
    "ask_completion": ("{actor} begärde uppgifter.", "{actor} asked for information.", Shape.WAIT),
    "completed": ("{actor} registrerade uppgifterna.", "{actor} registered the information.", Shape.DONE),
    "consult": ("{actor} begärde samråd.", "{actor} asked for a consultation.", Shape.WAIT),
    "answered": ("Svar på samrådet registrerades av {actor}.", "{actor} registered the answer.", Shape.DONE),
    "hear": ("{actor} skickade uppgifter till hyrestagaren.", "{actor} sent facts to the tenant.", Shape.WAIT),
    "heard": ("{actor} avslutade kommuniceringen.", "{actor} ended the hearing.", Shape.DONE),
    "confirm_reviewed": (
        "{actor} bekräftade bokningen efter prövning.",
        "{actor} confirmed after review.",
        Shape.DONE,
    ),
    "deviate": ("{actor} beslutade om en avvikelse.", "{actor} decided on a deviation.", Shape.DONE),
    "propose_refusal": ("{actor} föreslog avslag.", "{actor} proposed a refusal.", Shape.DECIDE),
    "confirm_review": ("{actor} bekräftade granskningen.", "{actor} confirmed the review.", Shape.DONE),
    "return_review": ("{actor} återlämnade granskningen.", "{actor} returned the review.", Shape.LATE),
    "return_proposal": ("{actor} återlämnade förslaget.", "{actor} returned the proposal.", Shape.LATE),
    "refuse": ("{actor} beslutade att neka.", "{actor} decided to refuse.", Shape.STOP),
    "send_to_board": ("{actor} skickade ärendet till nämnden.", "{actor} sent the case to the board.", Shape.DECIDE),
    "strike": ("{actor} strök ärendet från nämndens lista.", "{actor} struck the case off the agenda.", Shape.CLOSED),
    "table": ("Nämnden bordlade ärendet. Registrerat av {actor}.", "The board tabled the case ({actor}).", Shape.WAIT),
    "back_from_table": ("{actor} tog upp ärendet igen.", "{actor} took the case up again.", Shape.DECIDE),
    "refer_back": ("Nämnden återremitterade ärendet. Registrerat av {actor}.", "Referred back ({actor}).", Shape.LATE),
    "withdraw": (
        "Hyrestagaren återkallade. Registrerat av {actor}.",
        "Withdrawn by the tenant ({actor}).",
        Shape.CLOSED,
    ),
    "lapse": ("Reservationen förföll: ingen bekräftade i tid.", "The reservation lapsed.", Shape.CLOSED),
    "cancel": ("Bokningen avbokades. Registrerat av {actor}.", "The booking was cancelled ({actor}).", Shape.CLOSED),
    "read_revocation": (
        "{actor} bekräftade förslaget att häva.",
        "{actor} confirmed the proposed termination.",
        Shape.DONE,
    ),
    "revoke": ("{actor} beslutade att häva bokningen.", "{actor} decided to terminate the booking.", Shape.STOP),
    "close": ("{actor} avslutade ärendet.", "{actor} closed the case.", Shape.CLOSED),
    "confirmation_made": ("Bekräftelsen gjordes som PDF.", "The confirmation was made as PDF.", Shape.DONE),
}
OF_BOOKING: dict[str, tuple[str, str, Shape]] = {
    "create": ("{actor} höll en tid i lokalen.", "{actor} held a time in the venue.", Shape.WAIT),
    "book": ("Tiden bokades.", "The time was booked.", Shape.DONE),
    "lapse": ("Den preliminära tiden förföll.", "The held time lapsed.", Shape.CLOSED),
    "release": ("Den preliminära tiden släpptes.", "The held time was released.", Shape.CLOSED),
    "give_key": ("{actor} lämnade ut nyckeln.", "{actor} handed out the key.", Shape.WORK),
    "hold_event": ("{actor} registrerade att det genomfördes.", "{actor} registered that it was held.", Shape.DONE),
    "no_show": ("Ingen kom. Registrerat av {actor}.", "Nobody came ({actor}).", Shape.CLOSED),
    "cancel": ("En dag avbokades.", "A date was cancelled.", Shape.CLOSED),
    "stop": ("Arrangemanget avbröts. Registrerat av {actor}.", "The event was stopped ({actor}).", Shape.STOP),
    "inspect": ("{actor} gick igenom lokalen.", "{actor} inspected the room.", Shape.DONE),
    "note_deviation": ("{actor} anmälde en avvikelse.", "{actor} noted a deviation.", Shape.LATE),
    "finish": ("{actor} avslutade dagen.", "{actor} finished the date.", Shape.DONE),
}
OF_ROOM: dict[str, tuple[str, str, Shape]] = {
    "venue.added": ("{actor} lade upp en lokal.", "{actor} added a venue.", Shape.NEW),
    "venue.edited": ("{actor} ändrade en lokal.", "{actor} changed a venue.", Shape.DONE),
    "venue.officers_named": ("{actor} angav vem som sköter lokalen.", "{actor} named who serves it.", Shape.DONE),
    "room.added": ("{actor} lade upp ett rum.", "{actor} added a room.", Shape.NEW),
    "room.edited": ("{actor} ändrade ett rum.", "{actor} changed a room.", Shape.DONE),
    "rental_rule.drafted": (
        "{actor} skrev ett utkast till villkor eller taxa.",
        "{actor} drafted terms or tariff.",
        Shape.WORK,
    ),
    "rental_rule.published": (
        "{actor} publicerade villkor eller taxa.",
        "{actor} published terms or tariff.",
        Shape.DONE,
    ),
}

EFFECTS: tuple[tuple[str, Effect, str, str], ...] = (
    (
        "rental.claim",
        effects.claim,
        "Tiden hålls för hyrestagaren. Pris och taxegrupp låses.",
        "The time is held for the tenant. Price and tariff group are frozen.",
    ),
    (
        "rental.hold",
        effects.hold,
        "Tiden hålls så länge ärendet hanteras, till ärendets sista dag.",
        "The time is held while the case is handled, until its last day.",
    ),
    ("rental.book", effects.book, "Tiden bokas.", "The time is booked."),
    (
        "rental.follow",
        effects.follow,
        "Ärendet bevakas till efter sista dagen.",
        "The case is due after its last date.",
    ),
    (
        "rental.confirmation",
        confirmation.confirmation,
        "Bekräftelsen fryses med kontrollsumma och görs som PDF.",
        "The confirmation is frozen with a checksum and made as PDF.",
    ),
    ("rental.release", effects.release, "Tid som hålls släpps.", "Time that is held is released."),
    (
        "rental.unavailable",
        effects.unavailable,
        "Svaret sparas med skälskod, villkorens version och lediga tider. Det är inget beslut.",
        "The answer is kept with its reason code, the terms' version and free times. It is no decision.",
    ),
    (
        "rental.items_ended",
        effects.items_ended,
        "Ärendet lämnar nämndens lista och förslaget faller.",
        "The case leaves the board's list and the proposal falls.",
    ),
    (
        "rental.cancelled",
        effects.cancelled,
        "Kommande dagar avbokas. Avgiften räknas enligt villkoren.",
        "Dates ahead are cancelled. The fee follows from the terms.",
    ),
    (
        "rental.revoked",
        effects.revoked,
        "Kommande dagar avbokas.",
        "Dates ahead are cancelled.",
    ),
    (
        "rental.preparer",
        effects.preparer,
        "Du står som den som föreslog avslaget: någon annan läser och beslutar.",
        "You stand as who proposed the refusal: somebody else reads and decides.",
    ),
    (
        "rental.open_reviews",
        review_cycle.open_reviews,
        "Granskningen öppnas. En granskning av föreningen som är yngre än tolv månader används igen.",
        "The review opens. A review of the association younger than twelve months is used again.",
    ),
    (
        "rental.complete_reviews",
        review_cycle.complete_reviews,
        "Granskningen signeras med ditt namn och låses.",
        "The review is signed with your name and locked.",
    ),
    (
        "rental.reopen_reviews",
        review_cycle.reopen_reviews,
        "Granskningen låses upp så att svaren kan ändras.",
        "The review is unlocked so that answers can be changed.",
    ),
    ("booking.firm", effects.booking_firm, "Tiden är fast.", "The time is firm."),
    ("booking.free", effects.booking_free, "Tiden blir ledig.", "The time is free again."),
    ("booking.note", effects.booking_note, "Det du skriver sparas med dagen.", "What you write is kept with the date."),
)


def register_all() -> None:
    panels.headlines.register("rental", RENTAL_HEADLINE, owner=OWNER)
    kinds.register(
        "rental",
        Kind(
            code="rental",
            label=RENTAL.label,
            model=RentalApplication,
            workflow=RENTAL,
            is_case=True,
            number_on="received",
            page="show-case",
            review_states=REVIEW_STATES,
            review_roles=frozenset(role.value for role in REVIEW_ROLES),
        ),
        owner=OWNER,
    )
    kinds.register(
        "booking",
        Kind(code="booking", label=BOOKING.label, model=Booking, workflow=BOOKING, page="show-bookings"),
        owner=OWNER,
    )
    _register_verbs()
    for name, effect, sv, en in EFFECTS:
        workflow.effects.register(name, effect, owner=OWNER)
        promises.register(name, Label(sv, en), owner=OWNER)
    facts.register_all()
    missing_items.register("rental", missing_information, owner=OWNER)
    adverse_facts.register("rental", evidence_against, owner=OWNER)
    subjects.register("rental", RENTAL_SUBJECT, owner=OWNER)
    for state in ("confirmed", "revoked"):
        subjects.register(f"rental.{state}", REVOCATION_SUBJECT, owner=OWNER)
    for name, invariant in INVARIANTS.items():
        invariants.register(name, invariant, owner=OWNER)
    job_kinds.register(confirmation.JOB, confirmation.make_confirmation, owner=OWNER)
    job_labels.register(confirmation.JOB, Label("Bokningsbekräftelse", "Booking confirmation"), owner=OWNER)
    _register_pages()


def _register_verbs() -> None:
    verbs = [Verb(f"rental.{code}", Label(sv, en), shape) for code, (sv, en, shape) in OF_CASE.items()]
    verbs += [Verb(f"booking.{code}", Label(sv, en), shape) for code, (sv, en, shape) in OF_BOOKING.items()]
    verbs += [Verb(code, Label(sv, en), shape) for code, (sv, en, shape) in OF_ROOM.items()]
    register(OWNER, *verbs)


def _register_pages() -> None:
    panels.columns.register("rental_dates", dates_column, owner=OWNER)
    panels.columns.register("rental_bookings", bookings_column, owner=OWNER)
    tab = panels.Tab(70, Label("Bokning", "Booking"), "show-bookings", Permission.SEE_CASES, kinds=("rental",))
    panels.tabs.register("bookings", tab, owner=OWNER)
    track = panels.Track(20, Label("Bokning", "Booking"), line, kinds=("rental",))
    panels.tracks.register("bookings", track, owner=OWNER)
    item = MenuItem(35, _("Venues"), "show-calendar", Permission.SEE_VENUES, also=("/lokaler/",))
    menu.register("venues", item, owner=OWNER)
