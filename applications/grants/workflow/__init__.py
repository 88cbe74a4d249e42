"""The grant case's main line (docs/domain.md §8.1): its states and rows, checked when built."""

from applications.grants.workflow.rows import ROWS
from applications.grants.workflow.states import PHASES, STATES
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Workflow

GRANT = Workflow(
    code="grant",
    label=Label("Bidragsärende", "Grant case"),
    initial="draft",
    states=STATES,
    rows=ROWS,
    phases=PHASES,
)
