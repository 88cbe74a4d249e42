"""The demo on this machine: http on 127.0.0.1, an own secret, the pages under /demo/.

`vetting.embedded.environment` sets the variables; the secret and the password are made once per data directory.
"""

import secrets

from vetting.settings import env
from vetting.settings.base import *

DEMO = True
DEBUG = False
# Without a launcher (a command that needs no database) nothing is signed that outlives the process.
SECRET_KEY = env.text("SECRET_KEY", secrets.token_urlsafe(64))
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(env.text("SMTP_PORT", "25"))
DEMO_MAIL_DIR = env.text("DEMO_MAIL_DIR", str(ROOT / ".demo" / "mail"))
# Static files are served from where they stand: nothing is collected.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
