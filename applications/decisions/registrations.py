"""What the decisions room fills in the registries of the rooms below."""

from django.utils.translation import gettext_lazy as _

from applications.decisions import effects, panels
from applications.decisions.invariants import INVARIANTS
from applications.decisions.models import DecisionTrack
from applications.decisions.services.make_letter import make_letter
from applications.decisions.services.record_decision import LETTER_JOB
from applications.decisions.workflow import DECISION
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.jobs.kinds import job_kinds, job_labels
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, Shape, invariants, kinds

OWNER = "applications.decisions"

SENTENCES: dict[str, tuple[str, str, Shape]] = {
    "proposal.saved": ("{actor} sparade förslaget till beslut.", "{actor} saved the proposal.", Shape.WORK),
    "meeting.planned": ("{actor} lade in ett sammanträde.", "{actor} entered a meeting.", Shape.NEW),
    "board.outcome_registered": (
        "{actor} registrerade vad nämnden gjorde.",
        "{actor} registered what the board did.",
        Shape.DECIDE,
    ),
    "rule.drafted": ("{actor} skrev ett utkast till en regel.", "{actor} drafted a rule.", Shape.WORK),
    "rule.published": ("{actor} beslutade att en regel ska gälla.", "{actor} published a rule.", Shape.DONE),
    "letter_template.signed": ("{actor} godkände en brevmall.", "{actor} signed a letter template.", Shape.DONE),
    "decision.create": (
        "Beslutet och skälen frystes. Registrerat av {actor}.",
        "The decision and its reasons were frozen ({actor}).",
        Shape.DECIDE,
    ),
    "decision.letter_made": ("Brevet gjordes som PDF.", "The letter was made as PDF.", Shape.DONE),
    "decision.announce": (
        "{actor} registrerade tillkännagivandet.",
        "{actor} registered the announcement.",
        Shape.WAIT,
    ),
    "decision.notice_fell": (
        "Anslaget togs ned i förtid. Registrerat av {actor}.",
        "The notice came down early ({actor}).",
        Shape.LATE,
    ),
    "decision.notice_taken_down": (
        "Anslaget togs ned. Registrerat av {actor}.",
        "The notice was taken down ({actor}).",
        Shape.DONE,
    ),
    "decision.confirm_final": (
        "{actor} bekräftade att beslutet har fått laga kraft.",
        "{actor} confirmed legal force.",
        Shape.DONE,
    ),
    "decision.appeal": ("{actor} registrerade ett överklagande.", "{actor} registered an appeal.", Shape.WAIT),
    "decision.stay": ("{actor} registrerade inhibition.", "{actor} registered a stay.", Shape.STOP),
    "decision.lift_stay": ("Inhibitionen upphörde. Registrerat av {actor}.", "The stay ended ({actor}).", Shape.WAIT),
    "decision.uphold": ("Domstolen avslog överklagandet.", "The court upheld the decision.", Shape.DONE),
    "decision.annul": ("Domstolen upphävde beslutet.", "The court annulled the decision.", Shape.STOP),
    "decision.dismiss_appeal": ("Överklagandet avvisades.", "The appeal was dismissed.", Shape.DONE),
    "decision.correct": (
        "Beslutet ersattes av ett nytt. Beslutat av {actor}.",
        "The decision was replaced by a new one ({actor}).",
        Shape.CLOSED,
    ),
}


def register_all() -> None:
    kinds.register(
        "decision",
        Kind(code="decision", label=DECISION.label, model=DecisionTrack, workflow=DECISION, page="show-decisions"),
        owner=OWNER,
    )
    register(OWNER, *(Verb(code, Label(sv, en), shape) for code, (sv, en, shape) in SENTENCES.items()))
    effects.register_all(OWNER)
    panels.register_all(OWNER)
    menu.register(
        "decisions.board", MenuItem(50, _("The board"), "list-meetings", Permission.REGISTER_BOARD), owner=OWNER
    )
    for name, invariant in INVARIANTS.items():
        invariants.register(name, invariant, owner=OWNER)
    job_kinds.register(LETTER_JOB, make_letter, owner=OWNER)
    job_labels.register(LETTER_JOB, Label("Beslutsbrev", "Decision letter"), owner=OWNER)
