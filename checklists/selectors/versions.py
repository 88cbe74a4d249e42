"""Which checklist holds on a day, and a version as its typed definition."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from checklists.rules.definition import Definition
from checklists.rules.reading import read_definition
from vetting.kernel.errors import NotNow


def version_on(template: str, day: date) -> ChecklistVersion:
    """The published version in force on `day`; raises NotNow, saying what is missing, when there is none."""
    version: ChecklistVersion | None = ChecklistVersion.objects.valid_on(day).filter(code=template).first()
    if version is None:
        raise NotNow(
            _("No published checklist “%(template)s” holds on %(day)s. Publish a version first.")
            % {"template": template, "day": day},
            code="no_checklist",
        )
    return version


_read: dict[tuple[int, str], Definition] = {}


def definition_of(version: ChecklistVersion) -> Definition:
    """The version's questions. A published version is frozen, so it is read once per process."""
    if not version.is_published:
        return read_definition(version.content)
    known = (version.pk, version.digest)
    if known not in _read:
        _read[known] = read_definition(version.content)
    return _read[known]
