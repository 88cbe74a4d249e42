"""Saving a proposal: any number of times until it is decided, each save a version (docs/domain.md §4.2, §8.1)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.cases.executor import kind_of
from applications.cases.jav import declaration_owed, standing
from applications.cases.locking import lock_for
from applications.cases.models import Case
from applications.decisions import selectors
from applications.decisions.models import Proposal, ProposalSave
from applications.decisions.proposals import WRITTEN, digest, values_of
from applications.decisions.subjects import subject_of
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import NotNow, Stale


def save_proposal(
    *,
    case: Case,
    actor: Actor,
    values: Mapping[str, Any],
    expected_version: int,
    matter: str = "main",
    key: uuid.UUID | None = None,
) -> Proposal:
    """Writes the given fields of the open proposal, or opens one (`expected_version` 0). A draft may lack anything.

    Where a decision on the matter is in force, the proposal points at it: what is decided then replaces it. Raises
    NotNow in a state where nothing is proposed, and before the writer has declared on conflicts of interest; Stale
    when somebody saved in between, NotAllowed, NotFound.
    """
    unknown = set(values) - set(WRITTEN)
    if unknown:
        raise ValueError(f"not fields of a proposal: {sorted(unknown)}")

    def do() -> dict[str, Any]:
        return {"proposal": _save(case, actor, values, expected_version, matter).pk}

    if key is None:
        with transaction.atomic():
            answer = do()
    else:
        answer = once(actor=actor.reference, key=key, purpose=f"save_proposal:{case.pk}:{matter}", do=do)
    return Proposal.objects.get(pk=answer["proposal"])


def writable_reason(case: Case) -> NotNow | None:
    """Why no proposal is written in the case's present state, or None."""
    if case.state in subject_of(case).writable:
        return None
    state = kind_of(case).workflow.state(case.state).label
    return NotNow(
        _("The proposal cannot be changed while the case is “%(state)s”.") % {"state": state}, code="not_writable"
    )


def _save(case: Case, actor: Actor, values: Mapping[str, Any], expected: int, matter: str) -> Proposal:
    fresh = lock_for(case=case, actor=actor, permission=Permission.WRITE_PROPOSAL)
    if refused := writable_reason(fresh):
        raise refused
    if owed := declaration_owed(standing(fresh.pk, actor.user_id), fresh.key):
        raise NotNow(owed.text, reasons=[owed], code=owed.code)
    proposal = selectors.open_proposal(fresh.pk, matter) or _new(fresh, actor, matter)
    if (proposal.version if proposal.pk else 0) != expected:
        raise Stale(
            _("Somebody else saved the proposal in the meantime. Both texts are shown below."),
            seen=expected,
            current=proposal.version,
        )
    before = values_of(proposal) if proposal.pk else {}
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.version, proposal.saved_at = expected + 1, clock.now()
    proposal.full_clean(exclude=["case", "corrects"], validate_unique=False, validate_constraints=False)
    proposal.save()
    wrote(proposal, actor)
    changed = {name: value for name, value in values_of(proposal).items() if before.get(name) != value}
    record(
        actor=actor,
        verb="proposal.saved",
        case=fresh.key,
        district=fresh.district.code,
        subject=f"proposal:{proposal.pk}",
        data={"version": proposal.version, "digest": digest(proposal), "fields": sorted(changed)},
        payload=changed or None,
        at=proposal.saved_at,
    )
    return proposal


def wrote(proposal: Proposal, actor: Actor) -> None:
    """Writes down whose the proposal's present version is."""
    ProposalSave.objects.create(proposal=proposal, version=proposal.version, by=actor.reference, at=proposal.saved_at)


def _new(case: Case, actor: Actor, matter: str) -> Proposal:
    standing = selectors.in_force(case.pk, matter)
    return Proposal(
        case=case,
        matter=matter,
        version=0,
        corrects=standing.decision if standing else None,
        written_by=actor.reference,
        written_by_name=actor.name,
    )
