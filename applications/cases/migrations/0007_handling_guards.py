"""What was sent stands as it was sent: a request is ended once, by its own columns, and never removed (design §2.8)."""

from django.db import migrations

# vetting_end_once(table, 'ended_at', 'ended_at,ended_as,…'): only the listed columns change, and only while the
# first argument's column is empty.
END_ONCE = """
CREATE FUNCTION vetting_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
BEGIN
  IF before ->> TG_ARGV[0] IS NOT NULL THEN
    RAISE EXCEPTION '% on % is refused: it has ended; a correction is a new row', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF before - string_to_array(TG_ARGV[1], ',') <> after - string_to_array(TG_ARGV[1], ',') THEN
    RAISE EXCEPTION '% on % is refused: it stands as it was begun', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION vetting_end_once(tbl regclass, flag text, columns text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER end_once BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION vetting_ended(%L, %L)',
                 tbl, flag, columns);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER end_once', tbl);
  PERFORM vetting_keep(tbl);
END $$;
"""

GUARDS = """
SELECT vetting_end_once('cases_completion', 'ended_at',
  'ended_at,ended_as,ended_by,arrived_on,answer_payload_id,answer_commitment');
SELECT vetting_end_once('cases_consultation', 'ended_at',
  'ended_at,ended_as,ended_by,answered_on,own_answer,answer_payload_id,answer_commitment');
SELECT vetting_end_once('cases_hearing', 'ended_at',
  'ended_at,ended_as,ended_by,waiver,waiver_payload_id,waiver_commitment');
SELECT vetting_end_once('cases_assignment', 'ended_on', 'ended_on');
SELECT vetting_end_once('cases_caselink', 'ended_at', 'ended_at');
SELECT vetting_end_once('cases_recusal', 'lifted_at', 'lifted_at,allowed_action,allowed_until');
SELECT vetting_append_only('cases_hearingfact');
SELECT vetting_append_only('cases_hearingentry');
SELECT vetting_append_only('cases_note');
SELECT vetting_append_only('cases_secretnote');
SELECT vetting_append_only('cases_javruling');
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_handling")]
    operations = [
        migrations.RunSQL(END_ONCE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
