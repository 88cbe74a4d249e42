"""PostgreSQL and Valkey from wheels, the supervisor of the demo, the SMTP sink: for demo, tests and bench only.

Nothing outside this package may rely on it at run time: production has its own servers (docs/adr/0004).
"""
