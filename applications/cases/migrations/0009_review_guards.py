"""The link from a case to its reviews is only added."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_reviews")]
    operations = [migrations.RunSQL("SELECT vetting_append_only('cases_casereview')", migrations.RunSQL.noop)]
