"""Which event needs an assessment (docs/domain.md §3.2, §8.2). Pure.

An own members' meeting of a pre-cleared association needs none: what its four questions ask (L1, L3, L11, L12) are
guards of the confirmation. What is reviewed is asked the whole list.

Facts of the tenant's standing with the district and of the event, the same for all: never what a tenant stands for.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`cleared`: the association has a review signed in the district within its months. `dates`: how many."""

    is_person: bool
    cleared: bool
    openness: str
    circumstances: frozenset[str]
    rules_on: frozenset[str]  # circumstances the venue's terms speak of
    unclear: bool
    dates: int
    paid: bool
    rented_in: bool
    sub_organiser: bool


def why_assessed(event: Event) -> list[Any]:
    """What in the table of §8.2 makes the event one to review; empty: it is confirmed under the fixed rules."""
    found: list[Any] = []
    if not event.is_person and not event.cleared:
        found.append(_("the tenant is new here, or its review is older than a year"))
    if event.openness == "public":
        found.append(_("the event is open to all"))
    if event.unclear:
        found.append(_("what is to happen is not clear yet"))
    if event.sub_organiser:
        found.append(_("somebody else organises a part of it"))
    if event.circumstances & event.rules_on:
        found.append(_("the venue's terms have rules on its circumstances"))
    if event.dates > 1 and event.paid:
        found.append(_("it is recurring use for payment"))
    if event.rented_in:
        found.append(_("the venue is rented in"))
    return found
