"""Everything the association's page shows to one person, in a fixed number of queries.

Shared data for whoever may see the register; counts and contact of the person's own districts; papers and people only
where the person may see cases there. Nothing of another district (docs/domain.md §4.4).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from applications.associations.models import (
    Association,
    AssociationDocument,
    DistrictAssociation,
    GiroAccount,
    RegisterChange,
    Representative,
)
from applications.associations.models.giro import GiroState
from vetting.accounts.actors import Actor
from vetting.accounts.models import District, User
from vetting.accounts.roles import Permission

CHANGES_SHOWN = 6


@dataclass(slots=True)
class DistrictPart:
    """What one district of the reader holds. `sees_papers`: whether documents and people are shown."""

    district: District
    own: DistrictAssociation | None = None
    documents: list[AssociationDocument] = field(default_factory=list)
    people: list[Representative] = field(default_factory=list)
    sees_papers: bool = False
    may_edit: bool = False
    may_add_documents: bool = False


@dataclass(frozen=True, slots=True)
class GiroLine:
    """An account as the reader may see it; `confirm_in` is the district for which the reader may confirm it."""

    account: GiroAccount
    number: str
    is_whole: bool
    confirm_in: District | None = None
    is_own: bool = False  # the reader registered it, so somebody else must confirm


@dataclass(frozen=True, slots=True)
class ChangeLine:
    at: Any
    text: str
    by: str
    shape: str = "done"


@dataclass(frozen=True, slots=True)
class AssociationView:
    association: Association
    parts: Sequence[DistrictPart]
    giro: Sequence[GiroLine]
    changes: Sequence[ChangeLine]


def association_view(association: Association, actor: Actor) -> AssociationView:
    """What `actor` sees of the association."""
    parts = _parts(association, actor)
    return AssociationView(association, parts, _giro(association, actor, parts), _changes(association, parts))


def _parts(association: Association, actor: Actor) -> list[DistrictPart]:
    mine = District.objects.filter(pk__in=actor.districts_with(Permission.SEE_ASSOCIATIONS))
    parts = {
        district.pk: DistrictPart(
            district,
            sees_papers=actor.may(Permission.SEE_CASES, district.pk),
            may_edit=actor.may(Permission.EDIT_ASSOCIATIONS, district.pk),
            may_add_documents=actor.may(Permission.ADD_DOCUMENTS, district.pk),
        )
        for district in mine
    }
    for own in DistrictAssociation.objects.for_user(actor, Permission.SEE_ASSOCIATIONS).filter(association=association):
        parts[own.district_id].own = own
    documents = AssociationDocument.objects.for_user(actor, Permission.SEE_CASES).filter(association=association)
    for document in documents.select_related("file", "checked_by").order_by("kind", "-dated_on", "-id"):
        parts[document.district_id].documents.append(document)
    people = Representative.objects.for_user(actor, Permission.SEE_CASES).filter(association=association)
    for person in people.order_by("valid_to", "role", "-valid_from", "id"):
        parts[person.district_id].people.append(person)
    return list(parts.values())


def _giro(association: Association, actor: Actor, parts: Sequence[DistrictPart]) -> list[GiroLine]:
    mine = {part.district.pk for part in parts}
    confirming = {
        part.district.pk: part.district for part in parts if actor.may(Permission.CONFIRM_GIRO, part.district.pk)
    }
    live = association.giro_accounts.filter(ended_at__isnull=True).select_related(
        "registered_by", "confirmed_by", "registered_district", "confirmed_district"
    )
    lines = []
    for account in live.order_by("kind", "confirmed_at", "id"):
        whole = account.visible_in(mine)
        district = None
        if whole and account.state == GiroState.WAITING:
            home = account.registered_district_id
            district = confirming.get(home) if home else next(iter(confirming.values()), None)
        is_own = account.registered_by_id is not None and account.registered_by_id == actor.user_id
        lines.append(GiroLine(account, account.shown if whole else account.shown_masked, whole, district, is_own))
    return lines


def _changes(association: Association, parts: Sequence[DistrictPart]) -> list[ChangeLine]:
    mine = {part.district.pk for part in parts}
    rows = RegisterChange.objects.filter(association=association).select_related("run").order_by("-id")
    seen = [row for row in rows[: CHANGES_SHOWN * 5] if row.district_id is None or row.district_id in mine]
    seen = seen[:CHANGES_SHOWN]
    names = _names({row.by for row in seen if row.run is None})
    return [
        ChangeLine(
            row.at,
            _("%(field)s: %(before)s → %(after)s")
            % {
                "field": field_label(row.field),
                "before": value_label(row.field, row.before) or "–",
                "after": value_label(row.field, row.after) or "–",
            },
            row.run.file_name if row.run else names.get(row.by, ""),
        )
        for row in seen
    ]


def _names(references: set[str]) -> dict[str, str]:
    keys = [uuid.UUID(text.removeprefix("user:")) for text in references if text.startswith("user:")]
    if not keys:
        return {}
    return {f"user:{key}": name for key, name in User.objects.filter(key__in=keys).values_list("key", "name")}


def field_label(name: str) -> str:
    """The heading of a stored field, in the reader's language."""
    return str(_model_field(name).verbose_name)


def value_label(name: str, value: str) -> str:
    """A stored value as people read it: the label of a choice, else the value itself."""
    choices = dict(_model_field(name).flatchoices)
    if not choices and value in ("True", "False"):
        return _("yes") if value == "True" else _("no")
    return str(choices.get(value, value))


def _model_field(name: str) -> Any:
    try:
        return Association._meta.get_field(name)
    except FieldDoesNotExist:
        return DistrictAssociation._meta.get_field(name)
