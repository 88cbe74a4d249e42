"""Delivery to a relay in every mood: nothing lost, nothing twice where the relay can be asked, and a person told."""

import itertools
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.chaos.relay import Moody, counted, mails, served
from tests.factories import people
from tests.programs import free_port
from tests.threads import at_once
from vetting.audit.models import Event, Payload
from vetting.audit.services import read_payload, store_payload
from vetting.kernel import clock
from vetting.kernel.warnings import warnings
from vetting.kernel.workflow import invariants
from vetting.outbox.letter import Unwritable, written
from vetting.outbox.models import Message
from vetting.outbox.relay import NobodyToAsk
from vetting.outbox.services import put
from vetting.outbox.services.deliver import LEASE, MAX_TRIES, claim, deliver

db = pytest.mark.django_db
_numbers = itertools.count(1)
HOUR = timedelta(hours=1)


@pytest.fixture
def mood(tmp_path, settings):
    """The sink, in the mood the test gives it, and delivery pointed at it."""
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 2
    settings.DEMO_MAIL_DIR = str(tmp_path)
    with served(Moody(tmp_path), settings.EMAIL_PORT) as made:
        yield made


def message(to: str = "styrelsen@example.org", **more) -> Message:
    number = next(_numbers)
    with transaction.atomic():
        return put(
            kind="notice",
            district=people.district(),
            recipient=to,
            subject="Ärende KUN 2026/0001: sista dag 3 mars 2027",
            body="Hej!\n\nDet finns ett meddelande om ärende KUN 2026/0001.\n.\nSista dag: 3 mars 2027\n",
            identity=f"notice:{number}",
            case=None,
            **more,
        )


def words(row: Message) -> str:
    return read_payload(Payload.objects.get(pk=row.error_payload_id))["words"]


def breaches() -> list[str]:
    return [text for name in invariants if name.startswith("outbox.") for text in invariants[name]()]


@db
def test_what_waits_leaves_once_with_headers_that_stay(mood):
    row = message()
    assert deliver().sent == 1
    assert deliver().sent == 0
    (mail,) = mails(mood.folder)
    assert str(mail["Message-ID"]).strip() == row.message_id
    assert str(mail["To"]) == "styrelsen@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "Ärende KUN 2026/0001: sista dag 3 mars 2027"
    assert "\n.\nSista dag: 3 mars 2027" in mail.get_content().replace("\r\n", "\n")
    row.refresh_from_db()
    assert (row.state, row.attempts, row.lease_until) == ("sent", 1, None)
    assert Event.objects.filter(verb="message.sent", subject=f"message:{row.key}").count() == 1
    assert breaches() == []


@db
def test_many_leave_over_one_line(mood):
    for _ in range(30):
        message()
    assert deliver(limit=20).sent == 20
    assert deliver().sent == 10
    assert mood.conversations == 2
    assert set(counted(mood.folder).values()) == {1}


@db
@pytest.mark.parametrize("where", ["mail", "rcpt", "data"])
def test_refused_for_now_is_tried_again_later_and_later(mood, where):
    setattr(mood, where, "451 4.7.1 Greylisted, come back")
    row = message()
    assert deliver().later == 1
    assert deliver().later == 0  # not before its time
    row.refresh_from_db()
    assert (row.state, row.error_code, words(row)) == ("waiting", "451", "451 4.7.1 Greylisted, come back")
    assert timedelta(0) < row.not_before - clock.now() <= timedelta(minutes=1)
    with clock.shifted(HOUR):
        deliver()
        row.refresh_from_db()
        assert row.not_before - clock.now() > timedelta(minutes=1)
    setattr(mood, where, "")
    with clock.shifted(2 * HOUR):
        assert deliver().sent == 1
    assert len(mails(mood.folder)) == 1


