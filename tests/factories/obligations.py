"""Obligations of a kind of the tests' own: an association owes a paper, and has an address that can change."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.factories import people
from vetting.accounts.actors import system_actor
from vetting.accounts.models import District
from vetting.kernel import clock
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Move
from vetting.obligations.effects import register_kind
from vetting.obligations.kinds import Facts, ObligationKind, Recipient, Terms, kinds
from vetting.obligations.models import Obligation
from vetting.obligations.services.begin import begin

KIND = "trial_paper"
ACTOR = system_actor("tests")
# What the owning room knows about a subject; a test changes it here.
known: dict[uuid.UUID, Facts] = {}
POISON = uuid.UUID(int=13)  # a subject whose facts cannot be read


def facts(obligations: Sequence[Obligation]) -> Mapping[uuid.UUID, Facts]:
    """One address for the party and one for the officer, unless a test says otherwise."""
    if any(row.subject_key == POISON for row in obligations):
        raise ZeroDivisionError("this subject cannot be read")
    return {row.key: known.get(row.subject_key) or plain(row) for row in obligations}


def plain(row: Obligation) -> Facts:
    return Facts(
        number=f"KUN 2026/{row.pk:04d}",
        link=f"/arenden/{row.subject_key}/",
        recipients={
            "party": [Recipient(f"forening-{row.pk}@example.org")],
            "officer": [Recipient("handlaggare@example.org")],
        },
    )


def terms(move: Move) -> list[Terms]:
    """What a step makes due when it was given a last day."""
    day = move.data.get("paper_by")
    return [Terms(subject_type="case", subject_key=move.case.key, due_on=day)] if day else []


def install() -> None:
    if KIND not in kinds:
        register_kind(
            __name__,
            ObligationKind(code=KIND, label=Label("lämna in provet", "hand in the trial"), facts=facts, begins=terms),
        )


def obligation(
    *, due_in: int = 60, due_on: date | None = None, district: District | None = None, **more: Any
) -> Obligation:
    """One that runs, due in so many days."""
    install()
    return begin(
        kind=KIND,
        district=district or people.district(),
        subject_type="trial",
        subject_key=more.pop("subject_key", None) or uuid.uuid4(),
        due_on=due_on or clock.today() + timedelta(days=due_in),
        actor=more.pop("actor", ACTOR),
        **more,
    )
