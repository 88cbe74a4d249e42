"""A stored file's row is never changed or deleted without a disposal decision."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("kernel", "0001_guards")]
    operations = [migrations.RunSQL("SELECT vetting_append_only('files_storedfile')", migrations.RunSQL.noop)]
