"""Memberships and people are ended, never deleted; the table of the database cache."""

from django.db import migrations

CACHE = """
CREATE TABLE accounts_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


# Who held which role when is what every step's authority rests on: a membership is ended, and otherwise a new one.
ONLY_ENDED = """
CREATE FUNCTION accounts_membership_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to' THEN
    RAISE EXCEPTION 'UPDATE on % is refused: a membership is only ended', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON accounts_membership
  FOR EACH ROW EXECUTE FUNCTION accounts_membership_stands();
ALTER TABLE accounts_membership ENABLE ALWAYS TRIGGER stands;
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
        migrations.RunSQL(ONLY_ENDED, migrations.RunSQL.noop),
    ]
