"""A card carried into a fresh review points at the one it was first (docs/adr/0016)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("checklists", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="first",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="checklists.evidence"
            ),
        ),
    ]
