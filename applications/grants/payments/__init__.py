"""Paying a grant out: rows that two people move, sums the database keeps (docs/domain.md §8.1, §6.2 F9; ADR 0014)."""
