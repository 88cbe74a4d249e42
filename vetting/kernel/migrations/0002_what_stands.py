"""Rules keep to their second person whoever asks the database, and a table can say which columns may change.

`vetting_freeze_published('table')` now also has a version begin as a draft and be published by somebody else; it may
be called again on a table that has it. `vetting_only('table', 'a,b')`: only these columns change. `vetting_fixed(
'table', 'a,b')`: these never do.
"""

from django.db import migrations

# A draft is rewritten only where the table keeps who wrote in it (`edited_by`); elsewhere it is drafted anew.
VERSION = """
CREATE OR REPLACE FUNCTION vetting_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := ARRAY['status', 'is_example', 'content', 'digest', 'valid_from', 'valid_to', 'published_by',
                        'published_at', 'edited_by', 'revision', 'source', 'signed_by', 'signed_at'];
  before jsonb;
  after jsonb;
  refused text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    refused := 'nothing is deleted without a disposal decision; a published version is frozen';
  ELSIF TG_OP = 'INSERT' THEN
    after := to_jsonb(NEW);
    IF NEW.status <> 'draft' OR NEW.published_by <> '' OR NEW.published_at IS NOT NULL
       OR coalesce(after ->> 'signed_by', '') <> '' THEN
      refused := 'a version begins as a draft';
    END IF;
  ELSE
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    IF OLD.status = 'published' THEN
      IF after - 'valid_to' <> before - 'valid_to' THEN
        refused := 'a published version is frozen';
      ELSIF OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to) THEN
        refused := 'the end of a version is not taken back';
      END IF;
    ELSIF after - moves <> before - moves THEN
      refused := 'a draft stays whose it is';
    ELSIF NEW.is_example AND NOT OLD.is_example THEN
      refused := 'a rule does not become an example';
    ELSIF NEW.content <> OLD.content AND NOT coalesce(
        after -> 'edited_by' @> (before -> 'edited_by') AND (after ->> 'revision')::int > (before ->> 'revision')::int,
        false) THEN
      refused := 'a draft that somebody may have read is drafted anew';
    ELSIF coalesce(before ->> 'signed_by', '') <> ''
        AND (after -> 'signed_by', after -> 'signed_at') <> (before -> 'signed_by', before -> 'signed_at') THEN
      refused := 'a signature stands';
    ELSIF NEW.status <> 'published' AND (NEW.published_by <> '' OR NEW.published_at IS NOT NULL) THEN
      refused := 'a draft is published by nobody';
    ELSIF NEW.status = 'published' AND NEW.content <> OLD.content THEN
      refused := 'a version is published as it was read';
    ELSIF NEW.status = 'published' AND NEW.published_by NOT LIKE 'user:%' AND NOT NEW.is_example THEN
      refused := 'a person publishes';
    ELSIF NEW.status = 'published' AND NEW.published_by LIKE 'user:%' AND (NEW.published_by = NEW.drafted_by
        OR coalesce(after -> 'edited_by' ? NEW.published_by, false)) THEN
      refused := 'a second person publishes';
    END IF;
  END IF;
  IF refused IS NOT NULL THEN
    RAISE EXCEPTION '% on % is refused: %', TG_OP, TG_TABLE_NAME, refused USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION vetting_freeze_published(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION vetting_frozen_version()', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER frozen', tbl);
  EXECUTE format('CREATE OR REPLACE TRIGGER frozen_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
                 'EXECUTE FUNCTION vetting_refuse(''a published version is frozen'')', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER frozen_truncate', tbl);
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vetting_app') THEN
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM vetting_app', tbl);
  END IF;
END $$;
"""

# The tables that were frozen before this migration, whichever they are.
FROZEN_ALREADY = """
SELECT vetting_freeze_published(t.tgrelid::regclass) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'vetting_frozen_version' AND t.tgname = 'frozen';
"""

COLUMNS = """
CREATE FUNCTION vetting_only_these() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE these text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
  IF to_jsonb(NEW) - these <> to_jsonb(OLD) - these THEN
    RAISE EXCEPTION 'UPDATE on % is refused: only % may change', TG_TABLE_NAME, TG_ARGV[0]
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION vetting_only(tbl regclass, columns text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER only_these BEFORE UPDATE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION vetting_only_these(%L)', tbl, columns);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER only_these', tbl);
END $$;
CREATE FUNCTION vetting_fixed_these() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed text;
BEGIN
  SELECT string_agg(name, ', ') INTO changed FROM unnest(string_to_array(TG_ARGV[0], ',')) AS name
  WHERE to_jsonb(NEW) -> name IS DISTINCT FROM to_jsonb(OLD) -> name;
  IF changed IS NOT NULL THEN
    RAISE EXCEPTION 'UPDATE on % is refused: % never changes', TG_TABLE_NAME, changed
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION vetting_fixed(tbl regclass, columns text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER fixed_these BEFORE UPDATE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION vetting_fixed_these(%L)', tbl, columns);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER fixed_these', tbl);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_guards")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (VERSION, FROZEN_ALREADY, COLUMNS)]
