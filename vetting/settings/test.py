"""For tests: real PostgreSQL and Valkey, cheap password hashing, a broker URL that is broken unless given."""

from vetting.settings.base import *

DEMO = False
DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105 - tests sign nothing that leaves the machine
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_HOST = "127.0.0.1"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
