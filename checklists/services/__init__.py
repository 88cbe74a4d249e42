"""The only writers of the checklist's rows: one file per verb, each in one transaction with its log event."""
