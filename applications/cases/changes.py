"""What has changed since a form was shown: for the page after a stale submit (docs: trust F3)."""

from applications.cases.executor import kind_of
from applications.cases.models import Case, StateChange
from applications.cases.timeline import Line, names_of
from vetting.kernel import text


def since_version(case: Case, seen: int) -> list[Line]:
    """The steps taken after the version a person saw, oldest first; two queries."""
    machine = kind_of(case).workflow
    rows = list(StateChange.objects.filter(case=case, subject_type="case", version__gt=seen).order_by("version"))
    names = names_of(row.actor for row in rows)
    lines = []
    for row in rows:
        label = next((str(r.label) for r in machine.rows if r.action == row.action), row.action)
        state = machine.state(row.to_state)
        sentence = f"{names[row.actor]}, {text.clock_time(row.at)}: {label} → {state.label}"
        lines.append(Line(row.at, sentence, str(state.shape)))
    return lines
