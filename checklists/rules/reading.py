"""From data (a TOML file, or the content of a published version) to a `Definition`, or one clear error.

Guarantee: a definition that reads is consistent; the rules never meet an unknown code. Errors name question and field.
"""

from collections.abc import Mapping
from typing import Any

from checklists.rules.consistency import check
from checklists.rules.definition import (
    OTHER,
    AnsweredBy,
    AskedWhen,
    Circumstance,
    Definition,
    Escalation,
    Frame,
    Ground,
    LookedAt,
    Procedure,
    Profile,
    Question,
    RuleFlag,
    Section,
    Stop,
    StopEffect,
    Subject,
    Target,
    Value,
)
from checklists.rules.node import DefinitionError, Node
from vetting.kernel.workflow import Ground as GroundKind


def read_definition(data: Mapping[str, Any]) -> Definition:
    """Build the checklist that `data` describes. Raises DefinitionError with place and reason."""
    top = Node(data, "")
    looked_at = top.node("looked_at")
    definition = Definition(
        template=top.word("template"),
        subject=top.one(Subject, "subject"),
        name=top.text("name"),
        sections=tuple(_section(node) for node in top.nodes("sections")),
        questions=tuple(_question(node) for node in top.nodes("questions")),
        profiles=tuple(_profile(node) for node in top.nodes("profiles")),
        rule_flags=tuple(_rule_flag(node) for node in top.nodes("rule_flags")),
        least_looked_at=frozenset(looked_at.many(LookedAt, "least")) if looked_at else frozenset(),
        reuse_months=top.get("reuse_months", int, 0),
    )
    top.done()
    check(definition)
    return definition


def _section(node: Node) -> Section:
    section = Section(code=node.word("code"), name=node.text("name"))
    node.done()
    return section


def _profile(node: Node) -> Profile:
    profile = Profile(code=node.word("code"), name=node.text("name"), questions=node.words("questions"))
    node.done()
    return profile


def _rule_flag(node: Node) -> RuleFlag:
    flag = RuleFlag(code=node.word("code"), text=node.text("text"))
    node.done()
    return flag


def _question(node: Node) -> Question:
    question = Question(
        code=node.word("code"),
        section=node.word("section"),
        text=node.text("text"),
        short=node.text("short"),
        help=node.text("help"),
        evidence=node.text("evidence"),
        grounds=tuple(_ground(ground) for ground in node.nodes("grounds", name="kind")),
        star=node.flag("star"),
        adverse=node.one(Value, "adverse") if "adverse" in node.data else None,
        answered_by=node.one(AnsweredBy, "answered_by", AnsweredBy.PERSON),
        asked_when=_asked_when(node.node("asked_when")),
        own_words_on=frozenset(node.many(Value, "own_words_on")),
        must_name=node.flag("must_name"),
        no_concrete=node.flag("no_concrete"),
        needs_evidence=node.flag("needs_evidence"),
        special_reasons=node.flag("special_reasons"),
        of_principle=node.flag("of_principle"),
        weighs=node.flag("weighs"),
        weighs_rule=node.word("weighs_rule", ""),
        stop=_stop(node.node("stop")),
        escalations=tuple(_escalation(escalation) for escalation in node.nodes("escalations")),
        circumstances=_circumstances(node),
        aside=node.text("aside", optional=True),
    )
    node.done()
    return question


def _ground(node: Node) -> Ground:
    frames = frozenset(node.many(Frame, "frames")) or frozenset(Frame)
    printed = bool(node.get("printed", bool, True))
    ground = Ground(
        kind=node.one(GroundKind, "kind"),
        text=node.text("text"),
        frames=frames,
        printed=printed,
        term=node.word("term", ""),
    )
    node.done()
    return ground


def _asked_when(node: Node | None) -> AskedWhen:
    if node is None:
        return AskedWhen()
    asked_when = AskedWhen(
        departs_from_no=frozenset(node.words("departs_from_nej")), refusal_considered=node.flag("refusal_considered")
    )
    node.done()
    return asked_when


def _stop(node: Node | None) -> Stop | None:
    if node is None:
        return None
    on = node.word("on")
    stop = Stop(
        effect=node.one(StopEffect, "effect", StopEffect.PATH),
        text=node.text("text"),
        on=None if on == "circumstance" else node.one(Value, "on"),
        rule=node.word("rule", ""),
    )
    node.done()
    return stop


def _escalation(node: Node) -> Escalation:
    escalation = Escalation(on=frozenset(node.many(Value, "on")), to=node.many(Target, "to"), text=node.text("text"))
    node.done()
    return escalation


def _circumstances(question: Node) -> tuple[Circumstance, ...]:
    """The named circumstances; where one must be named and none may fit, "other" is added last."""
    named = tuple(_circumstance(node) for node in question.nodes("circumstances"))
    acts = question.flag("needs_evidence")  # there somebody must say whether it is shown: no way round
    return (*named, OTHER) if named and question.flag("must_name") and not acts else named


def _circumstance(node: Node) -> Circumstance:
    on = node.word("on", "adverse")
    if on not in {"adverse", "any"}:
        raise DefinitionError(node.at("on"), f"{on!r} is neither 'adverse' nor 'any'")
    code = node.word("code")
    if code == OTHER.code:
        raise DefinitionError(node.at("code"), f"{code!r} is added by itself")
    circumstance = Circumstance(
        code=code,
        text=node.text("text"),
        any_answer=on == "any",
        stops=node.flag("stops"),
        rule=node.word("rule", ""),
        spares=node.words("spares"),
        to=node.many(Target, "to"),
        see=node.word("see", ""),
        calls_for=node.one(Procedure, "calls_for") if "calls_for" in node.data else None,
    )
    node.done()
    return circumstance
