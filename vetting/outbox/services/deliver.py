"""`deliver()`: what waits leaves. Safe to run twice, beside itself, or to be killed (docs/adr/0012)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q

from vetting.accounts.actors import system_actor
from vetting.audit.services import record, store_payload
from vetting.kernel import clock
from vetting.outbox.letter import Unwritable, written
from vetting.outbox.models import OPEN, Message, MessageState
from vetting.outbox.relay import Answer, Relay, relay
from vetting.outbox.smtp import DeliveryError, InDoubt, Line, Refused, RefusedForGood, Unreachable

log = structlog.get_logger(__name__)
ACTOR = system_actor("outbox.delivery")
LEASE = timedelta(minutes=5)  # longer than any conversation: each of its commands ends after EMAIL_TIMEOUT
MAX_TRIES = 12
LONGEST_WAIT = timedelta(minutes=240)  # twelve tries last about sixteen hours: a night's outage parks nothing


@dataclass(slots=True)
class Tally:
    """What one run did with messages: `known` had been taken before a crash, `later` are tried again. `unreachable`:
    no relay answered, and the run ended."""

    sent: int = 0
    known: int = 0
    later: int = 0
    parked: int = 0
    unreachable: bool = False


def deliver(
    *,
    limit: int | None = None,
    seconds: float | None = None,
    ask: Relay | None = None,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Sends what waits and may be tried now, oldest first; ends when nothing is left, after `limit` messages or
    `seconds`, or when no relay answers. Each message is claimed and noted in transactions of its own."""
    tally, relay_to_ask = Tally(), ask or relay()
    until = time.monotonic() + seconds if seconds is not None else None
    left = limit
    with Line() as line:
        while (until is None or time.monotonic() < until) and (left is None or left > 0):
            claimed = claim()
            if claimed is None:
                break
            left = None if left is None else left - 1
            goes_on = _one(claimed, line, relay_to_ask, tally)
            progress(tally)
            if not goes_on:
                break
    return tally


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours until its lease ends. `in_doubt`: an earlier try may have succeeded unnoticed."""

    message: Message
    in_doubt: bool


def claim() -> Claimed | None:
    """The next message, leased before the first byte goes; two processes never get the same."""
    with transaction.atomic():
        moment = clock.now()
        ready = Q(state=MessageState.WAITING) | Q(state=MessageState.SENDING, lease_until__isnull=True)
        ready |= Q(state=MessageState.SENDING, lease_until__lte=moment)
        message = (
            Message.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            .select_related("district")
            .filter(ready, state__in=OPEN, not_before__lte=moment)
            .order_by("not_before", "id")
            .first()
        )
        if message is None:
            return None
        in_doubt = message.state == MessageState.SENDING
        message.state, message.lease_until = MessageState.SENDING, moment + LEASE
        message.attempts += 1
        if not in_doubt:  # the relay is asked from the first try in doubt on
            message.tried_at = moment
        message.save(update_fields=["state", "lease_until", "attempts", "tried_at"])
        return Claimed(message, in_doubt)


def _one(claimed: Claimed, line: Line, ask: Relay, tally: Tally) -> bool:
    """Sends one claimed message and notes what came of it; False when the run should end."""
    message = claimed.message
    if claimed.in_doubt and _was_accepted(message, ask):
        tally.known += 1
        _sent(message)
        return True
    if claimed.in_doubt and message.attempts > MAX_TRIES:
        tally.parked += 1
        _park(message, InDoubt("in_doubt"))
        return True
    try:
        sender, recipient, content = written(message)
        line.send(sender, recipient, content)
    except (RefusedForGood, Unwritable) as error:
        tally.parked += 1
        _park(message, error)
    except DeliveryError as error:
        _later(message, error, tally)
        tally.unreachable = isinstance(error, Unreachable)
        return not tally.unreachable
    except Exception as error:
        # A fault of ours: how far it came is not known, so this message is looked up before its next try.
        line.close()
        _later(message, InDoubt(type(error).__name__), tally)
    else:
        tally.sent += 1
        _sent(message)
    return True


def _was_accepted(message: Message, ask: Relay) -> bool:
    assert message.tried_at is not None  # noqa: S101 - set when it was first claimed
    try:
        answer = ask.was_accepted(message.message_id, since=message.tried_at)
    except OSError:
        answer = Answer.UNKNOWN
    log.info("message.asked", message=str(message.key), answer=str(answer))
    return answer == Answer.YES


def _sent(message: Message) -> None:
    """The relay has it: that is true whoever holds the lease by now."""
    with transaction.atomic():
        if _note(message, leased=False, state=MessageState.SENT, sent_at=clock.now(), error_code=""):
            _event("message.sent", message)


def _later(message: Message, error: DeliveryError, tally: Tally) -> None:
    """Tried again after a while, longer each time; after the last try a person takes over."""
    if message.attempts >= MAX_TRIES:
        tally.parked += 1
        _park(message, error)
        return
    tally.later += 1
    wait = min(timedelta(minutes=2 ** (message.attempts - 1)), LONGEST_WAIT)
    # A try in doubt stays `sending`, without a lease: the relay is asked before the next one.
    state = MessageState.SENDING if isinstance(error, InDoubt) else MessageState.WAITING
    log.info("message.later", message=str(message.key), code=error.code, attempt=message.attempts)
    with transaction.atomic():
        _note(message, state=state, not_before=clock.now() + wait, **_told(message, error))


def _park(message: Message, error: DeliveryError | Unwritable) -> None:
    log.warning("message.parked", message=str(message.key), code=error.code, attempt=message.attempts)
    with transaction.atomic():
        if _note(message, state=MessageState.PARKED, **_told(message, error)):
            _event("message.parked", message, code=error.code)


def _told(message: Message, error: DeliveryError | Unwritable) -> dict[str, Any]:
    """The code in the row, the server's words in a payload: they may name the recipient."""
    words = error.words[:2000] if isinstance(error, Refused | Unreachable) else ""
    stored = store_payload({"words": words}, district=message.district.code)[0].pk if words else None
    return {"error_code": error.code[:64], "error_payload_id": stored}


def _note(message: Message, *, leased: bool = True, **values: Any) -> bool:
    """Writes the outcome, if the message is still open and (where asked) still ours."""
    ours = Message.objects.filter(pk=message.pk, state=MessageState.SENDING)
    if leased:
        ours = ours.filter(lease_until=message.lease_until)
    return ours.update(lease_until=None, **values) == 1


def _event(verb: str, message: Message, **data: Any) -> None:
    record(
        actor=ACTOR,
        verb=verb,
        case=message.case,
        district=message.district.code,
        subject=f"message:{message.key}",
        data={"kind": message.kind, "attempts": message.attempts, **data},
    )
