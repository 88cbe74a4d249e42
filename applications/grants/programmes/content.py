"""The typed terms of a stored version, and what a decision cites of them."""

from django.utils.translation import gettext as _

from applications.grants.models import ProgrammeVersion
from applications.grants.programmes.terms import ProgrammeTerms
from vetting.kernel.schema import read


class ContentUnreadable(RuntimeError):
    """A stored version does not fit the terms' types: a change to the types forgot old versions (docs/adr/0010)."""


def terms_of(version: ProgrammeVersion) -> ProgrammeTerms:
    """The version's terms, read once per loaded row. Raises ContentUnreadable: a fault of the program."""
    known: ProgrammeTerms | None = version.__dict__.get("_terms")
    if known is None:
        known, problems = read(ProgrammeTerms, version.content, stored=True)
        if known is None:
            raise ContentUnreadable(f"{version}: " + "; ".join(map(str, problems)))
        version.__dict__["_terms"] = known
    return known


def citation(version: ProgrammeVersion, point: str) -> str:
    """How the Rule part of a decision names its ground: programme, version, point and the point's heading.

    Raises LookupError for a point the version does not have.
    """
    terms = terms_of(version)
    criterion = terms.criterion(point)
    if criterion is None:
        raise LookupError(f"{version} has no point {point!r}")
    return _("%(programme)s, version %(number)d, point %(point)s (%(title)s)") % {
        "programme": terms.name,
        "number": version.number,
        "point": criterion.point,
        "title": criterion.title,
    }
