"""The closed lists of a decision, each word in Swedish and English (docs/domain.md §4.2, §8.1; docs/glossary.md)."""

from typing import Any

from django.db import models
from django.utils.functional import lazy

from vetting.kernel.labels import Label


def both(sv: str, en: str) -> Any:
    """A label that is read in the reader's language."""
    return lazy(lambda: str(Label(sv, en)), str)()


class Matter(models.TextChoices):
    """What a decision is about. At most one decision is in force per case and matter."""

    MAIN = "main", both("Ansökan", "The application")
    CHANGE = "change", both("Ändring", "Change")
    REVOCATION = "revocation", both("Återkallelse", "Revocation")
    BLOCK = "block", both("Spärr", "Block")
    RENEWAL = "renewal", both("Förnyelse", "Renewal")
    WAIVER = "waiver", both("Eftergift", "Waiver")
    WRITE_OFF = "write_off", both("Avskrivning av fordran", "Write-off")
    SET_OFF = "set_off", both("Kvittning", "Set-off")
    WITHDRAWAL = "withdrawal", both("Indragning av allt stöd", "Withdrawal of all support")


class Outcome(models.TextChoices):
    FULL = "full", both("Bifall", "Granted")
    PART = "part", both("Delvis bifall", "Granted in part")
    REFUSED = "refused", both("Avslag", "Refused")
    DISMISSED = "dismissed", both("Avvisning", "Dismissed")
    STRUCK = "struck", both("Avskrivning", "Written off")


GRANTING = frozenset({Outcome.FULL, Outcome.PART})
# What goes against the applicant, wholly or in part; writing off at its own request does not.
ADVERSE = frozenset({Outcome.PART, Outcome.REFUSED, Outcome.DISMISSED})


class ReasonClass(models.TextChoices):
    """On what kind of reason a decision rests; it says what is owed before it (docs/domain.md §10; design: §2.4)."""

    CONDUCT = "conduct", both("Handlande", "Conduct")
    RULE = "rule", both("Villkor", "Rule")
    PRIORITY = "priority", both("Prioritering", "Priority")
    FORMAL = "formal", both("Formalia", "Formal")


class FactSource(models.TextChoices):
    """Where the facts that speak against the applicant come from: it decides whether a hearing is owed."""

    APPLICANT = "applicant", both("Sökanden själv", "The applicant")
    REGISTER = "register", both("Förvaltningens eget register", "The district's own register")
    OTHER = "other", both("Någon annan", "Somebody else")


class FormalGround(models.TextChoices):
    LATE = "late", both("Kom in för sent", "Came in too late")
    INCOMPLETE = "incomplete", both("Ofullständig trots erbjuden hjälp", "Incomplete after offered help")
    WITHDRAWN = "withdrawn", both("Återkallad av sökanden", "Withdrawn by the applicant")


class Rung(models.TextChoices):
    """The proportionality ladder, mildest first."""

    CONDITION = "condition", both("Villkor", "Condition")
    DIALOGUE = "dialogue", both("Dialog", "Dialogue")
    PART = "part", both("Delvis bifall", "Grant in part")
    PAUSE = "pause", both("Paus", "Pause")
    REFUSAL = "refusal", both("Avslag", "Refusal")
    RECLAIM = "reclaim", both("Återkrav", "Reclaim")


RUNG_OF = {Outcome.PART: Rung.PART, Outcome.REFUSED: Rung.REFUSAL}


class SpecialReasons(models.TextChoices):
    """Särskilda skäl: recorded also when looked for and not found (docs/domain.md §2.2)."""

    FOUND = "found", both("Det finns särskilda skäl", "There are special reasons")
    NOT_FOUND = "not_found", both("Sökt efter, inte funnet", "Looked for, not found")


class Differs(models.TextChoices):
    """Does the proposal differ from comparable cases?"""

    NO = "no", both("Nej", "No")
    YES = "yes", both("Ja", "Yes")
    NOTHING_TO_COMPARE = "none", both("Det finns inga jämförbara ärenden", "There are no comparable cases")


class Path(models.TextChoices):
    """Who is to decide."""

    DELEGATE = "delegate", both("På delegation", "By delegation")
    BOARD = "board", both("Nämnden", "The board")
    CHAIR = "chair_urgent", both("Ordföranden, kan inte inväntas", "The chair, cannot be awaited")


class Body(models.TextChoices):
    """Bodies whose outcomes the secretary registers."""

    BOARD = "board", both("Nämnden", "The board")
    COMMITTEE = "committee", both("Utskottet", "The committee")
    PRESIDIUM = "presidium", both("Presidiet", "The presidium")


class DelegateKind(models.TextChoices):
    """Whom a row of the delegation table empowers (docs/domain.md §4.2)."""

    PRESIDIUM = "presidium", both("Presidiet", "Presidium")
    COMMITTEE = "committee", both("Utskott", "Committee")
    MEMBER = "member", both("Ledamot", "Member")
    SUBSTITUTE = "substitute", both("Ersättare", "Substitute")
    CHAIR_URGENT = "chair_urgent", both("Ordföranden i brådskande ärenden", "Chair in urgent cases")
    EMPLOYEE = "employee", both("Anställd", "Employee")
    SUB_DELEGATED = "sub_delegated", both("Vidaredelegerad", "Sub-delegated")


class Reported(models.TextChoices):
    """How a delegated decision reaches the board; it decides whose minutes start the appeal time (KL 6:40, 7:8)."""

    REPORTED = "anmals", both("Anmäls till nämnden", "Reported to the board")
    OWN_RECORD = "protokollfors_sarskilt", both("Protokollförs särskilt", "Recorded separately")


class BoardOutcome(models.TextChoices):
    AS_PROPOSED = "bifall", both("Bifall till förslaget", "As proposed")
    CHANGED = "andrat", both("Ändrat", "Changed")
    REFUSED = "avslag", both("Avslag", "Refused")
    REFERRED_BACK = "aterremiss", both("Återremiss", "Referred back")
    TABLED = "bordlagt", both("Bordlagt", "Tabled")
    STRUCK = "utgar", both("Utgår", "Struck from the agenda")


DECIDING = frozenset({BoardOutcome.AS_PROPOSED, BoardOutcome.CHANGED, BoardOutcome.REFUSED})


class Frame(models.TextChoices):
    """The legal frame of a case: which sections hold, and so which a letter may print (docs/domain.md §0.1, §4.1)."""

    LEGALITY = "laglighetsprovning", both("Laglighetsprövning", "Legality review")
    FULL_APPEAL = "forvaltningslagen", both("Förvaltningslagen", "Administrative Procedure Act")


class NoticeOf(models.TextChoices):
    """Whose approval the notice board announces: the clock's start (docs/domain.md §4.2)."""

    MEETING = "meeting", both("Sammanträdet där beslutet fattades", "The meeting that decided")
    REPORTING = "reporting", both("Sammanträdet där beslutet anmäldes", "The meeting it was reported to")
    OWN_RECORD = "own_record", both("Det särskilda protokollet", "The separate record")


class CourtAnswer(models.TextChoices):
    NO_APPEAL = "no_appeal", both("Inget överklagande har kommit in", "No appeal has come in")
    APPEALED = "appealed", both("Beslutet är överklagat", "The decision is appealed")
