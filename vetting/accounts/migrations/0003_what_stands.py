"""What names a person, a district or a unit in the log never changes; a role that has ended does not hold again."""

from django.db import migrations

NAMED = """
SELECT vetting_fixed('accounts_user', 'id,key,created_at');
SELECT vetting_fixed('accounts_district', 'id,code');
SELECT vetting_keep('accounts_unit');
SELECT vetting_only('accounts_unit', 'name');
"""

ENDED = """
CREATE OR REPLACE FUNCTION accounts_membership_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to'
     OR (OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to)) THEN
    RAISE EXCEPTION 'UPDATE on % is refused: a membership is only ended; a longer one is a new one', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_guards"), ("kernel", "0002_what_stands")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (NAMED, ENDED)]
