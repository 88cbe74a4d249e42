"""What every verb does first: lock the review, ask for the right and the gates, and know the role it is done in."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from checklists.access import subject_of
from checklists.hosts import reasons_against
from checklists.models import Review
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission, roles_with
from vetting.audit.services import record, store_payload
from vetting.kernel.errors import NotNow, Stale

SYSTEM_ROLE = "system"


@dataclass(frozen=True, slots=True)
class Acting:
    """A review under lock and who acts on it. `case` is the case under which the log shows the act."""

    review: Review
    actor: Actor
    role: str
    case: uuid.UUID | None

    def words(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The columns for free text or personal data: a payload row of the district and the commitment to it."""
        return keep_words(content, self.review.district.code)

    def by(self) -> dict[str, Any]:
        """The columns that say who did it in which role."""
        return {"actor": self.actor.reference, "role": self.role}

    def expect(self, revision: int | None) -> None:
        """Raises Stale when the person saw another revision of the review than the one that stands."""
        if revision is not None and revision != self.review.revision:
            raise Stale(
                _("The review changed meanwhile. Look at it as it is now, then try again."),
                seen=revision,
                current=self.review.revision,
            )

    def log(self, verb: str, **data: Any) -> None:
        record(
            actor=self.actor,
            verb=verb,
            case=self.case,
            district=self.review.district.code,
            subject=subject_of(self.review),
            role=self.role,
            data=data,
        )


def keep_words(content: Mapping[str, Any], district: str) -> dict[str, Any]:
    """Stores the words that are not empty; no row at all when there are none."""
    said = {name: text for name, text in content.items() if text}
    if not said:
        return {"payload_id": None, "commitment": ""}
    row, promise = store_payload(said, district=district)
    return {"payload_id": row.pk, "commitment": promise}


def role_of(actor: Actor, permission: Permission, district_id: int) -> str:
    """The role in which the actor has the permission in the district."""
    held = sorted(actor.roles_in(district_id) & roles_with(permission))
    return held[0].value if held else SYSTEM_ROLE if actor.is_system else ""


def locked(review: Review) -> Review:
    """The review as it stands now, under row lock until the transaction ends: one writer per review at a time."""
    fresh: Review = (
        Review.objects.select_related("version", "district")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=review.pk)
    )
    return fresh


def begin(
    review: Review,
    actor: Actor,
    verb: str,
    *,
    permission: Permission = Permission.ANSWER_CHECKLIST,
    case: uuid.UUID | None = None,
    only_open: bool = True,
) -> Acting:
    """Locks the review and checks everything that is the same for all verbs.

    Raises NotAllowed (with who may), or NotNow when the review is signed or a gate of a room above speaks against it.
    The system needs no permission: it acts inside a verb that somebody was allowed to take.
    """
    fresh = locked(review)
    if not actor.is_system:
        must_have(actor, permission, fresh.district_id)
    if only_open and not fresh.is_open:
        raise NotNow(
            _("The review is complete. Open it again, with a reason, to change anything."), code="review_complete"
        )
    reasons = reasons_against(fresh, actor, verb)
    if reasons:
        raise NotNow(reasons[0].text, reasons=reasons, code=reasons[0].code)
    return Acting(fresh, actor, role_of(actor, permission, fresh.district_id), case)
