"""What a decision rests on is kept with it, and stays as it was signed (docs/adr/0016)."""

import django.db.models.deletion
from django.db import migrations, models

# Only a signed review carries a decision, as it stands; the lock orders this against opening it again.
SIGNED = """
SELECT vetting_append_only('decisions_decisionreview');
CREATE FUNCTION decisions_rests_on_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM checklists_review r WHERE r.id = NEW.review_id AND r.state = 'complete'
    AND r.revision = NEW.revision FOR SHARE;
  IF NOT FOUND OR NOT EXISTS (
    SELECT 1 FROM checklists_reviewchange c WHERE c.review_id = NEW.review_id AND c.revision = NEW.revision
      AND c.kind = 'completed' AND c.digest = NEW.digest
  ) OR NOT EXISTS (
    SELECT 1 FROM cases_casereview l JOIN decisions_decision d ON d.case_id = l.case_id
    WHERE d.id = NEW.decision_id AND l.review_id = NEW.review_id
  ) THEN
    RAISE EXCEPTION 'a decision rests on a signed review of its case, as it was signed'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT ON decisions_decisionreview
  FOR EACH ROW EXECUTE FUNCTION decisions_rests_on_signed();
ALTER TABLE decisions_decisionreview ENABLE ALWAYS TRIGGER signed;
"""

# A review that a decision rests on is not opened again: the case gets a fresh one.
STAYS = """
CREATE FUNCTION decisions_review_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM decisions_decisionreview WHERE review_id = OLD.id) THEN
    RAISE EXCEPTION 'a decision rests on review %: it stays as it was signed', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER carries_decision BEFORE UPDATE ON checklists_review
  FOR EACH ROW EXECUTE FUNCTION decisions_review_stays();
ALTER TABLE checklists_review ENABLE ALWAYS TRIGGER carries_decision;
"""

# A decision on the merits says of every review its case rests on that it rests on it (docs/domain.md §6.2 F1).
SAID = """
CREATE FUNCTION decisions_says_its_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.matter = 'main' AND NEW.outcome IN ('full', 'part', 'refused') AND EXISTS (
    SELECT 1 FROM cases_casereview l
    WHERE l.case_id = NEW.case_id AND l.linked_at <= NEW.at
      AND NOT EXISTS (SELECT 1 FROM cases_casereview n WHERE n.replaces_id = l.id AND n.linked_at <= NEW.at)
      AND NOT EXISTS (SELECT 1 FROM decisions_decisionreview r WHERE r.decision_id = NEW.id AND r.review_id = l.review_id)
  ) THEN
    RAISE EXCEPTION 'decision % leaves out a review of its case', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER says_its_reviews AFTER INSERT ON decisions_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_says_its_reviews();
ALTER TABLE decisions_decision ENABLE ALWAYS TRIGGER says_its_reviews;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("checklists", "0002_guards"),
        ("cases", "0011_fresh_reviews"),
        ("decisions", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("adverse", models.JSONField(default=list)),
                ("stops", models.JSONField(default=list)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="decisions.decision"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="checklists.review"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("decision", "review"), name="decisions_review_once")],
            },
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (SIGNED, STAYS, SAID)),
    ]
