"""Adding a district board to the installation."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.audit.services import record
from vetting.kernel.errors import Invalid

CODE = re.compile(r"[A-ZÅÄÖ]{2,6}")


def create_district(
    *,
    actor: Actor,
    code: str,
    name: str,
    board_name: str,
    is_example: bool = False,
    letter_facts: Mapping[str, Any] | None = None,
) -> District:
    """Adds a district with its diary code, an authority of its own (docs/domain.md §1.2).

    `code` stands in every diary number of the district (`KUN 2026/0123`), so it never changes: two to six capital
    letters. Raises Invalid with the field that is wrong.
    """
    wrong: dict[str, list[str]] = {}
    if not CODE.fullmatch(code):
        wrong["code"] = [_("Write two to six capital letters, for example KUN.")]
    elif District.objects.filter(code=code).exists():
        wrong["code"] = [_("%(code)s is taken by another district.") % {"code": code}]
    for field, value in (("name", name), ("board_name", board_name)):
        if not value.strip() or len(value) > 120:
            wrong[field] = [_("Write a name of 1 to 120 characters.")]
    if wrong:
        raise Invalid(_("The district was not added."), fields=wrong)
    with transaction.atomic():
        district = District.objects.create(
            code=code,
            name=name.strip(),
            board_name=board_name.strip(),
            is_example=is_example,
            letter_facts=dict(letter_facts or {}),
        )
        record(actor=actor, verb="district.created", district=code, subject=f"district:{code}")
    return district
