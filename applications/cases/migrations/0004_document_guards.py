"""Documents of a case are only added."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_documents")]
    operations = [migrations.RunSQL("SELECT vetting_append_only('cases_casedocument')", migrations.RunSQL.noop)]
