"""Programmes (stödformer) as versioned data: their terms, what follows from them, their pages, and the rounds.

`terms/` says what a programme can state; `rules/` computes what follows, pure; `services/` are the only writers.
docs/adr/0010 says why; docs/domain.md §1.2 has the ground.
"""
