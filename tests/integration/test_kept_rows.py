"""Rows of the ground that plain SQL cannot turn back: the app's own role, whatever it has got hold of."""

import pytest
from django.db import DatabaseError, connection, transaction

from applications.cases.numbers import take_number
from tests.factories import people
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.outbox.services import put

pytestmark = pytest.mark.django_db


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def message():
    return put(
        kind="notice",
        district=people.district(),
        recipient="styrelsen@example.org",
        subject="Ny handling",
        body="Logga in.",
        identity="notice:1",
        case=None,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outbox_message",
        "TRUNCATE outbox_message",
        "UPDATE outbox_message SET payload_id = gen_random_uuid()",
        "UPDATE outbox_message SET message_id = '<other@vetting.invalid>'",
    ],
)
def test_a_message_stays_as_it_was_written(message, statement):
    refused(statement)


def test_a_message_that_is_sent_is_not_sent_again(message):
    message.state, message.sent_at = "sent", clock.now()
    message.save(update_fields=["state", "sent_at"])
    refused("UPDATE outbox_message SET state = 'waiting', sent_at = NULL")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_membership SET role = 'unit_head'",
        "UPDATE accounts_membership SET valid_from = '2001-01-01'",
        "UPDATE accounts_membership SET user_id = user_id + 1",
        "DELETE FROM accounts_membership",
    ],
)
def test_a_membership_is_only_ended(statement):
    people.user(Role.GRANT_OFFICER)
    refused(statement)


def test_a_membership_can_be_ended():
    person = people.user(Role.GRANT_OFFICER)
    assert person.memberships.update(valid_to=clock.today()) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_diarycounter SET last = 0",
        "UPDATE cases_diarycounter SET year = 2001",
        "DELETE FROM cases_diarycounter",
    ],
)
def test_the_diary_only_counts_on(statement):
    take_number(people.district())
    refused(statement)
