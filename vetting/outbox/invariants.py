"""What must hold over all messages: read by `check_invariants` (design: §2.9)."""

from collections.abc import Callable, Iterable

from django.db import connection


def _sentences(query: str, sentence: str) -> Iterable[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        while part := cursor.fetchmany(1000):
            yield from (sentence.format(*row) for row in part)


def messages_have_their_words() -> Iterable[str]:
    """What has not left still has the words that are to leave."""
    query = """
        SELECT m.id, m.state FROM outbox_message m LEFT JOIN audit_payload p ON p.id = m.payload_id
        WHERE m.state IN ('waiting', 'sending') AND p.id IS NULL
    """
    return _sentences(query, "message {0}: is {1} and its words are gone")


def what_left_is_in_the_log() -> Iterable[str]:
    """A message that left has the event that says so, once: neither forgotten nor twice."""
    query = """
        SELECT m.id, count(e.id) FROM outbox_message m
        LEFT JOIN audit_event e ON e.subject = 'message:' || m.key
          AND e.verb IN ('message.sent', 'message.posted', 'message.needless')
        WHERE m.state IN ('sent', 'posted', 'needless') GROUP BY m.id HAVING count(e.id) <> 1
    """
    return _sentences(query, "message {0}: has left and {1} events say so")


OWN: dict[str, Callable[[], Iterable[str]]] = {
    "outbox.messages_have_their_words": messages_have_their_words,
    "outbox.what_left_is_in_the_log": what_left_is_in_the_log,
}
