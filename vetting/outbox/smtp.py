"""One conversation with the mail relay: each answer is one of four, so that a message is never sent twice by guess."""

import contextlib
import smtplib
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail.utils import DNS_NAME

TRY_AGAIN_LATER = 421  # the server closes: nothing about this message
OK, OK_WILL_FORWARD = 250, 251


class DeliveryError(Exception):
    """`code` is short and stable; `words` are the server's own and may name people."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.words = code, words


class Unreachable(DeliveryError):
    """No relay that takes mail just now: nothing was handed over, and it is no fault of the message."""


class Refused(DeliveryError):
    """The relay did not take this message, for now (4xx)."""


class RefusedForGood(Refused):
    """The relay will not take this message (5xx)."""


class InDoubt(DeliveryError):
    """The message was handed over and the answer did not come: it may have been taken."""


class Line:
    """A connection opened at the first message and kept for the next ones. Settings: EMAIL_*."""

    def __init__(self) -> None:
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Says goodbye; a connection that is gone already is none the worse."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                client.quit()
            client.close()

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Hands one message over. Returns only when the relay has taken it; raises the errors above."""
        client = self._client or self._open()
        with self._talking("unreachable", Unreachable):
            # The sender is the installation's: a relay that refuses it says nothing about this message.
            self._expect(client.mail(sender), sender_side=True)
            self._expect(client.rcpt(recipient))
        with self._talking("no_answer", InDoubt):
            try:
                answer = client.data(content)
            except smtplib.SMTPDataError as error:  # before a byte of it was sent
                answer = (error.smtp_code, _bytes(error.smtp_error))
            self._expect(answer)

    def _open(self) -> smtplib.SMTP:
        with self._talking("unreachable", Unreachable):
            make = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
            host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
            client = make(host, port, local_hostname=DNS_NAME.get_fqdn(), timeout=settings.EMAIL_TIMEOUT)
            self._client = client
            if settings.EMAIL_USE_TLS:
                client.starttls()
            client.ehlo_or_helo_if_needed()
            if settings.EMAIL_HOST_USER:
                client.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        return client

    @contextlib.contextmanager
    def _talking(self, code: str, kind: type[DeliveryError]) -> Iterator[None]:
        """A conversation that breaks is `kind`; the connection is not used again."""
        try:
            yield
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            words = _text(getattr(error, "smtp_error", b"")) or type(error).__name__
            raise kind(code, words) from error

    def _expect(self, answer: tuple[int, bytes], *, sender_side: bool = False) -> None:
        """Nothing when the server agrees, else the error its answer means; the connection is ready for the next."""
        status, words = answer[0], _text(answer[1])
        if status in {OK, OK_WILL_FORWARD}:
            return
        if status == TRY_AGAIN_LATER or status < 400:
            self.close()
            raise Unreachable(str(status), words)
        if self._client is not None:
            try:
                self._client.rset()
            except (OSError, smtplib.SMTPException):
                self.close()
        for_good = status >= 500 and not sender_side
        raise (RefusedForGood if for_good else Refused)(str(status), f"{status} {words}")


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _text(words: bytes | str) -> str:
    return _bytes(words).decode("utf-8", errors="replace").strip()
