"""The Celery application. Imported by `vetting/__init__` so that no process falls back to another broker silently."""

import os
import sys
from pathlib import Path

from celery import Celery

# Only Celery's own programs get a default. Any other process chooses its settings after it has imported this
# package, and a default put into the environment here would be mistaken for a choice, also by its children.
if "celery" in Path(sys.argv[0]).parts[-2:]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetting.settings.production")
app = Celery("vetting")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
