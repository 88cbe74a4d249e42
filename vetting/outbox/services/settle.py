"""What a person does with a message that could not leave: tried again, sent by post, or found not to be needed."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.outbox.models import Message, MessageState
from vetting.outbox.services.put_message import NO_ADDRESS

# Nothing that trying again could change: the message stands as it was written.
HOPELESS = frozenset({NO_ADDRESS, "not_an_address", "words_disposed_of"})
# The last try may have succeeded: the relay is asked before the next one.
DOUBTFUL = frozenset({"in_doubt", "no_answer"})


def retry(*, message: Message, actor: Actor) -> None:
    """Sent again at the next run, with all its tries. Raises NotAllowed, NotNow when it is not parked or can never
    be sent as it stands."""
    with transaction.atomic():
        fresh = _parked(message, actor)
        if fresh.error_code in HOPELESS:
            raise NotNow(_("This message has no address it can be sent to. Send it by post."), code="hopeless")
        doubtful = fresh.error_code in DOUBTFUL
        fresh.state = MessageState.SENDING if doubtful else MessageState.WAITING
        fresh.attempts, fresh.not_before, fresh.lease_until = 0, clock.now(), None
        fresh.save(update_fields=["state", "attempts", "not_before", "lease_until"])
        _log("message.retried", fresh, actor)


def retry_all(*, messages: Iterable[Message], actor: Actor) -> int:
    """The same for all that may be tried again, e.g. after an outage; returns how many. One that somebody else has
    dealt with meanwhile is left out."""
    done = 0
    for message in messages:
        if message.error_code not in HOPELESS:
            try:
                retry(message=message, actor=actor)
            except NotNow:
                continue
            done += 1
    return done


def note_posted(*, message: Message, actor: Actor, words: str = "") -> None:
    """It has been sent by post (or handed over): `words` may say how. Raises NotAllowed, NotNow."""
    with transaction.atomic():
        fresh = _parked(message, actor)
        fresh.state, fresh.sent_at = MessageState.POSTED, clock.now()
        fresh.save(update_fields=["state", "sent_at"])
        _log("message.posted", fresh, actor, words)


def note_needless(*, message: Message, actor: Actor, words: str) -> None:
    """Nobody needs it any more; `words` say why and are kept. Raises NotAllowed, NotNow, Invalid without words."""
    if not words.strip():
        text = _("Write why the message is not needed any more.")
        raise Invalid(text, fields={"words": [text]}, code="no_words")
    with transaction.atomic():
        fresh = _parked(message, actor)
        fresh.state = MessageState.NEEDLESS
        fresh.save(update_fields=["state"])
        _log("message.needless", fresh, actor, words)


def _parked(message: Message, actor: Actor) -> Message:
    must_have(actor, Permission.HANDLE_MESSAGES, message.district_id)
    fresh = Message.objects.select_for_update(of=("self",), no_key=True).select_related("district").get(pk=message.pk)
    if fresh.state != MessageState.PARKED:
        raise NotNow(_("Somebody has dealt with this message already."), code="not_parked")
    return fresh


def _log(verb: str, message: Message, actor: Actor, words: str = "") -> None:
    record(
        actor=actor,
        verb=verb,
        case=message.case,
        district=message.district.code,
        subject=f"message:{message.key}",
        data={"kind": message.kind, "code": message.error_code},
        payload={"words": words.strip()} if words.strip() else None,
    )
