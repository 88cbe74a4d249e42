"""Answer an escalation: by the one it was put to, or registered by an officer with the reference where it is found."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Escalation, EscalationAnswer
from checklists.rules.definition import Target
from checklists.services.acting import begin
from vetting.accounts.actors import Actor
from vetting.accounts.pages import who_may
from vetting.accounts.roles import Permission, Role
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow

# Who answers in person. Police and board have no account here: what they say is registered.
IN_PERSON: dict[Target, frozenset[Role]] = {
    Target.UNIT_HEAD: frozenset({Role.UNIT_HEAD, Role.DEPARTMENT_HEAD}),
    Target.COORDINATOR: frozenset({Role.COORDINATOR}),
    Target.LAWYER: frozenset({Role.LAWYER}),
    Target.SECOND_PERSON: frozenset({Role.SECOND_READER, Role.GRANT_OFFICER, Role.PREMISES_OFFICER, Role.UNIT_HEAD}),
    Target.POLICE: frozenset(),
    Target.BOARD: frozenset({Role.BOARD_SECRETARY}),
}
# A colleague in the same house answers in person; only what comes from outside the review's readers is registered.
MAY_BE_REGISTERED = frozenset({Target.COORDINATOR, Target.LAWYER, Target.POLICE, Target.BOARD})


def answers_in_person(escalation: Escalation, actor: Actor) -> bool:
    """Whether the actor is one it was put to; a second person is never the one who asked."""
    if escalation.to == Target.SECOND_PERSON and escalation.actor == actor.reference:
        return False
    return bool(actor.roles_in(escalation.review.district_id) & IN_PERSON[Target(escalation.to)])


def may_answer(escalation: Escalation, actor: Actor) -> bool:
    """Whether the actor may answer it, or register what somebody else answered."""
    may = actor.may(Permission.ANSWER_ESCALATION, escalation.review.district_id)
    return may and (answers_in_person(escalation, actor) or Target(escalation.to) in MAY_BE_REGISTERED)


def answer_escalation(
    *, escalation: Escalation, text: str, actor: Actor, reference: str = "", case: uuid.UUID | None = None
) -> EscalationAnswer:
    """Stores the answer, once. An officer may register what coordinator, lawyer, police or board answered elsewhere.

    Raises NotAllowed (with who may), NotNow when it is answered already, Invalid without words or reference.
    """
    with transaction.atomic():
        acting = begin(
            escalation.review,
            actor,
            "review.escalation_answered",
            permission=Permission.ANSWER_ESCALATION,
            case=case,
        )
        in_person = answers_in_person(escalation, actor)
        if not in_person and Target(escalation.to) not in MAY_BE_REGISTERED:
            roles = tuple(role.value for role in IN_PERSON[Target(escalation.to)])
            raise NotAllowed(
                _("This is answered by: %(who)s – not by the one who asked.") % {"who": who_may(roles)},
                who=roles,
                code="escalation",
            )
        if EscalationAnswer.objects.filter(escalation=escalation).exists():
            raise NotNow(_("This has been answered already."), code="answered")
        _check(text, reference, in_person)
        row = EscalationAnswer.objects.create(
            escalation=escalation,
            registered=not in_person,
            reference=reference.strip(),
            at=clock.now(),
            **acting.words({"text": text.strip()}),
            **acting.by(),
        )
        acting.log(
            "review.escalation_answered",
            question=escalation.question,
            escalation=str(escalation.key),
            registered=row.registered,
        )
    return row


def _check(text: str, reference: str, in_person: bool) -> None:
    fields: dict[str, list[Any]] = {}
    if not text.strip():
        fields["text"] = [_("Write the answer.")]
    if not in_person and not reference.strip():
        fields["reference"] = [_("Say where the answer is found: the day and how it came, or a diary number.")]
    if fields:
        raise Invalid(_("The answer cannot be saved yet."), fields=fields)
