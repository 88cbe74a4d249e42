"""Rows of a review are only added, to an open review; the review changes only with its record; versions freeze."""

from django.db import migrations

APPEND_ONLY = (
    "prefill",
    "answer",
    "evidence",
    "evidencenote",
    "escalation",
    "escalationanswer",
    "specialreasons",
    "reviewchange",
)

# What is added to a review is added while it is open; the row lock orders this against signing.
TO_OPEN_REVIEW = """
CREATE FUNCTION checklists_to_open_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE review bigint; now_state text;
BEGIN
  IF TG_ARGV[0] = 'evidence' THEN
    SELECT e.review_id INTO review FROM checklists_evidence e WHERE e.id = NEW.evidence_id;
  ELSIF TG_ARGV[0] = 'escalation' THEN
    SELECT e.review_id INTO review FROM checklists_escalation e WHERE e.id = NEW.escalation_id;
  ELSE
    review := NEW.review_id;
  END IF;
  SELECT r.state INTO now_state FROM checklists_review r WHERE r.id = review FOR SHARE;
  IF now_state IS DISTINCT FROM 'open' THEN
    RAISE EXCEPTION 'review % is not open: nothing is added to %', review, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

ONE_LINE = """
CREATE FUNCTION checklists_answer_one_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM checklists_answer a
    WHERE a.id = NEW.supersedes_id AND a.review_id = NEW.review_id AND a.question = NEW.question
  ) THEN
    RAISE EXCEPTION 'an answer supersedes an answer to the same question of the same review'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_line BEFORE INSERT ON checklists_answer
  FOR EACH ROW EXECUTE FUNCTION checklists_answer_one_line();
ALTER TABLE checklists_answer ENABLE ALWAYS TRIGGER one_line;
"""

# One change at a time, one revision further, and nothing of what the review was opened with.
FIXED = """
CREATE FUNCTION checklists_review_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changing text[] := ARRAY['state', 'lane', 'refusal_considered', 'revision', 'completed_at'];
BEGIN
  IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing THEN
    RAISE EXCEPTION 'what review % was opened with stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.revision <> OLD.revision + 1 THEN
    RAISE EXCEPTION 'review % goes from revision % to the next', OLD.id, OLD.revision
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE ON checklists_review FOR EACH ROW EXECUTE FUNCTION checklists_review_fixed();
ALTER TABLE checklists_review ENABLE ALWAYS TRIGGER fixed;
"""

RECORDED = """
CREATE FUNCTION checklists_review_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    wanted := ARRAY['opened'];
  ELSE
    IF NEW.state <> OLD.state THEN
      wanted := wanted || CASE NEW.state WHEN 'complete' THEN 'completed' ELSE 'reopened' END;
    END IF;
    IF NEW.lane <> OLD.lane THEN wanted := wanted || 'lane'::text; END IF;
    IF NEW.refusal_considered <> OLD.refusal_considered THEN wanted := wanted || 'refusal_considered'::text; END IF;
  END IF;
  IF coalesce(array_length(wanted, 1), 0) <> 1 OR NOT EXISTS (
    SELECT 1 FROM checklists_reviewchange c
    WHERE c.review_id = NEW.id AND c.revision = NEW.revision AND c.kind = wanted[1]
  ) THEN
    RAISE EXCEPTION 'review % changed without its record', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE ON checklists_review
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION checklists_review_recorded();
ALTER TABLE checklists_review ENABLE ALWAYS TRIGGER recorded;
"""


def open_only(table: str, through: str = "") -> str:
    return (
        f"CREATE TRIGGER to_open_review BEFORE INSERT ON checklists_{table} FOR EACH ROW "
        f"EXECUTE FUNCTION checklists_to_open_review('{through}');"
        f"ALTER TABLE checklists_{table} ENABLE ALWAYS TRIGGER to_open_review;"
    )


OPEN_ONLY = (
    "".join(open_only(table) for table in ("prefill", "answer", "evidence", "escalation", "specialreasons"))
    + open_only("evidencenote", "evidence")
    + open_only("escalationanswer", "escalation")
)


class Migration(migrations.Migration):
    dependencies = [("checklists", "0001_initial"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL(
            "".join(f"SELECT vetting_append_only('checklists_{table}');" for table in APPEND_ONLY),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "SELECT vetting_keep('checklists_review'); SELECT vetting_freeze_published('checklists_checklistversion');",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(TO_OPEN_REVIEW, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_LINE, migrations.RunSQL.noop),
        migrations.RunSQL(FIXED, migrations.RunSQL.noop),
        migrations.RunSQL(RECORDED, migrations.RunSQL.noop),
    ]
