"""One person decides a proposal, under the delegation or as chair: the row of the case that fits the outcome."""

import uuid

from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.cases.models import Case
from applications.decisions.models import Proposal
from applications.decisions.subjects import subject_of
from vetting.accounts.actors import Actor
from vetting.kernel.errors import NotNow


def action_of(case: Case, proposal: Proposal) -> str:
    """The step of the case's workflow that decides the proposal. Raises NotNow while no outcome is chosen."""
    action = subject_of(case).actions.get(proposal.outcome, "")
    if not action:
        raise NotNow(_("Choose the outcome in the proposal first."), code="outcome")
    return action


def decide(
    *,
    case: Case,
    proposal: Proposal,
    actor: Actor,
    expected_version: int,
    seen_proposal: int,
    key: uuid.UUID | None = None,
) -> executor.Done:
    """Decides, or raises and leaves everything as it was: Stale when case or proposal changed since the check page."""
    return executor.perform(
        subject=case,
        action=action_of(case, proposal),
        actor=actor,
        expected_version=expected_version,
        data={"proposal_version": seen_proposal},
        key=key,
    )
