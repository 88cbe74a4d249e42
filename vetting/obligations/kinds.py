"""Kinds of obligation: what a higher room tells the ground about its own (docs/adr/0012).

The ground knows when something is due and that somebody must be told; whom, under which case number and where to
read on are asked of the owning room at the moment of writing, so that a changed address counts.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from vetting.kernel.labels import Label
from vetting.kernel.registry import Registry
from vetting.kernel.workflow import Move

if TYPE_CHECKING:
    from vetting.obligations.models import Obligation


@dataclass(frozen=True, slots=True)
class Recipient:
    """An e-mail address and the language its reader chose (`sv` or `en`)."""

    address: str
    language: str = "sv"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reminder says beside its plan's words: the case number and where to read on.

    `recipients` are given per audience of the plan (`party`, `officer`, `head`). A party without an address gives a
    parked message, so that somebody sends a letter; an officer without one is passed by.
    """

    number: str
    link: str  # the page's path, or the whole address; empty where there is none yet
    recipients: Mapping[str, Sequence[Recipient]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an effect begins: whose obligation, and its last day."""

    subject_type: str
    subject_key: uuid.UUID
    due_on: date
    case: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationKind:
    """`facts` answers for many obligations at once, by their key; one it leaves out, or an exception, holds up that
    obligation alone. `plan` names the plan of reminders. With `begins` the kind gives workflow rows the effect
    `obligation.<code>`: what the step makes due. `page` is the URL name of the case's page, reversed with its key."""

    code: str
    label: Label  # what is owed, in lower case: "redovisning av bidraget"
    facts: Callable[[Sequence["Obligation"]], Mapping[uuid.UUID, Facts]]
    plan: str = "standard"
    page: str = ""
    begins: Callable[[Move], Iterable[Terms]] | None = None
    promise: Label = field(
        default_factory=lambda: Label(
            "Sista dag läggs in för bevakning, med påminnelser.", "The last day is entered, with reminders."
        )
    )


kinds: Registry[ObligationKind] = Registry("obligation kind")
