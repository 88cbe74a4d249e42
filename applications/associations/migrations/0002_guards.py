"""The register's guards: nothing is deleted, history is only added, a giro row can be confirmed and ended, once each."""

from django.db import migrations

GIRO = """
CREATE FUNCTION associations_giro_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.key, NEW.association_id, NEW.kind, NEW.digits, NEW.registered_at)
       IS DISTINCT FROM (OLD.key, OLD.association_id, OLD.kind, OLD.digits, OLD.registered_at)
     OR (NEW.registered_by_id, NEW.registered_district_id)
       IS DISTINCT FROM (OLD.registered_by_id, OLD.registered_district_id) THEN
    RAISE EXCEPTION 'UPDATE on % is refused: a changed giro is a new row', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by_id, NEW.confirmed_at, NEW.confirmed_district_id)
       IS DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at, OLD.confirmed_district_id) THEN
    RAISE EXCEPTION 'UPDATE on % is refused: a confirmation is final', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
     OR OLD.ended_at IS NOT NULL AND OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at THEN
    RAISE EXCEPTION 'UPDATE on % is refused: the row has ended', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION associations_giro_begins_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.confirmed_at IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'INSERT on % is refused: a giro begins unconfirmed', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER giro_final BEFORE UPDATE ON associations_giroaccount
  FOR EACH ROW EXECUTE FUNCTION associations_giro_final();
CREATE TRIGGER giro_begins_waiting BEFORE INSERT ON associations_giroaccount
  FOR EACH ROW EXECUTE FUNCTION associations_giro_begins_waiting();
ALTER TABLE associations_giroaccount ENABLE ALWAYS TRIGGER giro_final;
ALTER TABLE associations_giroaccount ENABLE ALWAYS TRIGGER giro_begins_waiting;
"""


class Migration(migrations.Migration):
    dependencies = [("associations", "0001_initial"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL(GIRO, migrations.RunSQL.noop),
        migrations.RunSQL(
            "SELECT vetting_keep('associations_association');"
            "SELECT vetting_keep('associations_districtassociation');"
            "SELECT vetting_keep('associations_giroaccount');"
            "SELECT vetting_keep('associations_representative');"
            "SELECT vetting_keep('associations_associationdocument');"
            "SELECT vetting_append_only('associations_importrun');"
            "SELECT vetting_append_only('associations_registerchange');",
            migrations.RunSQL.noop,
        ),
    ]
