"""The log's sentences about what is done in a case beside its workflow, one in Swedish and one in English each.

`{actor}` and references to people are shown by name, days as people write them (`applications.cases.timeline`).
"""

from vetting.audit.verbs import Verb, register
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape

CLOSED, DECIDE, DONE, NEW, STOP, WAIT, WORK = (
    Shape.CLOSED,
    Shape.DECIDE,
    Shape.DONE,
    Shape.NEW,
    Shape.STOP,
    Shape.WAIT,
    Shape.WORK,
)

SENTENCES: dict[str, tuple[str, str, Shape]] = {
    "document_added": ("{actor} lade till en handling.", "{actor} added a document.", NEW),
    "assigned": ("{actor} gav ärendet till {officer}.", "{actor} gave the case to {officer}.", WORK),
    "unassigned": ("Ärendet står utan handläggare.", "The case has no officer.", WAIT),
    "linked": ("{actor} länkade ärendet till {other}.", "{actor} linked the case to {other}.", DONE),
    "unlinked": ("{actor} tog bort länken till {other}.", "{actor} removed the link to {other}.", CLOSED),
    "note_written": ("{actor} skrev en tjänsteanteckning.", "{actor} wrote an official note.", DONE),
    "secrecy_note_written": (
        "{actor} skrev en anteckning med sekretessmarkering, {section}.",
        "{actor} wrote a note marked with secrecy, {section}.",
        DONE,
    ),
    "secrecy_note_read": (
        "{actor} läste anteckningen med sekretessmarkering, {section}.",
        "{actor} read the note marked with secrecy, {section}.",
        CLOSED,
    ),
    "jav_none": ("{actor} intygade att inget jäv finns.", "{actor} declared no conflict of interest.", DONE),
    "jav_possible": (
        "{actor} anmälde ett möjligt jäv. Enhetschefen bedömer det.",
        "{actor} named a possible conflict of interest. The unit head rules on it.",
        WAIT,
    ),
    "jav_yes": (
        "{actor} anmälde jäv och låstes ut.",
        "{actor} declared a conflict of interest and was locked out.",
        CLOSED,
    ),
    "jav_irrelevant": (
        "{actor} anmälde en koppling som uppenbart saknar betydelse (KL 6:29).",
        "{actor} declared a connection that obviously does not matter (KL 6:29).",
        DONE,
    ),
    "jav_ruled_no_conflict": (
        "{actor} bedömde att {person} inte är jävig.",
        "{actor} ruled that {person} has no conflict of interest.",
        DONE,
    ),
    "jav_ruled_conflict": (
        "{actor} bedömde att {person} är jävig. {person} låstes ut.",
        "{actor} ruled that {person} has a conflict of interest. {person} was locked out.",
        CLOSED,
    ),
    "jav_ruled_lifted": (
        "{actor} hävde utelåsningen av {person}, som svarar om jäv på nytt.",
        "{actor} lifted the lock-out of {person}, who declares anew.",
        WORK,
    ),
    "jav_ruled_allowed": (
        "{actor} tillät {person} att ta steget ”{step}” till och med {until} (KL 6:30).",
        "{actor} allowed {person} to take the step “{step}” until {until} (KL 6:30).",
        DECIDE,
    ),
    "hearing_waived": (
        "{actor} antecknade varför ingen kommunicering görs: {waiver}.",
        "{actor} recorded why no hearing is held: {waiver}.",
        DECIDE,
    ),
    "hearing_replied": (
        "{actor} registrerade sökandens svar, inkommet {arrived_on}.",
        "{actor} registered the applicant's reply, received {arrived_on}.",
        NEW,
    ),
    "hearing_commented": (
        "{actor} kommenterade sökandens svar.",
        "{actor} commented on the applicant's reply.",
        WORK,
    ),
}


def register_all(owner: str) -> None:
    """Registers them for the cases room."""
    register(owner, *(Verb(f"case.{code}", Label(sv, en), shape) for code, (sv, en, shape) in SENTENCES.items()))
