"""The sums of a grant are the database's own; what must never happen to a payment is refused by it (docs/adr/0014)."""

from django.db import migrations

# Sums: written by the triggers below and by nothing else. The app has no privilege to, and a plain statement of the
# owner's is refused too; the functions run with the owner's rights.
SUMS = """
SELECT vetting_keep('grants_grantsums');
CREATE FUNCTION grants_sums_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% on % is refused: the sums follow from decisions, payments and repayments', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.case_id <> OLD.case_id THEN
    RAISE EXCEPTION 'the sums of case % stay with it', OLD.case_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT OR UPDATE ON grants_grantsums FOR EACH ROW EXECUTE FUNCTION grants_sums_own();
ALTER TABLE grants_grantsums ENABLE ALWAYS TRIGGER own;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vetting_app') THEN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON grants_grantsums FROM vetting_app;
  END IF;
END $$;
"""

# What the decision in force on the application grants; never less than what is paid or on its way, which has happened
# however the decision ends (docs/domain.md §4.1: KL 13:15).
GRANTED = """
CREATE FUNCTION grants_sums_granted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  in_force numeric;
  gone numeric;
BEGIN
  IF NEW.matter <> 'main' OR NOT EXISTS (SELECT 1 FROM grants_grantapplication WHERE case_ptr_id = NEW.case_id) THEN
    RETURN NULL;
  END IF;
  INSERT INTO grants_grantsums (case_id, granted, paid, repaid, reclaimed, waived) VALUES (NEW.case_id, 0, 0, 0, 0, 0)
    ON CONFLICT (case_id) DO NOTHING;
  PERFORM 1 FROM grants_grantsums WHERE case_id = NEW.case_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(d.amount), 0) INTO in_force FROM decisions_decisiontrack t
    JOIN decisions_decision d ON d.id = t.decision_id
    WHERE t.case_id = NEW.case_id AND t.matter = 'main' AND t.state NOT IN ('annulled', 'corrected');
  SELECT coalesce(sum(amount), 0) INTO gone FROM grants_payment
    WHERE case_id = NEW.case_id AND state IN ('released', 'paid');
  UPDATE grants_grantsums SET granted = greatest(in_force, gone) WHERE case_id = NEW.case_id;
  RETURN NULL;
END $$;
CREATE TRIGGER grant_sums AFTER INSERT OR UPDATE OF state ON decisions_decisiontrack
  FOR EACH ROW EXECUTE FUNCTION grants_sums_granted();
ALTER TABLE decisions_decisiontrack ENABLE ALWAYS TRIGGER grant_sums;
"""

