"""What higher rooms add to every association's page: tabs, each a page of its own below the same head."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.associations.models import Association
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.labels import Label
from vetting.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the association's page. `url_name` takes its key; `count` says how much the reader finds there."""

    order: int
    label: Label
    url_name: str
    permission: Permission
    count: Callable[[Association, Actor], Any] | None = None


tabs: Registry[Tab] = Registry("association tab")


def head(association: Association, actor: Actor, tab: str) -> dict[str, Any]:
    """What `associations/_band.html` shows above every tab; `tab` is the code of the one that is open."""
    shown = [(code, entry) for code, entry in tabs.items() if actor.may(entry.permission)]
    return {
        "association": association,
        "trail": [{"label": _("Associations"), "url": reverse("list-associations")}, {"label": association.name}],
        "tabs": [
            {
                "label": entry.label,
                "url": reverse(entry.url_name, args=[association.key]),
                "current": code == tab,
                "count": entry.count(association, actor) if entry.count else None,
            }
            for code, entry in sorted(shown, key=lambda found: found[1].order)
        ],
    }
