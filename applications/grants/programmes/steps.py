"""What can be done with a programme now, by whom, and why not: the list of its page's Next step."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.grants.models import Programme
from applications.grants.programmes.selectors import Standing
from applications.grants.programmes.services.publish import publish_reason
from vetting.accounts.actors import Actor
from vetting.accounts.pages import who_may
from vetting.accounts.roles import Permission, roles_with
from vetting.kernel.errors import Reason


def next_steps(actor: Actor, programme: Programme, standing: Standing) -> list[dict[str, Any]]:
    """Rows for `components/_next.html`, the next natural one first."""
    draft = standing.draft
    steps = []
    if draft is not None:
        reason = publish_reason(actor, draft)
        publish = _step(actor, programme, _("Publish the draft"), "publish-programme", Permission.PUBLISH_RULES, reason)
        edit = _step(actor, programme, _("Change the draft"), "edit-programme-draft", Permission.EDIT_PROGRAMMES)
        as_text = _step(actor, programme, _("The draft as text"), "edit-programme-text", Permission.EDIT_PROGRAMMES)
        steps += [publish, edit, as_text]
    else:
        label = _("Start a new version")
        steps.append(_step(actor, programme, label, "start-programme-draft", Permission.EDIT_PROGRAMMES))
    missing = None
    if standing.in_force is None and standing.coming is None:
        missing = Reason("unpublished", _("The programme has no published version yet."))
    label = _("Announce a call")
    steps.append(_step(actor, programme, label, "announce-round", Permission.EDIT_PROGRAMMES, missing))
    first = next((step for step in steps if step["possible"]), None)
    if first is not None:
        first["primary"] = True
    return steps


def _step(
    actor: Actor,
    programme: Programme,
    label: str,
    url_name: str,
    permission: Permission,
    reason: Reason | None = None,
) -> dict[str, Any]:
    allowed = actor.may(permission, programme.district_id)
    return {
        "label": label,
        "url": reverse(url_name, args=[programme.key]),
        "possible": allowed and reason is None,
        "reasons": [reason] if allowed and reason else [],
        "who": [] if allowed else [who_may(roles_with(permission))],
        "primary": False,
    }
