"""One intent = one effect (docs: trust F1). The key stands in the same transaction as what it did."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vetting.jobs.models import IdempotencyKey
from vetting.kernel import clock
from vetting.kernel.errors import NotNow

INSERT = """
INSERT INTO jobs_idempotencykey (actor, key, purpose, answer, at) VALUES (%s, %s, %s, '{}', %s)
ON CONFLICT ON CONSTRAINT jobs_idempotency_once DO NOTHING
"""


class KeyOfAnother(NotNow):
    """The key stands for another intent: answering with that one's answer would lose what was typed here."""

    code = "key_of_another"


def once(*, actor: str, key: uuid.UUID | None, purpose: str, do: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """Runs `do` at most once per actor and key, in one transaction with the key, and returns its answer.

    `purpose` names the intent: the verb and what it is done to, e.g. `write-note:12`. A second
    call with the same key waits for the first to end and gets the same answer; when the first rolled back, the second
    does the work. `answer` must be JSON. Without a key (a command, a test) it just runs once.
    Raises KeyOfAnother when the key was used for another purpose: nothing is done then.
    """
    with transaction.atomic():
        if key is None:
            return dict(do())
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [actor, key, purpose, clock.now()])
            first = cursor.rowcount == 1
        if not first:
            known = IdempotencyKey.objects.get(actor=actor, key=key)
            if known.purpose != purpose:
                raise KeyOfAnother(
                    _("This form was used for something else already, so nothing was saved now. Open the page again.")
                )
            return dict(known.answer)
        answer = dict(do())
        IdempotencyKey.objects.filter(actor=actor, key=key).update(answer=answer)
        return answer
