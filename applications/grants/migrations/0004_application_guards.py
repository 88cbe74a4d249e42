"""An application and what stands beside it is kept."""

from django.db import migrations

TABLES = ("grants_grantapplication", "grants_indepthlane")


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_applications"), ("cases", "0002_guards")]
    operations = [
        *(migrations.RunSQL(f"SELECT vetting_keep('{table}')", migrations.RunSQL.noop) for table in TABLES),
        migrations.RunSQL("SELECT vetting_append_only('grants_secondreading')", migrations.RunSQL.noop),
    ]
