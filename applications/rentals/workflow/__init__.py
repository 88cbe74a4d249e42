"""The rental case's main line and the booking beside it (docs/domain.md §8.2): states and rows, checked when built."""

from applications.rentals.workflow.booking import BOOKING, FINAL
from applications.rentals.workflow.rows import ROWS
from applications.rentals.workflow.states import PHASES, STATES
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Workflow

RENTAL = Workflow(
    code="rental",
    label=Label("Lokalärende", "Rental case"),
    initial="received",
    states=STATES,
    rows=ROWS,
    phases=PHASES,
)

__all__ = ["BOOKING", "FINAL", "RENTAL"]
