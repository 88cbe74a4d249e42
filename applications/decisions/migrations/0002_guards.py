"""What must never happen to a decision is refused by the database itself (docs/adr/0011)."""

from django.db import migrations

HOUSE = """
SELECT vetting_append_only('decisions_decision');
SELECT vetting_append_only('decisions_decisionletter');
SELECT vetting_append_only('decisions_legalforce');
SELECT vetting_guard_state('decisions_decisiontrack', 'decision');
SELECT vetting_keep('decisions_proposal');
SELECT vetting_keep('decisions_boardmeeting');
SELECT vetting_keep('decisions_boarditem');
SELECT vetting_keep('decisions_announcement');
SELECT vetting_keep('decisions_appeal');
SELECT vetting_freeze_published('decisions_delegationversion');
SELECT vetting_freeze_published('decisions_lettertemplateversion');
"""

# No letter but from the frozen text: the letter's key is over the hash.
LETTER = """
ALTER TABLE decisions_decision
  ADD CONSTRAINT decisions_decision_sha CHECK (text_sha256 ~ '^[0-9a-f]{64}$' AND commitment ~ '^[0-9a-f]{64}$');
ALTER TABLE decisions_decisionletter
  ADD CONSTRAINT decisions_letter_of_frozen_text FOREIGN KEY (decision_id, text_sha256)
  REFERENCES decisions_decision (id, text_sha256);
"""

# A record agrees with its case, its proposal and the published rules it names, and its text is stored.
RECORD = """
CREATE FUNCTION decisions_decision_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit_payload WHERE id = NEW.payload_id) THEN
    RAISE EXCEPTION 'decision without its frozen text' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM cases_case WHERE id = NEW.case_id AND district_id = NEW.district_id) THEN
    RAISE EXCEPTION 'decision of another district than its case' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM decisions_proposal p WHERE p.id = NEW.proposal_id AND p.case_id = NEW.case_id
                 AND p.matter = NEW.matter AND p.version = NEW.proposal_version) THEN
    RAISE EXCEPTION 'decision without a proposal of its case, matter and version' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.corrects_id
                 AND d.case_id = NEW.case_id AND d.matter = NEW.matter) THEN
    RAISE EXCEPTION 'a decision corrects another of the same case and matter' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM decisions_lettertemplateversion t WHERE t.id = NEW.template_id
                 AND t.status = 'published' AND t.district_id = NEW.district_id) THEN
    RAISE EXCEPTION 'decision with a letter template that is not published' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.delegation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_delegationversion v
                 WHERE v.id = NEW.delegation_id AND v.status = 'published' AND v.district_id = NEW.district_id) THEN
    RAISE EXCEPTION 'decision under a delegation that is not published' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.board_item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_boarditem i
                 WHERE i.id = NEW.board_item_id AND i.case_id = NEW.case_id AND i.outcome IN ('bifall', 'andrat', 'avslag')) THEN
    RAISE EXCEPTION 'decision of a board without its registered outcome' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER whole BEFORE INSERT ON decisions_decision FOR EACH ROW EXECUTE FUNCTION decisions_decision_whole();
ALTER TABLE decisions_decision ENABLE ALWAYS TRIGGER whole;
"""

# Each decision has its track at commit; a track stays with its decision; `corrected` has a new decision behind it.
TRACK = """
CREATE FUNCTION decisions_decision_tracked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM decisions_decisiontrack WHERE decision_id = NEW.id) THEN
    RAISE EXCEPTION 'decision % has no track', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tracked AFTER INSERT ON decisions_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_decision_tracked();
ALTER TABLE decisions_decision ENABLE ALWAYS TRIGGER tracked;

CREATE FUNCTION decisions_track_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.case_id = NEW.case_id
                 AND d.matter = NEW.matter) THEN
    RAISE EXCEPTION 'track % does not agree with its decision', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.decision_id <> OLD.decision_id OR NEW.version < OLD.version) THEN
    RAISE EXCEPTION 'track % stays with its decision', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT OR UPDATE ON decisions_decisiontrack
  FOR EACH ROW EXECUTE FUNCTION decisions_track_fits();
ALTER TABLE decisions_decisiontrack ENABLE ALWAYS TRIGGER fits;

CREATE FUNCTION decisions_track_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'corrected' AND NOT EXISTS (SELECT 1 FROM decisions_decision WHERE corrects_id = NEW.decision_id) THEN
    RAISE EXCEPTION 'decision % is replaced by none', NEW.decision_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER replaced AFTER UPDATE OF state ON decisions_decisiontrack
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decisions_track_replaced();
ALTER TABLE decisions_decisiontrack ENABLE ALWAYS TRIGGER replaced;
"""

# What has been decided, ended or registered is not rewritten.
FROZEN = """
CREATE FUNCTION decisions_proposal_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'open' THEN
    RAISE EXCEPTION 'proposal % is decided and stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.version < OLD.version OR NEW.case_id <> OLD.case_id OR NEW.matter <> OLD.matter THEN
    RAISE EXCEPTION 'version, case and matter of proposal % are not turned back', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON decisions_proposal FOR EACH ROW EXECUTE FUNCTION decisions_proposal_frozen();
ALTER TABLE decisions_proposal ENABLE ALWAYS TRIGGER frozen;

CREATE FUNCTION decisions_item_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'board item % has ended and stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.meeting_id, NEW.case_id, NEW.kind, NEW.proposal_id, NEW.proposal_version, NEW.proposal_digest, NEW.decision_id)
     IS DISTINCT FROM
     (OLD.meeting_id, OLD.case_id, OLD.kind, OLD.proposal_id, OLD.proposal_version, OLD.proposal_digest, OLD.decision_id) THEN
    RAISE EXCEPTION 'board item %: what the board had before it stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON decisions_boarditem FOR EACH ROW EXECUTE FUNCTION decisions_item_frozen();
ALTER TABLE decisions_boarditem ENABLE ALWAYS TRIGGER frozen;

CREATE FUNCTION decisions_announcement_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.taken_down_on IS NOT NULL OR to_jsonb(NEW) - 'taken_down_on' <> to_jsonb(OLD) - 'taken_down_on' THEN
    RAISE EXCEPTION 'announcement %: only its take-down is added', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON decisions_announcement
  FOR EACH ROW EXECUTE FUNCTION decisions_announcement_frozen();
ALTER TABLE decisions_announcement ENABLE ALWAYS TRIGGER frozen;

CREATE FUNCTION decisions_appeal_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.judgment <> '' THEN
    RAISE EXCEPTION 'appeal % is judged and stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON decisions_appeal FOR EACH ROW EXECUTE FUNCTION decisions_appeal_frozen();
ALTER TABLE decisions_appeal ENABLE ALWAYS TRIGGER frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial"), ("cases", "0002_guards"), ("audit", "0002_guards")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (HOUSE, LETTER, RECORD, TRACK, FROZEN)]
