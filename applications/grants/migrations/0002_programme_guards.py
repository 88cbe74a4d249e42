"""What must never happen to a programme's rules, said to the database (docs/adr/0010; design §2.5–2.6, §2.9)."""

from django.db import migrations

# Two published versions of a programme are never in force on the same day.
ONE_IN_FORCE = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE grants_programmeversion ADD CONSTRAINT grants_programmeversion_one_in_force
  EXCLUDE USING gist (programme_id WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
  WHERE (status = 'published');
"""

# A person publishes, and one who has had no hand in the draft; shipped examples are published by the import.
SECOND_PERSON = """
ALTER TABLE grants_programmeversion ADD CONSTRAINT grants_programmeversion_human_publishes
  CHECK (is_example OR published_by = '' OR (published_by LIKE 'user:%' AND NOT edited_by ? published_by));
"""

# A round points at a published version of its own programme, and stays with it.
PINNED = """
ALTER TABLE grants_programmeversion ADD CONSTRAINT grants_programmeversion_of_programme UNIQUE (id, programme_id);
ALTER TABLE grants_round ADD CONSTRAINT grants_round_version_of_programme
  FOREIGN KEY (programme_version_id, programme_id) REFERENCES grants_programmeversion (id, programme_id);

CREATE FUNCTION grants_round_pinned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.programme_id, NEW.programme_version_id) <> (OLD.programme_id, OLD.programme_version_id) THEN
      RAISE EXCEPTION 'round % stays with its programme version', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.cancelled_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
      RAISE EXCEPTION 'round % is cancelled and stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (SELECT status FROM grants_programmeversion WHERE id = NEW.programme_version_id) <> 'published' THEN
    RAISE EXCEPTION 'a round needs a published programme version' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pinned BEFORE INSERT OR UPDATE ON grants_round FOR EACH ROW EXECUTE FUNCTION grants_round_pinned();
ALTER TABLE grants_round ENABLE ALWAYS TRIGGER pinned;
"""

KEPT = """
SELECT vetting_keep('grants_programme');
SELECT vetting_keep('grants_round');
SELECT vetting_keep('grants_programmeversion');
SELECT vetting_freeze_published('grants_programmeversion');
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_programmes"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL(ONE_IN_FORCE, migrations.RunSQL.noop),
        migrations.RunSQL(SECOND_PERSON, migrations.RunSQL.noop),
        migrations.RunSQL(PINNED, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
