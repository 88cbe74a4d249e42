"""The only module that knows the state machine library (django-fsm-2; docs/adr/0001).

No `FSMModelMixin`: one failed refresh turns its protection off for the whole process. Cases are re-read under lock.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, TransitionNotAllowed, transition  # noqa: TID251 - the one place

from vetting.kernel.workflow import OneOf, Row

__all__ = ["Stateful", "TransitionNotAllowed", "moves", "transitions_of"]


class Stateful(models.Model):
    """A row with a protected state, moved by the executor alone, and a version that each move raises by one.

    The database holds every table of this kind to its state rows by a deferred trigger (docs/adr/0002).
    """

    state = FSMField(max_length=24, protected=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def moves(*rows: Row) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Makes a method the library's transition for the given rows of one action. Only the executor calls it."""
    if len({row.action for row in rows}) != 1:
        raise ValueError("moves() takes the rows of one action")

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        for row in rows:
            target = RETURN_VALUE(*row.target.states) if isinstance(row.target, OneOf) else row.target
            method = transition(field="state", source=list(row.sources), target=target)(method)
        return method

    return decorate


def transitions_of(model: type[models.Model]) -> set[tuple[str, str, tuple[str, ...]]]:
    """(action, source, targets) of every transition the library knows on a model: held against the rows by test."""
    found: set[tuple[str, str, tuple[str, ...]]] = set()
    for name in dir(model):
        meta = getattr(getattr(model, name, None), "_django_fsm", None)
        for source, move in (meta.transitions if meta is not None else {}).items():
            target = move.target
            targets = tuple(target.allowed_states) if isinstance(target, RETURN_VALUE) else (target,)
            found.add((name, str(source), tuple(str(one) for one in targets)))
    return found
