"""What was owed and what was sent is never rewritten, whoever asks the database (docs/adr/0012)."""

from django.db import migrations

HOUSE = """
SELECT vetting_freeze_published('obligations_reminderplan');
SELECT vetting_keep('obligations_obligation');
SELECT vetting_append_only('obligations_obligationstep');
"""

OBLIGATION = """
CREATE FUNCTION obligations_obligation_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['due_on', 'turn', 'next_on', 'state', 'version', 'ended_at',
                              'attempts', 'retry_at', 'trouble'];
BEGIN
  IF OLD.state IN ('met', 'cancelled') THEN
    RAISE EXCEPTION 'obligation % has ended and stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
    RAISE EXCEPTION 'obligation %: whose it is and under which plan stays', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.version < OLD.version OR NEW.turn < OLD.turn THEN
    RAISE EXCEPTION 'obligation %: version and turn only count on', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.due_on <> OLD.due_on) <> (NEW.turn > OLD.turn) OR
     ((NEW.due_on <> OLD.due_on OR NEW.state <> OLD.state) AND NEW.version = OLD.version) THEN
    RAISE EXCEPTION 'obligation %: a new last day is a new turn, and a change a new version', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON obligations_obligation
  FOR EACH ROW EXECUTE FUNCTION obligations_obligation_stands();
ALTER TABLE obligations_obligation ENABLE ALWAYS TRIGGER stands;
"""

# A published plan, or none; the same district's.
PLAN = """
CREATE FUNCTION obligations_obligation_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM obligations_reminderplan p WHERE p.id = NEW.plan_id AND p.status = 'published'
                 AND p.district_id = NEW.district_id) THEN
    RAISE EXCEPTION 'obligation under a plan that is not published in its district'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON obligations_obligation
  FOR EACH ROW EXECUTE FUNCTION obligations_obligation_begins();
ALTER TABLE obligations_obligation ENABLE ALWAYS TRIGGER begins;
"""

# A step is taken while its obligation runs, in the turn that stands.
STEP = """
CREATE FUNCTION obligations_step_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM obligations_obligation o WHERE o.id = NEW.obligation_id
                 AND o.state IN ('open', 'paused') AND o.turn = NEW.turn) THEN
    RAISE EXCEPTION 'step of an obligation that has ended, or of another turn' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT ON obligations_obligationstep
  FOR EACH ROW EXECUTE FUNCTION obligations_step_fits();
ALTER TABLE obligations_obligationstep ENABLE ALWAYS TRIGGER fits;
"""


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial"), ("audit", "0002_guards"), ("outbox", "0004_ended")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (HOUSE, OBLIGATION, PLAN, STEP)]
