"""Who wrote which version of a proposal is kept: every version has its writer (docs/domain.md §6.2 F3)."""

import django.db.models.deletion
from django.db import migrations, models

KNOWN = """
INSERT INTO decisions_proposalsave (proposal_id, version, by, at)
SELECT id, version, written_by, saved_at FROM decisions_proposal;
SELECT vetting_append_only('decisions_proposalsave');
"""

# A version comes with its writer; words change with the version alone.
SAVED = """
CREATE FUNCTION decisions_proposal_saved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM decisions_proposalsave s WHERE s.proposal_id = NEW.id AND s.version = NEW.version) THEN
    RAISE EXCEPTION 'version % of proposal % has no writer', NEW.version, NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER saved AFTER INSERT OR UPDATE OF version ON decisions_proposal
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_proposal_saved();
ALTER TABLE decisions_proposal ENABLE ALWAYS TRIGGER saved;

CREATE FUNCTION decisions_proposal_versioned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version = OLD.version AND to_jsonb(NEW) - 'status' <> to_jsonb(OLD) - 'status' THEN
    RAISE EXCEPTION 'proposal % is changed by a new version', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER versioned BEFORE UPDATE ON decisions_proposal
  FOR EACH ROW EXECUTE FUNCTION decisions_proposal_versioned();
ALTER TABLE decisions_proposal ENABLE ALWAYS TRIGGER versioned;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0003_rests_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposalSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="saves", to="decisions.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "version"), name="decisions_proposalsave_once")
                ],
            },
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (KNOWN, SAVED)),
    ]
