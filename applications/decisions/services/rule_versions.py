"""Delegation tables and letters as versions: drafted, signed where a lawyer must, published by a second person."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.decisions.letters.templates import problems
from applications.decisions.models import DelegationVersion, LetterTemplateVersion
from applications.decisions.rules.delegation import entries
from vetting.accounts.actors import Actor, system_actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.versions import publish

DEFINITIONS = Path(__file__).resolve().parent.parent / "definitions"
EXAMPLES = system_actor("examples")


def draft_delegation(
    *, district: District, code: str, content: Mapping[str, Any], actor: Actor, is_example: bool = False
) -> DelegationVersion:
    """A new draft of a board's table. Raises Invalid naming the row that cannot be read."""
    try:
        entries(content)
    except ValueError as error:
        raise Invalid(str(error), fields={"rows": [str(error)]}, code="bad_rows") from error
    return _draft(DelegationVersion, district, code, content, actor, is_example)


def draft_letter(
    *, district: District, code: str, content: Mapping[str, Any], actor: Actor, is_example: bool = False
) -> LetterTemplateVersion:
    """A new draft of a letter's fixed texts. Raises Invalid listing what is wrong with them."""
    found = problems(content)
    if found:
        raise Invalid("; ".join(found), fields={"content": found}, code="bad_texts")
    return _draft(LetterTemplateVersion, district, code, content, actor, is_example)


def sign_letter(*, version: LetterTemplateVersion, actor: Actor) -> None:
    """The lawyer signs the version as it reads; it is locked until then. Raises NotAllowed, NotNow."""
    must_have(actor, Permission.SIGN_LETTERS, version.district_id)
    with transaction.atomic():
        _lock(version)
        if version.is_published or version.signed_by:
            raise NotNow(_("This version is signed already."), code="signed")
        version.signed_by, version.signed_at = actor.reference, clock.now()
        version.save(update_fields=["signed_by", "signed_at"])
        _log("letter_template.signed", version, actor)


def publish_rule(*, version: Any, actor: Actor, valid_from: date) -> None:
    """Publishes a draft and ends the version before it the day earlier. A letter must be signed first."""
    if not actor.is_system:
        must_have(actor, Permission.PUBLISH_RULES, version.district_id)
    with transaction.atomic():
        _lock(version)
        if version.is_published:
            text = _("This version is already published. Make a new draft to change the rule.")
            raise NotNow(text, code="published")
        if isinstance(version, LetterTemplateVersion) and not version.is_example and not version.signed_by:
            raise NotNow(_("A lawyer must sign the letter before it is published."), code="unsigned")
        former = (
            type(version)
            .objects.select_for_update()
            .filter(district_id=version.district_id, code=version.code, status="published", valid_to__isnull=True)
        )
        for old in former:
            if old.valid_from >= valid_from:
                text = _("A version is in force from that day or later already. Choose a later day.")
                raise NotNow(text, code="overlap")
            old.valid_to = valid_from - timedelta(days=1)
            old.save(update_fields=["valid_to"])
        publish(version, by=actor.reference, valid_from=valid_from, at=clock.now())
        _log("rule.published", version, actor)


def install_example_rules(*, district: District, valid_from: date) -> None:
    """The shipped delegation table and letters, labelled `exempel`, in force from a day. A second run does nothing.

    A district that has not stated what its letters need gets the example's facts, none of them a city's.
    """
    if not district.letter_facts:
        district.letter_facts = shipped("facts")[0]
        district.save(update_fields=["letter_facts"])
    for table in shipped("delegation"):
        if not DelegationVersion.objects.filter(district=district, code=table["code"]).exists():
            version: Any = draft_delegation(
                district=district, code=table["code"], content=table, actor=EXAMPLES, is_example=True
            )
            publish_rule(version=version, actor=EXAMPLES, valid_from=valid_from)
    for letter in shipped("letter"):
        if not LetterTemplateVersion.objects.filter(district=district, code=letter["code"]).exists():
            version = draft_letter(
                district=district, code=letter["code"], content=letter, actor=EXAMPLES, is_example=True
            )
            publish_rule(version=version, actor=EXAMPLES, valid_from=valid_from)


def shipped(name: str) -> list[dict[str, Any]]:
    """The shipped examples by what they are: `facts`, `delegation`, `letter`; each whole in itself."""
    found: list[dict[str, Any]] = []
    for path in sorted(DEFINITIONS.glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
    by_code = {one["code"]: one for one in found if "code" in one}
    return [_whole(one, by_code) for one in found]


def _whole(own: dict[str, Any], by_code: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """What is shipped as a change of another (`based_on`), with everything it leaves as it is there."""
    if "based_on" not in own:
        return own
    return _over(by_code[own["based_on"]], {key: value for key, value in own.items() if key != "based_on"})


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: _over(base[key], own[key]) for key in own if isinstance(own[key], dict) and key in base}
    return {**base, **own, **both}


def _draft(
    model: Any, district: District, code: str, content: Mapping[str, Any], actor: Actor, is_example: bool
) -> Any:
    with transaction.atomic():
        District.objects.select_for_update(no_key=True).get(pk=district.pk)
        newest = model.objects.filter(district=district, code=code).order_by("-number").first()
        version = model.objects.create(
            district=district,
            code=code,
            number=newest.number + 1 if newest else 1,
            content=dict(content),
            drafted_by=actor.reference,
            is_example=is_example,
        )
        _log("rule.drafted", version, actor)
    return version


def _lock(version: Any) -> None:
    """Reads the version again under its district's lock: one person drafts, signs or publishes there at a time."""
    District.objects.select_for_update(no_key=True).get(pk=version.district_id)
    version.refresh_from_db()


def _log(verb: str, version: Any, actor: Actor) -> None:
    record(
        actor=actor,
        verb=verb,
        district=version.district.code,
        subject=f"{version._meta.model_name}:{version.pk}",
        data={"code": version.code, "number": version.number, "digest": version.digest},
    )
