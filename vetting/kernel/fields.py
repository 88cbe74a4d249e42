"""Model fields of the house."""

from typing import Any

from django.db import models

from vetting.kernel import clock


class MomentField(models.DateTimeField):
    """A moment that defaults to the kernel's clock. Migrations see a plain DateTimeField: they import no app code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", clock.now)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, "django.db.models.DateTimeField", args, kwargs
