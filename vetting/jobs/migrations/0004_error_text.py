"""What failed work said is kept apart from its row: it may name people, and can be disposed of alone."""

from django.db import migrations, models

ALSO_THE_ERROR = """
SELECT vetting_only('jobs_job', 'state,done_steps,all_steps,result,error_code,error_payload_id,attempts,run_after,'
                                'lease_until,ended_at');
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_what_stands"), ("audit", "0002_guards")]
    operations = [
        migrations.AddField(model_name="job", name="error_payload_id", field=models.UUIDField(null=True)),
        migrations.RunSQL(ALSO_THE_ERROR, migrations.RunSQL.noop),
    ]
