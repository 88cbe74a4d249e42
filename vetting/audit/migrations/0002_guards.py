"""The log is only added to: by privileges and by triggers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("kernel", "0001_guards")]
    operations = [
        migrations.RunSQL(
            "SELECT vetting_append_only('audit_event'); SELECT vetting_append_only('audit_payload');",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE audit_event ADD CONSTRAINT audit_event_actor_named CHECK (actor ~ '^(user|system|anonymous):')",
            migrations.RunSQL.noop,
        ),
    ]
