"""What must leave is never lost, and leaves as it was written: only its delivery is noted on it."""

from django.db import migrations

AS_WRITTEN = """
CREATE FUNCTION outbox_message_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE delivery text[] := ARRAY['state', 'attempts', 'not_before', 'lease_until', 'sent_at', 'error_code'];
BEGIN
  IF to_jsonb(NEW) - delivery <> to_jsonb(OLD) - delivery OR (OLD.state = 'sent' AND NEW.state <> 'sent') THEN
    RAISE EXCEPTION 'message % stands as it was written, and is sent once', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER as_written BEFORE UPDATE ON outbox_message
  FOR EACH ROW EXECUTE FUNCTION outbox_message_as_written();
ALTER TABLE outbox_message ENABLE ALWAYS TRIGGER as_written;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL("SELECT vetting_keep('outbox_message')", migrations.RunSQL.noop),
        migrations.RunSQL(AS_WRITTEN, migrations.RunSQL.noop),
    ]
