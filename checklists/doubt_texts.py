"""What is open in a review, as sentences: the same for the summary, a disabled button and a refused signature."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from checklists.rules.definition import Procedure, Question, StopEffect, Target
from checklists.rules.findings import Block, Doubt, EscalationDue, EscalationState, Open, SecondReading
from vetting.kernel.errors import Reason

TARGETS: dict[Target, Any] = {
    Target.UNIT_HEAD: gettext_lazy("the unit head"),
    Target.COORDINATOR: gettext_lazy("the coordinator"),
    Target.LAWYER: gettext_lazy("the lawyer"),
    Target.SECOND_PERSON: gettext_lazy("a second person"),
    Target.POLICE: gettext_lazy("the police"),
    Target.BOARD: gettext_lazy("the board"),
}
PROCEDURES: dict[Procedure, Any] = {
    Procedure.IN_DEPTH: gettext_lazy("the in-depth lane is considered"),
    Procedure.WRITTEN_SPLIT: gettext_lazy("the split is put in writing"),
    Procedure.REFER: gettext_lazy("refer to a central committee"),
    Procedure.UNAVAILABLE: gettext_lazy("the answer is “not available”, with a reason code"),
    Procedure.ASK_AGAIN: gettext_lazy("ask the tenant once more"),
}
SECOND_READINGS: dict[SecondReading, Any] = {
    SecondReading.STOP_OF_PRINCIPLE: gettext_lazy("a stop on the democracy condition"),
    SecondReading.SPECIAL_REASONS: gettext_lazy("special reasons"),
    SecondReading.IN_DEPTH: gettext_lazy("in-depth lane"),
}
EFFECTS: dict[StopEffect, Any] = {
    StopEffect.PATH: gettext_lazy(
        "locks approval until a refusal or special reasons are recorded by somebody with authority"
    ),
    StopEffect.REFUSAL: gettext_lazy("a refusal cannot be proposed"),
    StopEffect.LETTER: gettext_lazy("the letter cannot be made"),
    StopEffect.PERSON: gettext_lazy("the person with a conflict of interest leaves the case"),
}
# After the questions it is about: "A11, A17 are not answered".
_LACKS: dict[Doubt, Any] = {
    Doubt.MISSING: ngettext_lazy("is not answered", "are not answered", "count"),
    Doubt.SYSTEM_WAITS: ngettext_lazy("waits for declarations", "wait for declarations", "count"),
    Doubt.UNCONFIRMED: ngettext_lazy("is to be confirmed", "are to be confirmed", "count"),
    Doubt.UNCLEAR: ngettext_lazy("is unclear", "are unclear", "count"),
    Doubt.LOOKED_AT: ngettext_lazy("does not say what was looked at", "do not say what was looked at", "count"),
    Doubt.UNNAMED: ngettext_lazy("does not say what the matter is", "do not say what the matter is", "count"),
    Doubt.SEE: ngettext_lazy("points to %(about)s", "point to %(about)s", "count"),
    Doubt.ESCALATION: ngettext_lazy("waits for %(about)s", "wait for %(about)s", "count"),
    Doubt.SPECIAL_REASONS: ngettext_lazy(
        "lacks a trial of special reasons", "lack a trial of special reasons", "count"
    ),
    Doubt.WEAK_EVIDENCE: ngettext_lazy("rests on too weak evidence", "rest on too weak evidence", "count"),
    Doubt.CONFLICT: ngettext_lazy("has a person with a conflict", "have a person with a conflict", "count"),
}
_SENTENCES: dict[Doubt, Any] = {
    Doubt.MISSING: gettext_lazy("%(question)s is not answered"),
    Doubt.SYSTEM_WAITS: gettext_lazy("%(question)s waits for the declarations in the case"),
    Doubt.UNCONFIRMED: gettext_lazy("%(question)s is to be confirmed"),
    Doubt.UNCLEAR: gettext_lazy("%(question)s is unclear: ask for completion or put it to somebody"),
    Doubt.LOOKED_AT: gettext_lazy("%(question)s does not say what was looked at"),
    Doubt.UNNAMED: gettext_lazy("%(question)s does not say what the matter is"),
    Doubt.SEE: gettext_lazy("%(question)s points to %(about)s: answer that again"),
    Doubt.ESCALATION: gettext_lazy("%(question)s waits for %(about)s"),
    Doubt.SPECIAL_REASONS: gettext_lazy("%(question)s: special reasons are not tried yet"),
    Doubt.WEAK_EVIDENCE: gettext_lazy("%(question)s: the stop rests on too weak evidence"),
    Doubt.CONFLICT: gettext_lazy("%(question)s: a person with a conflict of interest is still in the case"),
}


def sentence(one: Open) -> str:
    """The open item as a sentence, e.g. "A14 waits for the unit head"."""
    about = str(TARGETS[Target(one.about)]) if one.doubt == Doubt.ESCALATION else one.about
    return str(_SENTENCES[one.doubt]) % {"question": one.question, "about": about}


def lack(doubt: Doubt, about: str, number: int) -> str:
    """The same without its subject, for `number` questions that lack the same."""
    whom = str(TARGETS[Target(about)]) if doubt == Doubt.ESCALATION else about
    return str(_LACKS[doubt] % {"count": number, "about": whom})


def reason_for(one: Open) -> Reason:
    """The open item as a reason that leads to its question."""
    return Reason(one.doubt.value, sentence(one), f"#{one.question}", {"question": one.question})


def block_reason(question: Question, block: Block) -> Reason:
    """A stop as a reason: what stops, and what it locks."""
    named = question.circumstance(block.circumstance)
    cause = str(named.text) if named else str(question.stop.text) if question.stop else ""
    effect = _("lifted by special reasons") if block.lifted else str(EFFECTS[block.effect])
    text = _("%(question)s: %(cause)s – %(effect)s") % {"question": block.question, "cause": cause, "effect": effect}
    return Reason("stop", text, f"#{block.question}", {"question": block.question})


def escalation_reason(due: EscalationDue) -> Reason:
    """Whom a question goes to, and how far that has come."""
    sentences = {
        EscalationState.NEEDED: _("%(question)s goes to %(whom)s"),
        EscalationState.ASKED: _("%(question)s is with %(whom)s"),
        EscalationState.ANSWERED: _("%(question)s is answered by %(whom)s"),
    }
    text = sentences[due.state] % {"question": due.question, "whom": TARGETS[due.to]}
    return Reason(due.state.value, text, f"#{due.question}", {"question": due.question})
