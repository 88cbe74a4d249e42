"""What the grants room fills in the registries of the rooms below."""

from applications.cases import limits
from applications.cases.panels import headlines
from applications.cases.suggestions import adverse_facts, missing_items
from applications.decisions.subjects import subjects
from applications.grants import facts, reading, review_cycle
from applications.grants.answer_days import answer_days
from applications.grants.headline import GRANT_HEADLINE
from applications.grants.models import GrantApplication
from applications.grants.payments import registrations as payments
from applications.grants.programmes import registrations as programmes
from applications.grants.services.lane import lane_closed, lane_opened
from applications.grants.subject import SUBJECT
from applications.grants.suggestions import evidence_against, missing_papers
from applications.grants.workflow import GRANT
from vetting.accounts.roles import Role
from vetting.audit.verbs import Verb, register
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Effect, Kind, Shape, effects, kinds, promises

OWNER = "applications.grants"
REVIEW_STATES = frozenset({"formal_check", "completion", "review", "in_depth", "consultation", "hearing"})
# A premises officer's reviews are those of events in venues (docs/domain.md §7).
REVIEW_ROLES = frozenset(
    {
        Role.GRANT_OFFICER,
        Role.SECOND_READER,
        Role.UNIT_HEAD,
        Role.DEPARTMENT_HEAD,
        Role.LAWYER,
        Role.BOARD_SECRETARY,
    }
)

SENTENCES: dict[str, tuple[str, str, Shape]] = {
    "create": ("{actor} lade upp ansökan.", "{actor} entered the application.", Shape.NEW),
    "edited": ("{actor} rättade ansökan.", "{actor} corrected the application.", Shape.DONE),
    "submit": ("Ansökan togs emot av {actor}.", "The application was received by {actor}.", Shape.NEW),
    "register": ("{actor} registrerade ärendet.", "{actor} registered the case.", Shape.DONE),
    "start_check": ("{actor} började den formella kontrollen.", "{actor} started the formal check.", Shape.WORK),
    "ask_completion": ("{actor} begärde komplettering.", "{actor} asked for a completion.", Shape.WAIT),
    "completed": ("{actor} registrerade kompletteringen.", "{actor} registered the completion.", Shape.DONE),
    "start_review": ("{actor} började sakprövningen.", "{actor} started the review.", Shape.WORK),
    "consult": ("{actor} begärde samråd.", "{actor} asked for a consultation.", Shape.WAIT),
    "answered": ("Svar på samrådet registrerades av {actor}.", "{actor} registered the answer.", Shape.DONE),
    "hear": ("{actor} skickade uppgifter till föreningen.", "{actor} sent facts to the association.", Shape.WAIT),
    "heard": ("{actor} avslutade kommuniceringen.", "{actor} ended the hearing.", Shape.DONE),
    "open_in_depth": ("{actor} öppnade fördjupad granskning.", "{actor} opened the in-depth lane.", Shape.WORK),
    "close_in_depth": ("{actor} avslutade fördjupad granskning.", "{actor} closed the in-depth lane.", Shape.DONE),
    "submit_review": ("{actor} lämnade granskningen.", "{actor} submitted the review.", Shape.DONE),
    "return_review": ("{actor} återlämnade granskningen.", "{actor} returned the review.", Shape.LATE),
    "confirm_review": ("{actor} bekräftade granskningen.", "{actor} confirmed the review.", Shape.DONE),
    "return_proposal": ("{actor} återlämnade förslaget.", "{actor} returned the proposal.", Shape.LATE),
    "send_to_board": ("{actor} skickade ärendet till nämnden.", "{actor} sent the case to the board.", Shape.DECIDE),
    "strike": (
        "{actor} strök ärendet från nämndens lista.",
        "{actor} struck the case off the agenda.",
        Shape.CLOSED,
    ),
    "table": ("Nämnden bordlade ärendet. Registrerat av {actor}.", "The board tabled the case ({actor}).", Shape.WAIT),
    "back_from_table": ("{actor} tog upp ärendet igen.", "{actor} took the case up again.", Shape.DECIDE),
    "refer_back": ("Nämnden återremitterade ärendet. Registrerat av {actor}.", "Referred back ({actor}).", Shape.LATE),
    "grant": ("{actor} beslutade om bifall.", "{actor} decided to grant.", Shape.DONE),
    "refuse": ("{actor} beslutade om avslag.", "{actor} decided to refuse.", Shape.STOP),
    "dismiss": ("{actor} avvisade ansökan.", "{actor} dismissed the application.", Shape.STOP),
    "withdraw": (
        "{actor} skrev av ärendet: sökanden återkallade.",
        "{actor} wrote off: withdrawn.",
        Shape.CLOSED,
    ),
    "reconsider": ("{actor} tog upp beslutet till omprövning.", "{actor} reopened the decision.", Shape.WORK),
    "reopen_after_judgment": ("{actor} tog upp ärendet efter dom.", "{actor} reopened after a judgment.", Shape.WORK),
    "close": ("{actor} avslutade ärendet.", "{actor} closed the case.", Shape.CLOSED),
}

