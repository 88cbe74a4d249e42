"""The app's database role can read every table, and owns none."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_app_reads_every_table_and_owns_none():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, has_table_privilege(oid, 'SELECT'), relowner = current_user::regrole::oid"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        rows = cursor.fetchall()
    assert len(rows) > 20
    assert [name for name, readable, _ in rows if not readable] == []
    assert [name for name, _, owned in rows if owned] == []
