"""The outbox's verbs. `put` is what other rooms call."""

from vetting.outbox.services.put_message import Draft, put, put_all

__all__ = ["Draft", "put", "put_all"]
