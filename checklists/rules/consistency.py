"""What a checklist may not say: codes that stand twice, rules nobody defined, stops that nothing can meet."""

from checklists.rules.definition import Definition, Question, Value
from checklists.rules.node import DefinitionError


def check(definition: Definition) -> None:
    """Refuse what reads but contradicts itself."""
    _check_codes("sections", [section.code for section in definition.sections])
    _check_codes("questions", [question.code for question in definition.questions])
    _check_codes("profiles", [profile.code for profile in definition.profiles])
    known = set(definition.by_code)
    for profile in definition.profiles:
        for code in profile.questions:
            if code not in known:
                raise DefinitionError(f"profiles[{profile.code}].questions", f"{code} is not a question")
    for question in definition.questions:
        _check_question(definition, question)


def _check_codes(where: str, codes: list[str]) -> None:
    if not codes:
        raise DefinitionError(where, "is missing")
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise DefinitionError(where, f"{twice[0]} stands twice")


def _check_question(definition: Definition, question: Question) -> None:
    where = f"questions[{question.code}]"
    flags = {flag.code for flag in definition.rule_flags}

    def demand(holds: bool, field: str, what: str) -> None:
        if not holds:
            raise DefinitionError(f"{where}.{field}", what)

    demand(question.section in {section.code for section in definition.sections}, "section", "is not a section")
    demand(bool(question.grounds), "grounds", "is missing")
    demand(question.adverse in {None, Value.YES, Value.NO}, "adverse", "must be ja or nej")
    demand(not (question.no_concrete and question.adverse != Value.YES), "no_concrete", "needs ja as adverse")
    demand(question.asked_when.departs_from_no <= set(definition.by_code), "asked_when", "names an unknown question")
    demand(not question.weighs_rule or question.weighs, "weighs_rule", "stands without weighs")
    rules = {question.weighs_rule, *(one.rule for one in question.circumstances)}
    stop = question.stop
    rules.add(stop.rule if stop else "")
    demand(rules <= flags | {""}, "rule", "is not one of rule_flags")
    codes = {one.code for one in question.circumstances}
    if question.circumstances:
        _check_codes(f"{where}.circumstances", [one.code for one in question.circumstances])
    stopping = {one.code for one in question.circumstances if one.stops}
    demand(bool(stop) or not stopping, "stop", "is missing though a circumstance stops")
    demand(not stop or (stop.on is None) == bool(stopping), "stop", "needs an answer or a circumstance that stops")
    demand(not question.must_name or bool(codes), "must_name", "stands without circumstances")
    for one in question.circumstances:
        demand(question.adverse is not None or one.any_answer, f"circumstances[{one.code}]", "needs on = 'any'")
        demand(set(one.spares) <= stopping, f"circumstances[{one.code}].spares", "names what does not stop")
        demand(one.see in {"", *definition.by_code}, f"circumstances[{one.code}].see", "is not a question")
