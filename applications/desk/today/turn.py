"""Whose turn it is: a case waits for its officer, or for whoever holds the role its state belongs to."""

from collections import defaultdict

from django.db.models import Q

from applications.desk.states import all_states
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.workflow import Shape

# Their cases are named to one of them; the other roles share what lies with the role.
BY_NAME = {Role.GRANT_OFFICER.value, Role.PREMISES_OFFICER.value}


def states_by_owner() -> dict[str, set[str]]:
    """Role code → the open states in which it is that role's turn."""
    found: dict[str, set[str]] = defaultdict(set)
    for state in all_states():
        if state.owner and not state.final:
            found[state.owner].add(state.code)
    return found


def waiting_states() -> list[str]:
    """The states in which a case waits for somebody outside the district's own desk."""
    return sorted({state.code for state in all_states() if state.shape == Shape.WAIT})


def my_turn(actor: Actor) -> Q:
    """The open cases that it is this person's turn to take on. One that waits for others comes back on its last day."""
    owners = states_by_owner()
    named = sorted(set().union(*(owners[role] for role in BY_NAME)))
    turn = Q(officer_id=actor.user_id, state__in=named)
    for post in actor.posts:
        if post.role.value not in BY_NAME and owners[post.role.value]:
            turn |= Q(district_id=post.district_id, state__in=sorted(owners[post.role.value]))
    still_waiting = Q(state__in=waiting_states(), due_on__gt=clock.today())
    return turn & ~still_waiting


def waits_for_others(actor: Actor) -> Q:
    """The person's own cases that lie with somebody else until a day to come."""
    return Q(officer_id=actor.user_id, state__in=waiting_states(), due_on__gt=clock.today())