# A payment is born planned, under a decision of its case; whose it is and how much is final; the end is the end.
PAYMENT = """
SELECT vetting_guard_state('grants_payment', 'payment');
CREATE FUNCTION grants_payment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.state IN ('paid', 'cancelled') THEN
      RAISE EXCEPTION 'payment % is % and stays as it is', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.key, NEW.case_id, NEW.decision_id, NEW.position, NEW.amount, NEW.payable_from, NEW.planned_at)
       IS DISTINCT FROM
       (OLD.key, OLD.case_id, OLD.decision_id, OLD.position, OLD.amount, OLD.payable_from, OLD.planned_at)
       OR NEW.version < OLD.version THEN
      RAISE EXCEPTION 'payment %: sum, decision and place in the plan are final', OLD.id
        USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND ((NEW.state = 'certified' AND OLD.state NOT IN ('planned', 'held'))
       OR (NEW.state = 'released' AND OLD.state <> 'certified')
       OR (NEW.state IN ('paid', 'failed') AND OLD.state <> 'released')) THEN
      RAISE EXCEPTION 'payment %: from % to % is no way', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'restrict_violation';
    END IF;
  ELSE
    IF NEW.state <> 'planned' OR NEW.certified_by_id IS NOT NULL OR NEW.released_by_id IS NOT NULL THEN
      RAISE EXCEPTION 'a payment begins planned' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM decisions_decision d JOIN decisions_decisiontrack t ON t.decision_id = d.id
                   WHERE d.id = NEW.decision_id AND d.case_id = NEW.case_id AND d.matter = 'main'
                     AND d.amount IS NOT NULL AND t.state NOT IN ('annulled', 'corrected')) THEN
      RAISE EXCEPTION 'a payment rests on a decision in force that grants its case a sum'
        USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF NEW.state IN ('certified', 'released') AND NOT EXISTS (
       SELECT 1 FROM associations_giroaccount g JOIN cases_case c ON c.association_id = g.association_id
       WHERE g.id = NEW.giro_id AND c.id = NEW.case_id AND g.confirmed_at IS NOT NULL AND g.ended_at IS NULL) THEN
    RAISE EXCEPTION 'payment %: no giro of the association that a second person confirmed and that is in use', NEW.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT OR UPDATE ON grants_payment FOR EACH ROW EXECUTE FUNCTION grants_payment_fits();
ALTER TABLE grants_payment ENABLE ALWAYS TRIGGER fits;

CREATE FUNCTION grants_payment_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  ceiling numeric;
  bound numeric;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.state = OLD.state THEN RETURN NULL; END IF;
  SELECT granted INTO ceiling FROM grants_grantsums WHERE case_id = NEW.case_id FOR NO KEY UPDATE;
  IF TG_OP = 'INSERT' OR NEW.state IN ('certified', 'released') THEN
    SELECT coalesce(sum(amount), 0) INTO bound FROM grants_payment WHERE case_id = NEW.case_id
      AND (state IN ('certified', 'released', 'paid') OR (TG_OP = 'INSERT' AND state = 'planned'));
    IF ceiling IS NULL OR bound > ceiling THEN
      RAISE EXCEPTION 'payments of case % come to %, granted is %', NEW.case_id, bound, coalesce(ceiling, 0)
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NEW.state = 'paid' THEN
    UPDATE grants_grantsums SET paid = (SELECT sum(amount) FROM grants_payment
      WHERE case_id = NEW.case_id AND state = 'paid') WHERE case_id = NEW.case_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER counted AFTER INSERT OR UPDATE OF state ON grants_payment
  FOR EACH ROW EXECUTE FUNCTION grants_payment_counted();
ALTER TABLE grants_payment ENABLE ALWAYS TRIGGER counted;
"""

REST = """
SELECT vetting_end_once('grants_paymentcondition', 'met_on', 'met_on,met_by_id,document_id');
SELECT vetting_append_only('grants_earlyexecution');
SELECT vetting_append_only('grants_repayment');
CREATE FUNCTION grants_condition_of_its_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases_casedocument d JOIN grants_payment p
       ON p.case_id = d.case_id WHERE d.id = NEW.document_id AND p.id = NEW.payment_id) THEN
    RAISE EXCEPTION 'condition %: the document is another case''s', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER of_its_case BEFORE INSERT OR UPDATE ON grants_paymentcondition
  FOR EACH ROW EXECUTE FUNCTION grants_condition_of_its_case();
ALTER TABLE grants_paymentcondition ENABLE ALWAYS TRIGGER of_its_case;

CREATE FUNCTION grants_repayment_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.undoes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grants_repayment r
       WHERE r.id = NEW.undoes_id AND r.case_id = NEW.case_id AND r.amount = -NEW.amount) THEN
    RAISE EXCEPTION 'repayment % undoes no other of its case and sum', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM 1 FROM grants_grantsums WHERE case_id = NEW.case_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing was granted in case %', NEW.case_id USING ERRCODE = 'check_violation';
  END IF;
  UPDATE grants_grantsums SET repaid = (SELECT sum(amount) FROM grants_repayment WHERE case_id = NEW.case_id)
    WHERE case_id = NEW.case_id;
  RETURN NULL;
END $$;
CREATE TRIGGER counted AFTER INSERT ON grants_repayment FOR EACH ROW EXECUTE FUNCTION grants_repayment_counted();
ALTER TABLE grants_repayment ENABLE ALWAYS TRIGGER counted;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0006_payments"),
        ("decisions", "0002_guards"),
        ("cases", "0007_handling_guards"),
        ("associations", "0002_guards"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (SUMS, GRANTED, PAYMENT, REST)]
