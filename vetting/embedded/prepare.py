"""Readies the demo's database for a start: the example data, and the accounts to show on the screen.

A process of its own, for the supervisor must stay small and alive whatever Django does.
"""

from pathlib import Path

import django

from vetting.embedded.data_dir import write_private

MIGRATE_FIRST = 3  # exit code: the tables are not those of this code


def main(answer: Path, empty: bool) -> int:
    """Load the example data if they are not there (unless `empty`); tell in `answer` how far that has come.

    `{"accounts": null}` as soon as the tables are found to be right, with the accounts when all is done.
    """
    django.setup()
    from django.core.management import call_command

    from vetting.health import missing_migrations

    if missing_migrations():
        return MIGRATE_FIRST
    write_private(answer, {"accounts": None})
    if not empty:
        call_command("demo_data")
    write_private(answer, {"accounts": accounts()})
    return 0


def accounts() -> list[list[str]]:
    """User name, role in Swedish and in English, and district, of everybody who can sign in."""
    from vetting.accounts.models import Membership, User

    people = User.objects.filter(is_active=True).order_by("id")
    first = {
        membership.user_id: membership
        for membership in Membership.objects.select_related("district").order_by("user", "-id")
    }
    return [
        [
            person.username,
            first[person.pk].info.label.sv,
            first[person.pk].info.label.en,
            first[person.pk].district.name,
        ]
        for person in people
        if person.pk in first
    ]
