"""Who applies: one record per organisation number for the installation (docs/domain.md §1.5, design §11)."""

import uuid

from django.db import models


class Association(models.Model):
    """Any organisation with an orgnr. Only what districts share stands here."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    orgnr = models.CharField(max_length=10, unique=True)  # ten digits, no hyphen
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
