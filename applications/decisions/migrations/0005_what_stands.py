"""What a decision rests on outside its own rows: the day the application came in, the meeting, the appeal as it came."""

from django.db import migrations

ARRIVAL = """
CREATE FUNCTION decisions_arrival_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.channel, NEW.received_at, NEW.received_date) IS DISTINCT FROM
     (OLD.channel, OLD.received_at, OLD.received_date)
     AND EXISTS (SELECT 1 FROM decisions_decision WHERE case_id = OLD.id) THEN
    RAISE EXCEPTION 'case % is decided: how and when it came in stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER arrival_stands BEFORE UPDATE ON cases_case FOR EACH ROW
  WHEN ((NEW.channel, NEW.received_at, NEW.received_date) IS DISTINCT FROM
        (OLD.channel, OLD.received_at, OLD.received_date))
  EXECUTE FUNCTION decisions_arrival_stands();
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER arrival_stands;
"""

STANDS = """
SELECT vetting_only('decisions_boardmeeting', 'date,place');
SELECT vetting_only('decisions_appeal', 'forwarded_on,court_number,judged_on,judgment,ground');
SELECT vetting_fixed('decisions_proposal', 'id,key,case_id,matter,created_at,corrects_id');
SELECT vetting_fixed('decisions_boarditem', 'id,key,created_at');
SELECT vetting_fixed('decisions_decisiontrack', 'id,decision_id,case_id,matter');
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_proposal_saves"), ("kernel", "0002_what_stands"), ("cases", "0014_what_stands")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (ARRIVAL, STANDS)]
