"""A message that has left, by mail or by post, or that nobody needs any more, is never changed again."""

from django.db import migrations

ENDED = """
CREATE OR REPLACE FUNCTION outbox_message_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE delivery text[] := ARRAY['state', 'attempts', 'not_before', 'lease_until', 'tried_at', 'sent_at',
                                 'error_code', 'error_payload_id'];
BEGIN
  IF OLD.state IN ('sent', 'posted', 'needless') OR to_jsonb(NEW) - delivery <> to_jsonb(OLD) - delivery THEN
    RAISE EXCEPTION 'message % stands as it was written, and leaves once', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('posted', 'needless') AND OLD.state <> 'parked' THEN
    RAISE EXCEPTION 'message %: a person ends what is parked, nothing else', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_delivery")]
    operations = [migrations.RunSQL(ENDED, migrations.RunSQL.noop)]
