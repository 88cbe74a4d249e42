"""What was applied for stays once a proposal rests on it; a call and a programme stay whose they are."""

from django.db import migrations

# The states are `services.enter_application.EDITABLE`, by test. Whom to reach, in which language, and what help was
# given may be noted later too, and so may what the grant itself comes to.
APPLIED = """
CREATE FUNCTION grants_application_open(application bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT state IN ('draft', 'received', 'registered', 'formal_check', 'completion', 'review', 'in_depth')
  FROM cases_case WHERE id = application
$$;
CREATE FUNCTION grants_application_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  applied text[] := ARRAY['form_code', 'applied_amount', 'purpose', 'target_group', 'place', 'period_from',
                          'period_to', 'signed', 'other_support', 'postmarked_on', 'arrival_reason'];
BEGIN
  IF (NEW.case_ptr_id, NEW.round_id) <> (OLD.case_ptr_id, OLD.round_id) THEN
    RAISE EXCEPTION 'application % stays in its call', OLD.case_ptr_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM unnest(applied) AS name WHERE to_jsonb(NEW) -> name <> to_jsonb(OLD) -> name)
     AND NOT grants_application_open(OLD.case_ptr_id) THEN
    RAISE EXCEPTION 'application %: a proposal or decision rests on what was applied for', OLD.case_ptr_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON grants_grantapplication
  FOR EACH ROW EXECUTE FUNCTION grants_application_stands();
ALTER TABLE grants_grantapplication ENABLE ALWAYS TRIGGER stands;

CREATE FUNCTION grants_line_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'UPDATE on % is refused: the lines are written anew', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT grants_application_open(CASE TG_OP WHEN 'DELETE' THEN OLD.application_id ELSE NEW.application_id END) THEN
    RAISE EXCEPTION '% on % is refused: a proposal or decision rests on what was applied for', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER stands BEFORE INSERT OR UPDATE OR DELETE ON grants_budgetline
  FOR EACH ROW EXECUTE FUNCTION grants_line_stands();
CREATE TRIGGER stands BEFORE INSERT OR UPDATE OR DELETE ON grants_othersupport
  FOR EACH ROW EXECUTE FUNCTION grants_line_stands();
ALTER TABLE grants_budgetline ENABLE ALWAYS TRIGGER stands;
ALTER TABLE grants_othersupport ENABLE ALWAYS TRIGGER stands;
"""

STANDS = """
SELECT vetting_fixed('grants_programme', 'id,key,code,district_id,created_at');
SELECT vetting_fixed('grants_payment', 'id');
SELECT vetting_fixed('grants_round', 'id,key,created_by,created_at,is_example');
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_payment_guards"), ("cases", "0002_guards"), ("kernel", "0002_what_stands")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (APPLIED, STANDS)]
