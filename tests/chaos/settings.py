"""For real workers and beats under test: the tests' settings, a sink and a clock from the environment, short ticks."""

import os

from vetting.settings.test import *  # noqa: F403 - all of it, and a little more
from vetting.settings.test import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.apps.ChaosConfig"]
EMAIL_PORT = int(os.environ.get("SMTP_PORT", "25"))
EMAIL_TIMEOUT = 5
DEMO_MAIL_DIR = os.environ.get("DEMO_MAIL_DIR", "")
# As in production, only sooner.
CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": 0.5, "options": {"expires": 10}} for name, entry in CELERY_BEAT_SCHEDULE.items()
}
