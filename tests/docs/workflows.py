"""One page per machine: a picture (Mermaid), its states, its rows."""

from collections.abc import Iterator

from vetting.accounts.roles import ROLES, Role
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, OneOf, Row, State, guards, kinds, promises


def own_kinds() -> list[tuple[str, Kind]]:
    """The machines of the rooms; those of tests stay out."""
    return [(code, kind) for code, kind in kinds.items() if not kinds.owner(code).startswith("tests.")]


def pages() -> Iterator[tuple[str, str]]:
    for code, kind in own_kinds():
        yield code, "\n".join(_page(kind)) + "\n"


def _page(kind: Kind) -> Iterator[str]:
    machine = kind.workflow
    yield f"\n# {machine.label.sv} ({machine.label.en.lower()})\n"
    yield f"Moved by the executor alone. Model `{kind.model._meta.label}`, table in `{_module(kind)}`.\n"
    yield "```mermaid\nstateDiagram-v2"
    for state in machine.states:
        yield f'  state "{state.label.sv}" as {state.code}'
    yield f"  [*] --> {machine.initial}"
    for row in machine.rows:
        for source in row.sources:
            for target in _targets(row):
                yield f"  {source} --> {target}: {row.action}"
    for state in machine.states:
        if state.final:
            yield f"  {state.code} --> [*]"
    yield "```\n\n## States\n"
    yield from table(
        ("code", "label", "phase", "shape", "whose turn", "due", "awaited"), (_state(state) for state in machine.states)
    )
    yield "\n## Rows\n"
    yield (
        "`*` forms a decision. *jäv*: the actor declares on conflicts of interest first. "
        "A guard answers with a reason; the same reason disables the button.\n"
    )
    yield from table(
        ("action", "label", "from", "to", "who", "guards", "effects", "ground"), (_row(row) for row in machine.rows)
    )


def _module(kind: Kind) -> str:
    return kinds.owner(kind.code).replace(".", "/") + "/workflow.py"


def _targets(row: Row) -> tuple[str, ...]:
    return row.target.states if isinstance(row.target, OneOf) else (row.target,)


def _state(state: State) -> tuple[str, ...]:
    due = "final" if state.final else "resting" if state.resting else f"{state.due_days} days"
    return (
        f"`{state.code}`",
        both(state.label),
        state.phase or "–",
        str(state.shape),
        title(state.owner) if state.owner else "–",
        due,
        both(state.next_step) if state.next_step else "–",
    )


def _row(row: Row) -> tuple[str, ...]:
    marks = ("*" if row.forms_decision else "") + (f" ({row.matter})" if row.matter else "")
    checks = [f"`{guard.__name__}`: {_first_line(guard.__doc__)}" for guard in row.guards]
    checks += [
        f"`{name}`: {_first_line(guards[name].__doc__) if name in guards else 'not registered'}" for name in row.needs
    ]
    if row.jav:
        checks.insert(0, "*jäv*")
    effects = [f"`{name}`" + (f": {promise.en}" if (promise := promises.get(name)) else "") for name in row.then]
    return (
        f"`{row.action}`{marks}",
        both(row.label),
        ", ".join(f"`{code}`" for code in row.sources),
        " or ".join(f"`{code}`" for code in _targets(row)),
        ", ".join(title(code) for code in row.who),
        "<br>".join(checks) or "–",
        "<br>".join(effects) or "–",
        f"{row.ground}" + (f"; {row.source_text}" if row.source_text else ""),
    )


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().split("\n\n")[0].replace("\n", " ").replace("    ", "")


def both(label: Label) -> str:
    return f"{label.sv} / {label.en}"


def title(code: str) -> str:
    return "the system" if code == "system" else ROLES[Role(code)].label.en


def table(head: tuple[str, ...], lines: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A Markdown table; a bar inside a cell is escaped."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for cells in lines:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
