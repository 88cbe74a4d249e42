"""The words for codes: answers, sources, roles, classes. Answers have no colour; the word says it all."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.models import Prefill, Source
from checklists.rules.definition import LookedAt, Question, Value
from checklists.rules.evidence import ActorRole, Capacity, Shows, SourceClass
from checklists.rules.review import Weighed
from vetting.kernel import clock, text

VALUES: dict[Value, Any] = {
    Value.YES: gettext_lazy("Yes"),
    Value.NO: gettext_lazy("No"),
    Value.UNCLEAR: gettext_lazy("Unclear"),
    Value.NOT_APPLICABLE: gettext_lazy("Not applicable"),
}
LOOKED_AT: dict[LookedAt, Any] = {
    LookedAt.OWN_REGISTER: gettext_lazy("our own register"),
    LookedAt.PAPERS: gettext_lazy("the papers of the case"),
    LookedAt.OWN_SITE: gettext_lazy("the association's own site"),
    LookedAt.NOTHING_MORE: gettext_lazy("nothing more"),
}
SOURCE_CLASSES: dict[SourceClass, Any] = {
    SourceClass.JUDGMENT: gettext_lazy("judgment or authority's decision"),
    SourceClass.OWN_MATERIAL: gettext_lazy("the association's own material"),
    SourceClass.OBSERVATION: gettext_lazy("our own documented observation"),
    SourceClass.AUTHORITY: gettext_lazy("statement by an authority"),
    SourceClass.MEDIA: gettext_lazy("media with traceable sources"),
    SourceClass.TIP: gettext_lazy("tip or report without sources"),
}
SHOWS: dict[Shows, Any] = {
    Shows.ACT: gettext_lazy("An act: something done, said or published"),
    Shows.DOCUMENT: gettext_lazy("What a document says"),
    Shows.STATE: gettext_lazy("How something is: a register, a room, a sum"),
    Shows.UMBRELLA: gettext_lazy("Only that they belong to the same umbrella organisation"),
}
ACTOR_ROLES: dict[ActorRole, Any] = {
    ActorRole.BOARD: gettext_lazy("board member"),
    ActorRole.SIGNATORY: gettext_lazy("authorised signatory"),
    ActorRole.EMPLOYEE: gettext_lazy("employee"),
    ActorRole.LEADER: gettext_lazy("appointed leader"),
    ActorRole.SPEAKER: gettext_lazy("invited speaker"),
    ActorRole.MEMBER: gettext_lazy("member"),
    ActorRole.UNKNOWN: gettext_lazy("unknown"),
}
CAPACITIES: dict[Capacity, Any] = {
    Capacity.IN_ACTIVITY: gettext_lazy("within the activity"),
    Capacity.PRIVATE: gettext_lazy("privately"),
    Capacity.UNCLEAR: gettext_lazy("unclear"),
}
WEIGHED: dict[Weighed, Any] = {
    Weighed.DISTANCE: gettext_lazy("the association distanced itself"),
    Weighed.MEASURES: gettext_lazy("adequate measures were taken"),
    Weighed.SINGLE: gettext_lazy("it is a single act"),
    Weighed.LONG_AGO: gettext_lazy("it lies far back in time"),
}


def answer_label(question: Question, value: Value) -> str:
    """How an answer reads, on the page and in print (docs/domain.md §3)."""
    if question.no_concrete and value == Value.NO:
        return _("No concrete facts known")
    return str(VALUES[value])


def prefill_mark(prefill: Prefill) -> str:
    """Where a suggestion comes from, e.g. "from the register, 5 March 2026" or "from last year, KUN 2025/0088"."""
    if prefill.source == Source.LAST_REVIEW:
        last_year = prefill.as_of.year == clock.today().year - 1
        sentence = _("from last year, %(where)s") if last_year else _("from the last review, %(where)s")
        return sentence % {"where": prefill.reference or text.day(prefill.as_of)}
    at_hand = prefill.source == Source.APPLICATION
    sentence = _("from the application, %(day)s") if at_hand else _("from the register, %(day)s")
    return sentence % {"day": text.day(prefill.as_of)}
