"""The guard of the house: every URL × role × object × method, as the reviewed table matrix.csv says, and no other way.

A URL that the table does not list fails the build. `python -m tests.access` prints lines for those that are missing,
as the pages answer now: somebody must read them against docs/domain.md §7 before they are added.
"""
