"""A message as the bytes that leave: the payload's words under headers that are the same at every try."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings

from vetting.audit.models import Payload
from vetting.audit.services import read_payload
from vetting.kernel.clock import stockholm
from vetting.outbox.models import Message


class Unwritable(Exception):
    """No mail can be made of it: the address is none, or its words have been disposed of. `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def written(message: Message) -> tuple[str, str, bytes]:
    """(envelope sender, recipient, content). Raises Unwritable."""
    payload = Payload.objects.filter(pk=message.payload_id).first()
    if payload is None:
        raise Unwritable("words_disposed_of")
    words = read_payload(payload)
    recipient = ascii_address(words["to"])
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = settings.DEFAULT_FROM_EMAIL
        made["To"] = Address(addr_spec=recipient)
        made["Subject"] = words["subject"]
        made["Date"] = format_datetime(stockholm(message.created_at))
        made["Message-ID"] = message.message_id
        made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        made.set_content(words["body"])
    except (ValueError, MessageError, IndexError) as error:
        raise Unwritable("not_an_address") from error
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1], recipient, made.as_bytes()


def ascii_address(address: str) -> str:
    """The address with its domain in ASCII. A local part beyond ASCII is one that hardly any relay takes."""
    local, at, domain = address.strip().rpartition("@")
    try:
        local.encode("ascii")
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Unwritable("not_an_address") from error
