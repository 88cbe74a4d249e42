"""A document can have its stored file; of an identity check no copy is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("associations", "0002_guards"), ("files", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="associationdocument",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddConstraint(
            model_name="associationdocument",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind="identity_check") | models.Q(file__isnull=True),
                name="associations_no_copy_of_identity",
            ),
        ),
    ]
