"""Take in the shipped checklists: as drafts for a second person, or published as labelled examples for a demo."""

from datetime import date

from checklists.definitions import TEMPLATES, shipped_content
from checklists.models import ChecklistVersion
from checklists.services.draft_version import draft_version
from checklists.services.publish_version import publish_version
from vetting.accounts.actors import Actor
from vetting.kernel.versions import digest


def load_shipped(*, actor: Actor, example_from: date | None = None) -> list[ChecklistVersion]:
    """A version of each shipped checklist whose content no version holds yet; run again it adds nothing.

    `example_from` publishes them from that day, labelled `exempel`; without it they wait as drafts.
    """
    added = []
    for template in TEMPLATES:
        content = shipped_content(template)
        versions = ChecklistVersion.objects.filter(code=template)
        known = {digest(one) for one in versions.values_list("content", flat=True)}
        if digest(content) in known:
            continue
        version = draft_version(content=content, actor=actor, is_example=example_from is not None)
        if example_from is not None:
            version = publish_version(version=version, actor=actor, valid_from=example_from)
        added.append(version)
    return added
