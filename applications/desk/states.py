"""The states of every kind of case, as the queue and the start page group them."""

from collections.abc import Iterator

from vetting.kernel.workflow import Kind, Shape, State, kinds


def case_kinds() -> list[Kind]:
    return [kind for _code, kind in kinds.items() if kind.is_case]


def all_states() -> Iterator[State]:
    for kind in case_kinds():
        yield from kind.workflow.states


def codes_with(*shapes: Shape) -> list[str]:
    """The codes of the states that are shown with one of the shapes, in any kind of case."""
    return sorted({state.code for state in all_states() if state.shape in shapes and not state.final})


def state_of(kind: str, code: str) -> State:
    return kinds[kind].workflow.state(code)


def choices() -> list[tuple[str, str]]:
    """Code and word of every state that is not final, each code once, in the order of the tables."""
    found: dict[str, str] = {}
    for state in all_states():
        if not state.final:
            found.setdefault(state.code, str(state.label))
    return list(found.items())
