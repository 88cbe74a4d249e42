"""The main menu, filled by the rooms that own the pages. A person sees what they may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class MenuItem:
    order: int
    label: Any
    url_name: str
    permission: Permission


menu: Registry[MenuItem] = Registry("menu item")


def menu_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Label, address and whether the present page lies below it, in the menu's order."""
    entries = sorted((item for _, item in menu.items()), key=lambda item: item.order)
    shown = [(item, reverse(item.url_name)) for item in entries if actor.may(item.permission)]
    longest = max((url for _, url in shown if path.startswith(url)), key=len, default="")
    return [{"label": item.label, "url": url, "current": url == longest} for item, url in shown]
