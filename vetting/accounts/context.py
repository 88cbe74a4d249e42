"""What every page needs: who is signed in, the menu, the district."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from vetting.accounts.navigation import menu_for


def site(request: HttpRequest) -> dict[str, Any]:
    """`actor` (None when signed out), `nav` (what the person may open), `district` (where they work), `is_demo`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"actor": None, "nav": [], "is_demo": settings.DEMO}
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "actor": actor,
        "nav": menu_for(actor, request.path),
        "district": actor.workplace,
        "is_demo": settings.DEMO,
    }
