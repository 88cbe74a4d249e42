"""The checklist's rules, pure: no database, no clock, no request.

`definition` says what a checklist is, `reading` builds one from data, `review` shows a review as plain values and says
which questions are asked now, `answers` says what an answer owes, `evidence` what a card is worth, `verdict` looks at a
whole review and `progress` counts how far it has come. Source: docs/domain.md §3.
"""
