"""The demo on this machine: http on 127.0.0.1, an own secret, the pages under /demo/."""

from vetting.settings import env
from vetting.settings.base import *

DEMO = True
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY", "demo-only-not-a-secret-the-launcher-makes-one-of-its-own")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(env.text("SMTP_PORT", "25"))
DEMO_MAIL_DIR = env.text("DEMO_MAIL_DIR", str(ROOT / ".demo" / "mail"))
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(ROOT / "staticfiles")))
WHITENOISE_USE_FINDERS = True
