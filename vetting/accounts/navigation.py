"""The main menu, filled by the rooms that own the pages. A person sees what they may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`also` are beginnings of addresses that belong under the item though they do not begin with its own."""

    order: int
    label: Any
    url_name: str
    permission: Permission
    also: tuple[str, ...] = ()


menu: Registry[MenuItem] = Registry("menu item")


def menu_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Label, address and whether the present page lies below it, in the menu's order."""
    entries = sorted((item for _, item in menu.items()), key=lambda item: item.order)
    shown = [(item, reverse(item.url_name)) for item in entries if actor.may(item.permission)]
    places = [(start, item) for item, url in shown for start in (url, *item.also) if path.startswith(start)]
    here = max(places, key=lambda place: len(place[0]))[1] if places else None
    return [{"label": item.label, "url": url, "current": item is here} for item, url in shown]
