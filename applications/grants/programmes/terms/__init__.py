"""What a programme can state, as types. `ProgrammeTerms` is the whole; `reading` takes it from content and files."""

from applications.grants.programmes.terms.programme import ProgrammeTerms

__all__ = ["ProgrammeTerms"]
