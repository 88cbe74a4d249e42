"""No state without its row: a deferred trigger that every table with a protected state gets (docs/adr/0002)."""

from django.db import migrations

XACT = "ALTER TABLE cases_statechange ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id()"

RECORDED = """
CREATE FUNCTION vetting_state_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := '';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.state = NEW.state THEN RETURN NULL; END IF;
    before := OLD.state;
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM cases_statechange
    WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id AND version = NEW.version
      AND from_state = before AND to_state = NEW.state AND xact = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'state of %.% changed from "%" to "%" without a state row of this transaction',
      TG_TABLE_NAME, NEW.id, before, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION vetting_guard_state(tbl regclass, subject text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE CONSTRAINT TRIGGER state_recorded AFTER INSERT OR UPDATE OF state ON %s '
                 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vetting_state_recorded(%L)', tbl, subject);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER state_recorded', tbl);
  PERFORM vetting_keep(tbl);
END $$;
"""

# A number once given is never changed; the version only grows; a case stays its applicant's.
NUMBER = """
CREATE FUNCTION cases_case_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.number <> '' AND (NEW.number, NEW.number_year, NEW.number_seq) IS DISTINCT FROM
                          (OLD.number, OLD.number_year, OLD.number_seq) THEN
    RAISE EXCEPTION 'the diary number % is given and stays', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.key, NEW.association_id, NEW.tenant_payload_id, NEW.created_by, NEW.created_at) IS DISTINCT FROM
     (OLD.key, OLD.association_id, OLD.tenant_payload_id, OLD.created_by, OLD.created_at) THEN
    RAISE EXCEPTION 'case % stays whose it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.version < OLD.version OR NEW.kind <> OLD.kind OR NEW.district_id <> OLD.district_id THEN
    RAISE EXCEPTION 'version, kind and district of case % are not turned back', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_case_fixed();
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER fixed;
"""

# Numbers are given one after the other: a counter turned back or taken away would stop a district's diary.
COUNTER = """
CREATE FUNCTION cases_diarycounter_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.district_id, NEW.year) <> (OLD.id, OLD.district_id, OLD.year) OR NEW.last <= OLD.last THEN
    RAISE EXCEPTION 'the diary counter of %.% only grows', OLD.district_id, OLD.year
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER counts BEFORE UPDATE ON cases_diarycounter FOR EACH ROW EXECUTE FUNCTION cases_diarycounter_counts();
ALTER TABLE cases_diarycounter ENABLE ALWAYS TRIGGER counts;
SELECT vetting_keep('cases_diarycounter');
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL(XACT, migrations.RunSQL.noop),
        migrations.RunSQL(RECORDED, migrations.RunSQL.noop),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTER, migrations.RunSQL.noop),
        migrations.RunSQL(
            "SELECT vetting_guard_state('cases_case', 'case');"
            "SELECT vetting_append_only('cases_statechange');"
            "SELECT vetting_append_only('cases_javdeclaration');",
            migrations.RunSQL.noop,
        ),
    ]
