"""Asking Postfix's log: yes, no, and unknown wherever the log cannot know."""

from datetime import UTC, datetime, timedelta

import pytest

from vetting.outbox.relay import Answer, NobodyToAsk, PostfixLog, SinkFolder, _logged_at

ID = "<obligation.1.due@example.org>"
AT = datetime(2026, 11, 21, 6, 40, tzinfo=UTC)


def log(path, *lines: tuple[int, str]):
    """Lines given with their seconds after the try."""
    text = "".join(f"{(AT + timedelta(seconds=second)).isoformat()} mx {line}\n" for second, line in lines)
    path.write_text(text)
    return PostfixLog(path)


BEFORE = (-60, "postfix/smtpd[9]: connect from localhost[127.0.0.1]")
AFTER = (90, "postfix/smtpd[9]: disconnect from localhost[127.0.0.1]")
CLEANUP = (1, f"postfix/cleanup[11]: 4Q1AB2C3: message-id={ID}")
ACTIVE = (2, "postfix/qmgr[3]: 4Q1AB2C3: from=<vetting@example.org>, size=900, nrcpt=1 (queue active)")


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ((BEFORE, CLEANUP, ACTIVE, AFTER), Answer.YES),
        ((CLEANUP, ACTIVE), Answer.YES),  # what is seen is seen, however little else there is
        ((BEFORE, CLEANUP, AFTER), Answer.NO),  # begun and never queued
        ((BEFORE, ACTIVE, AFTER), Answer.NO),  # another message's queue file
        ((BEFORE, AFTER), Answer.NO),
        ((AFTER,), Answer.UNKNOWN),  # the log begins after the try
        ((BEFORE,), Answer.UNKNOWN),  # and this one has not been written since
        ((), Answer.UNKNOWN),
        ((BEFORE, (1, f"postfix/cleanup[1]: 4Q1AB2C3: message-id={ID[:-1]}x>"), ACTIVE, AFTER), Answer.NO),
    ],
)
def test_the_log_is_read_as_postfix_means_it(tmp_path, lines, answer):
    assert log(tmp_path / "mail.log", *lines).was_accepted(ID, since=AT) == answer


def test_the_log_before_the_present_one_is_read_too(tmp_path):
    log(tmp_path / "mail.log.1", BEFORE, CLEANUP, ACTIVE)
    assert log(tmp_path / "mail.log", AFTER).was_accepted(ID, since=AT) == Answer.YES


def test_a_log_that_is_not_there_knows_nothing(tmp_path):
    with pytest.raises(FileNotFoundError):
        PostfixLog(tmp_path / "mail.log").was_accepted(ID, since=AT)
    assert SinkFolder(tmp_path / "none").was_accepted(ID, since=AT) == Answer.UNKNOWN
    assert NobodyToAsk().was_accepted(ID, since=AT) == Answer.UNKNOWN


def test_a_line_without_a_year_is_of_the_nearest_one():
    new_year = datetime(2027, 1, 1, 0, 5).astimezone()
    found = _logged_at("Dec 31 23:59:58 mx postfix/qmgr[1]: x", new_year)
    assert found is not None
    assert timedelta(minutes=5) < new_year - found < timedelta(minutes=6)
    assert _logged_at("Feb 29 01:02:03 mx x", datetime(2028, 3, 1, tzinfo=UTC)).month == 2
    assert _logged_at("nonsense", new_year) is None