@db
def test_after_the_last_try_it_waits_for_a_person(mood):
    mood.rcpt = "452 Mailbox full"
    row = message()
    for attempt in range(MAX_TRIES):
        with clock.shifted(attempt * 5 * HOUR):
            tally = deliver()
            assert (tally.later, tally.parked) == ((1, 0) if attempt < MAX_TRIES - 1 else (0, 1))
    row.refresh_from_db()
    assert (row.state, row.attempts, words(row)) == ("parked", MAX_TRIES, "452 Mailbox full")
    with clock.shifted(100 * HOUR):
        assert deliver().later == 0
    assert warnings["outbox_parked"]().endswith(": 1")


@db
@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_refused_for_good_is_parked_with_the_servers_words_and_the_others_go_on(mood, where, lines):
    setattr(mood, where, "554 5.7.1 <styrelsen@example.org> is not wanted")
    row = message()
    assert deliver().parked == 1
    row.refresh_from_db()
    assert (row.state, row.error_code) == ("parked", "554")
    assert words(row) == "554 5.7.1 <styrelsen@example.org> is not wanted"
    ours = [
        line for line in lines.getvalue().splitlines() if " mail.log " not in line
    ]  # the relay of the test tells all
    said = "\n".join(ours)
    assert "message.parked" in said
    assert "styrelsen@" not in said
    setattr(mood, where, "")
    message()
    assert deliver().sent == 1
    assert breaches() == []


@db
def test_one_poison_address_in_many_stops_nothing(mood):
    mood.poison = "borta@example.org"
    rows = [message(to="borta@example.org" if number == 20 else "styrelsen@example.org") for number in range(40)]
    tally = deliver()
    assert (tally.sent, tally.parked) == (39, 1)
    assert [row.pk for row in Message.objects.filter(state="parked")] == [rows[20].pk]
    assert mood.conversations == 1


@db
@pytest.mark.parametrize(
    "to", ["inte en adress", "a@b.se, c@d.se", "a@b.se\nBcc: x@y.se", "åsa@example.org", "@", "a@"]
)
def test_what_is_no_address_is_parked_and_nothing_is_said_to_the_relay(mood, to):
    row = message(to=to)
    assert deliver().parked == 1
    row.refresh_from_db()
    assert row.error_code == "not_an_address"
    assert mood.conversations == 0


@db
def test_a_swedish_domain_is_written_in_ascii(mood):
    message(to="styrelsen@åkesförening.se")
    assert deliver().sent == 1
    assert mails(mood.folder)[0]["X-Envelope-To"] == "styrelsen@" + "åkesförening.se".encode("idna").decode()


@db
def test_a_sender_the_relay_does_not_like_is_no_fault_of_the_message(mood):
    mood.mail = "553 Sender not allowed"
    row = message()
    assert deliver().later == 1
    row.refresh_from_db()
    assert (row.state, row.error_code) == ("waiting", "553")


@db
def test_a_relay_that_is_down_ends_the_run_and_costs_the_others_nothing(mood, settings, capsys):
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    rows = [message() for _ in range(5)]
    tally = deliver()
    assert (tally.later, tally.unreachable) == (1, True)
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    with pytest.raises(CommandError, match="No relay answers") as ended:
        call_command("deliver_outbox")
    assert ended.value.returncode == 1
    with clock.shifted(timedelta(minutes=20)):
        assert "messages that wait: 5" in warnings["outbox_age"]()
    # An hour of it, a tick a minute; then it is up again: nothing is lost, nothing is parked, nothing is doubled.
    for minute in range(60):
        with clock.shifted(timedelta(minutes=minute)):
            deliver()
    settings.EMAIL_PORT = up
    with clock.shifted(4 * HOUR):
        assert deliver().sent == 5
    assert counted(mood.folder) == {row.message_id: 1 for row in rows}
    assert warnings["outbox_age"]() == ""
    assert breaches() == []


@db
def test_a_relay_that_closes_says_nothing_about_the_message(mood):
    mood.rcpt = "421 Shutting down"
    message()
    message()
    tally = deliver()
    assert (tally.later, tally.unreachable) == (1, True)


