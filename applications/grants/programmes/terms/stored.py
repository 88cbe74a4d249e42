"""A stored version's terms, read once per process: a published version is frozen."""

from typing import Any

from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel.schema import read

_read: dict[tuple[int, str], ProgrammeTerms] = {}


def terms_of(version: Any) -> ProgrammeTerms:
    """The typed terms of a `ProgrammeVersion`. Raises ValueError for content no version should hold."""
    known = (version.pk, version.digest)
    if version.is_published and known in _read:
        return _read[known]
    terms, problems = read(ProgrammeTerms, version.content, stored=True)
    if terms is None:
        raise ValueError(f"programme version {version.pk} cannot be read: {problems[0]}")
    if version.is_published:
        _read[known] = terms
    return terms
