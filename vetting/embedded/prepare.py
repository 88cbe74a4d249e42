"""Readies the demo's database for a start: the example data, and the accounts to show on the screen.

A process of its own, for the supervisor must stay small and alive whatever Django does.
"""

import json
from pathlib import Path

import django

MIGRATE_FIRST = 3  # exit code: the tables are not those of this code


def main(answer: Path) -> int:
    """Load the example data if it is not there, and write the accounts to `answer`."""
    django.setup()
    from django.core.management import call_command, get_commands

    from vetting.health import missing_migrations

    if missing_migrations():
        return MIGRATE_FIRST
    if "demo_data" in get_commands():
        call_command("demo_data")
    answer.write_text(json.dumps(accounts()), encoding="utf-8")
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
