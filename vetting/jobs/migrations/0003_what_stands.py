"""Who asked for which work stays, and what it gave; an intent once answered is answered the same way for ever."""

from django.db import migrations

JOB = """
SELECT vetting_keep('jobs_job');
SELECT vetting_only('jobs_job', 'state,done_steps,all_steps,result,error_code,attempts,run_after,lease_until,ended_at');
CREATE FUNCTION jobs_job_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('done', 'failed') OR NEW.attempts < OLD.attempts THEN
    RAISE EXCEPTION 'job % has ended, or its attempts are turned back', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ends_once BEFORE UPDATE ON jobs_job FOR EACH ROW EXECUTE FUNCTION jobs_job_ends_once();
ALTER TABLE jobs_job ENABLE ALWAYS TRIGGER ends_once;
"""

# The row is put first, its answer when the work is done, both in one transaction (vetting.jobs.idempotency.once).
KEY = """
SELECT vetting_keep('jobs_idempotencykey');
SELECT vetting_only('jobs_idempotencykey', 'answer');
CREATE FUNCTION jobs_key_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.answer <> '{}' AND NEW.answer <> OLD.answer THEN
    RAISE EXCEPTION 'key % is answered', OLD.key USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answered_once BEFORE UPDATE ON jobs_idempotencykey
  FOR EACH ROW EXECUTE FUNCTION jobs_key_answered_once();
ALTER TABLE jobs_idempotencykey ENABLE ALWAYS TRIGGER answered_once;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_find_ones_own"), ("kernel", "0002_what_stands")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (JOB, KEY)]