@db
def test_a_slow_relay_that_took_it_is_asked_before_anything_is_sent_again(mood):
    mood.after = 3.0  # it keeps the mail, and answers after we have stopped waiting
    row = message()
    assert deliver().later == 1
    row.refresh_from_db()
    assert (row.state, row.lease_until, row.error_code) == ("sending", None, "no_answer")
    mood.after = 0.0
    with clock.shifted(HOUR):
        tally = deliver()
    assert (tally.known, tally.sent) == (1, 0)
    assert counted(mood.folder) == {row.message_id: 1}


@db
def test_a_line_that_broke_is_looked_up_whether_it_broke_before_or_after_the_keeping(mood):
    mood.mute = True
    kept = message()
    assert deliver().later == 1
    mood.mute, mood.data = False, "none"  # an answer that is none: the line is cut before anything is kept
    lost = message()
    assert deliver().later == 1
    assert set(Message.objects.values_list("state", "lease_until")) == {("sending", None)}
    mood.data = ""
    with clock.shifted(HOUR):
        tally = deliver()
    assert (tally.known, tally.sent) == (1, 1)
    assert counted(mood.folder) == {kept.message_id: 1, lost.message_id: 1}


@db
def test_where_nobody_can_be_asked_a_doubt_costs_at_most_one_duplicate(mood):
    mood.mute = True
    row = message()
    deliver(ask=NobodyToAsk())
    mood.mute = False
    with clock.shifted(HOUR):
        assert deliver(ask=NobodyToAsk()).sent == 1
    assert counted(mood.folder) == {row.message_id: 2}


@db
def test_a_process_that_died_is_followed_after_its_lease(mood):
    row = message()
    assert claim() is not None  # and then it dies
    assert deliver().sent == 0
    with clock.shifted(LEASE + timedelta(seconds=1)):
        assert deliver().sent == 1
    assert counted(mood.folder) == {row.message_id: 1}


@db
def test_a_message_that_kills_whoever_sends_it_is_parked_in_the_end(mood):
    message()
    for attempt in range(MAX_TRIES):
        with clock.shifted(attempt * 2 * LEASE):
            assert claim() is not None
    with clock.shifted((MAX_TRIES + 1) * 2 * LEASE):
        assert deliver().parked == 1
    assert Message.objects.get().error_code == "in_doubt"


@db
def test_a_message_nobody_thought_of_holds_up_itself_alone(mood):
    with transaction.atomic():
        payload, promise = store_payload({"to": "styrelsen@example.org"}, district="KUN")  # and no words at all
    odd = Message.objects.create(
        message_id="<odd@example.org>",
        kind="notice",
        district=people.district(),
        payload_id=payload.pk,
        commitment=promise,
    )
    message()
    message()
    tally = deliver()
    assert (tally.sent, tally.later) == (2, 1)
    odd.refresh_from_db()
    assert (odd.state, odd.error_code) == ("sending", "KeyError")
    for attempt in range(1, MAX_TRIES):
        with clock.shifted(attempt * 5 * HOUR):
            deliver()
    odd.refresh_from_db()
    assert odd.state == "parked"
    assert counted(mood.folder)["<odd@example.org>"] == 0


@db
def test_a_relay_that_cannot_be_asked_is_one_that_does_not_know(mood):
    class Unreadable:
        def was_accepted(self, message_id, *, since):
            raise PermissionError("the log is not ours to read")

    mood.mute = True
    message()
    deliver()
    mood.mute = False
    with clock.shifted(HOUR):
        assert deliver(ask=Unreadable()).sent == 1


@db
def test_words_that_were_disposed_of_are_not_sent(mood):
    row = message()
    row.payload_id = row.key
    with pytest.raises(Unwritable, match="words_disposed_of"):
        written(row)


@pytest.mark.race
def test_ten_deliveries_at_once_send_each_message_once(real_db, mood):
    rows = [message() for _ in range(60)]
    found = at_once(10, lambda _: deliver().sent)
    assert sum(found) == 60
    assert counted(mood.folder) == {row.message_id: 1 for row in rows}
    assert breaches() == []
