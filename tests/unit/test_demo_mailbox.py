"""What the demo's mail page shows of a mail, whatever the mail is made of."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from vetting.embedded import mailbox
from vetting.embedded.smtp_sink import keep


def kept(folder: Path, content: bytes, *recipients: str) -> mailbox.Mail:
    """The mail as the page gets it, after the sink has written it."""
    envelope = Envelope()
    envelope.content, envelope.rcpt_tos = content, list(recipients)
    keep(folder, envelope)
    mail = mailbox.read(folder, mailbox.names(folder)[0])
    assert mail
    return mail


def test_text_subject_and_attachments_are_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = "Påminnelse", "a@example.org", "<1@example.org>"
    message.set_content("Hej på dig")
    message.add_attachment(b"12345", maintype="text", subtype="calendar", filename="möte.ics")
    mail = kept(tmp_path, message.as_bytes(), "ö@example.org", "b@example.org")
    assert (mail.subject, mail.sender, mail.message_id) == ("Påminnelse", "a@example.org", "<1@example.org>")
    assert mail.text.strip() == "Hej på dig"
    assert mail.recipients == "ö@example.org, b@example.org"
    assert mail.attachments == [mailbox.Attachment("möte.ics", 5)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"Subject: =?x?=\r\n\r\nbar\xe5", "bar�"),
        (b"Content-Type: text/plain; charset=nobody-knows\r\n\r\nhej", "hej"),
        (b"Content-Type: text/html\r\n\r\n<script>x</script>", "<script>x</script>"),
        (b"Content-Type: application/pdf\r\n\r\n%PDF", ""),
    ],
)
def test_no_mail_breaks_the_page(tmp_path: Path, content: bytes, text: str) -> None:
    assert kept(tmp_path, content).text == text


def test_newest_first_and_nothing_half_written(tmp_path: Path) -> None:
    for name in (
        "1790000000000000002-aaaaaaaa.eml",
        "1790000000000000010-aaaaaaaa.eml",
        "3-aaaaaaaa.eml.partial",
        "tmpx.partial",
        "notes.txt",
    ):
        (tmp_path / name).write_bytes(b"")
    assert mailbox.names(tmp_path) == ["1790000000000000010-aaaaaaaa.eml", "1790000000000000002-aaaaaaaa.eml"]
    assert mailbox.names(tmp_path / "none") == []


@pytest.mark.parametrize("name", ["../secrets.json", "1-00000000.eml", "1-0000000g.eml", ""])
def test_only_kept_mails_can_be_read(tmp_path: Path, name: str) -> None:
    assert mailbox.read(tmp_path, name) is None
