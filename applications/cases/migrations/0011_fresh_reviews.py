"""A case may get a fresh review in the place of one that something else rests on (docs/adr/0016)."""

import django.db.models.deletion
from django.db import migrations, models

# A link replaces one of the same case and part; the row lock on the case orders two who try.
REPLACES = """
CREATE FUNCTION cases_casereview_replaces() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_casereview r WHERE r.id = NEW.replaces_id AND r.case_id = NEW.case_id AND r.part = NEW.part
  ) THEN
    RAISE EXCEPTION 'a review replaces one of the same case and part' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER replaces BEFORE INSERT ON cases_casereview FOR EACH ROW EXECUTE FUNCTION cases_casereview_replaces();
ALTER TABLE cases_casereview ENABLE ALWAYS TRIGGER replaces;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_report_document")]
    operations = [
        migrations.AddField(
            model_name="casereview",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="cases.casereview",
            ),
        ),
        migrations.RunSQL(REPLACES, migrations.RunSQL.noop),
    ]