EFFECTS: tuple[tuple[str, Effect, str, str], ...] = (
    (
        "grant.open_reviews",
        review_cycle.open_reviews,
        "Granskningen öppnas med stödformens frågor. Det som registret vet fylls i och ska bekräftas.",
        "The review opens with the programme's questions. What the register knows is filled in, to be confirmed.",
    ),
    (
        "grant.suggest_again",
        review_cycle.suggest_again,
        "Det som har kommit in fylls i som förslag i granskningen och ska bekräftas.",
        "What has come in is filled in as suggestions in the review, to be confirmed.",
    ),
    (
        "grant.complete_reviews",
        review_cycle.complete_reviews,
        "Granskningen signeras med ditt namn och låses.",
        "The review is signed with your name and locked.",
    ),
    (
        "grant.reopen_reviews",
        review_cycle.reopen_reviews,
        "Granskningen låses upp så att svaren kan ändras.",
        "The review is unlocked so that answers can be changed.",
    ),
    (
        "grant.reading_stored",
        reading.store_reading,
        "Regeln för andra läsare prövas, och svaret sparas med sitt skäl.",
        "The rule on a second reader is applied, and its answer kept with the reason.",
    ),
    (
        "grant.lane_opened",
        lane_opened,
        "Föreningen ska få veta vad som ses över och till vilken dag.",
        "The association is to be told what is looked at, and until which day.",
    ),
    ("grant.lane_closed", lane_closed, "Granskningen går tillbaka till vanligt spår.", "Back to the ordinary lane."),
)


def register_all() -> None:
    programmes.register_all()
    payments.register_all()
    headlines.register("grant", GRANT_HEADLINE, owner=OWNER)
    kinds.register(
        "grant",
        Kind(
            code="grant",
            label=GRANT.label,
            model=GrantApplication,
            workflow=GRANT,
            is_case=True,
            number_on="received",
            page="show-case",
            review_states=REVIEW_STATES,
            review_roles=frozenset(role.value for role in REVIEW_ROLES),
        ),
        owner=OWNER,
    )
    register(OWNER, *(Verb(f"grant.{code}", Label(sv, en), shape) for code, (sv, en, shape) in SENTENCES.items()))
    for name, effect, sv, en in EFFECTS:
        effects.register(name, effect, owner=OWNER)
        promises.register(name, Label(sv, en), owner=OWNER)
    facts.register_all()
    limits.answer_days.register("grant", answer_days, owner=OWNER)
    missing_items.register("grant", missing_papers, owner=OWNER)
    adverse_facts.register("grant", evidence_against, owner=OWNER)
    subjects.register("grant", SUBJECT, owner=OWNER)
