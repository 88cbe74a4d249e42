"""What every table's guards call: SQL functions, the app role's privileges, trigram search. Runs before all else.

pgtrigger's own triggers can be switched off by plain SQL, so the guards are written by hand (docs/adr/0002, 0005).
"""

from django.db import migrations

PRIVILEGES = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vetting_app') THEN
    GRANT USAGE ON SCHEMA public TO vetting_app;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO vetting_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vetting_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO vetting_app;
  END IF;
END $$;
"""

REFUSE = """
CREATE FUNCTION vetting_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;
"""

APPEND_ONLY = """
CREATE FUNCTION vetting_append_only(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION vetting_refuse(''rows of this table are only added'')', tbl);
  EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
                 'EXECUTE FUNCTION vetting_refuse(''rows of this table are only added'')', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only_truncate', tbl);
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vetting_app') THEN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM vetting_app', tbl);
  END IF;
END $$;
"""

KEEP = """
CREATE FUNCTION vetting_keep(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER keep BEFORE DELETE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION vetting_refuse(''nothing is deleted without a disposal decision'')', tbl);
  EXECUTE format('CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
                 'EXECUTE FUNCTION vetting_refuse(''nothing is deleted without a disposal decision'')', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER keep', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER keep_truncate', tbl);
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vetting_app') THEN
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM vetting_app', tbl);
  END IF;
END $$;
"""

FREEZE = """
CREATE FUNCTION vetting_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'published' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to' THEN
    RAISE EXCEPTION '% on % is refused: a published version is frozen', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION vetting_freeze_published(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION vetting_frozen_version()', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER frozen', tbl);
  EXECUTE format('CREATE TRIGGER frozen_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
                 'EXECUTE FUNCTION vetting_refuse(''a published version is frozen'')', tbl);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER frozen_truncate', tbl);
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [
        # Tables made before this migration would lack the app role's privileges (tests/integration/test_privileges.py).
        ("account", "0001_initial"),
        ("accounts", "0001_initial"),
        ("audit", "0001_initial"),
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gin", migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
