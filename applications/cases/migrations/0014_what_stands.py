"""Whoever is out of a case comes back by a ruling alone, and takes no step but the one that was ruled (KL 6:28–30)."""

from django.db import migrations

RULED = """
CREATE FUNCTION cases_recusal_ruled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lifted_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_javruling r WHERE r.case_id = NEW.case_id AND r.user_id = NEW.user_id
      AND r.ruling = 'lifted' AND r.at = NEW.lifted_at
  ) THEN
    RAISE EXCEPTION 'recusal % is lifted without a ruling', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.allowed_action, NEW.allowed_until) IS DISTINCT FROM (OLD.allowed_action, OLD.allowed_until)
     AND NOT EXISTS (
    SELECT 1 FROM cases_javruling r WHERE r.case_id = NEW.case_id AND r.user_id = NEW.user_id
      AND r.ruling = 'allowed' AND r.action = NEW.allowed_action AND r.until = NEW.allowed_until
  ) THEN
    RAISE EXCEPTION 'recusal %: a step is allowed without a ruling', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ruled BEFORE UPDATE ON cases_recusal FOR EACH ROW EXECUTE FUNCTION cases_recusal_ruled();
ALTER TABLE cases_recusal ENABLE ALWAYS TRIGGER ruled;
"""

STANDS_OUT = """
CREATE FUNCTION cases_recusal_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lifted_at IS NOT NULL OR NEW.allowed_action <> '' OR NEW.allowed_until IS NOT NULL THEN
    RAISE EXCEPTION 'a recusal begins as one' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON cases_recusal FOR EACH ROW EXECUTE FUNCTION cases_recusal_begins();
ALTER TABLE cases_recusal ENABLE ALWAYS TRIGGER begins;
"""

# The key under which the log names it, and what its rows beside it point at.
STANDS = "SELECT vetting_fixed('cases_case', 'id,key,kind,created_by,created_at')"


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_arrived_index"), ("kernel", "0002_what_stands")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (RULED, STANDS_OUT, STANDS)]
