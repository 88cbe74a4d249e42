"""The demo's settings, with one page more: the floor that other pages are compared with."""

import os

os.environ.setdefault("SECRET_KEY", "demo-only-not-a-secret-of-the-bench-and-nothing-else")

from vetting.settings.demo import *  # noqa: F403 - after the environment it reads

DEMO = False  # the pages under /demo/ are not what is measured
ROOT_URLCONF = "tests.bench.urls"
