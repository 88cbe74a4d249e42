"""Memberships and people are ended, never deleted; the table of the database cache."""

from django.db import migrations

CACHE = """
CREATE TABLE accounts_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL(CACHE, migrations.RunSQL.noop),
        migrations.RunSQL(
            "SELECT vetting_keep('accounts_membership'); SELECT vetting_keep('accounts_user');"
            "SELECT vetting_keep('accounts_district');",
            migrations.RunSQL.noop,
        ),
    ]
