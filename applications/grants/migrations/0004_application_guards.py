"""An application and what stands beside it is kept; a closed lane stays as it was closed."""

from django.db import migrations

LANE = """
CREATE FUNCTION grants_lane_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR
     to_jsonb(NEW) - '{finding,closed_by,closed_at}'::text[] <> to_jsonb(OLD) - '{finding,closed_by,closed_at}'::text[] THEN
    RAISE EXCEPTION 'lane % is only ever closed, once', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON grants_indepthlane FOR EACH ROW EXECUTE FUNCTION grants_lane_kept();
ALTER TABLE grants_indepthlane ENABLE ALWAYS TRIGGER kept;
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_applications"), ("cases", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "SELECT vetting_keep('grants_grantapplication'); SELECT vetting_keep('grants_indepthlane');"
            "SELECT vetting_append_only('grants_secondreading');",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(LANE, migrations.RunSQL.noop),
    ]
