"""The confirmation letter of a booking: no decision (docs/domain.md §0.7)."""
