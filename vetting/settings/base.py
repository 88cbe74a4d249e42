"""What every installation shares. Nothing here is secret and nothing is read from the environment but the databases."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from vetting.settings import env

ROOT = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    # The project's rooms, lowest first (docs/adr/0007). examples is last: it shows all the others.
    "vetting.kernel",
    "vetting.audit",
    "vetting.accounts",
    "vetting.jobs",
    "vetting.files",
    "vetting.outbox",
    "vetting.obligations",
    "checklists",
    "applications.associations",
    "applications.cases",
    "applications.decisions",
    "applications.grants",
    "applications.rentals",
    "applications.desk",
    "applications.examples",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vetting.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vetting.accounts.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vetting.accounts.middleware.DomainErrorMiddleware",
    "vetting.jobs.repeats.OneEffectPerSubmit",
]

ROOT_URLCONF = "vetting.urls"
WSGI_APPLICATION = "vetting.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vetting.accounts.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "vetting.kernel.templatetags.vetting"],
        },
    },
]

# Two database roles: vetting_app for everything, vetting_owner for migrations only (docs/adr/0005).
DATABASES = {"default": env.database(os.environ.get("DATABASE_URL") or "postgresql:///vetting")}
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
if os.environ.get("VETTING_AS_OWNER") and DATABASE_OWNER_URL:
    DATABASES["default"] = env.database(DATABASE_OWNER_URL, "DATABASE_OWNER_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "vetting.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "vetting.accounts.forms.LoginForm",
    "change_password": "vetting.accounts.forms.ChangePasswordForm",
    "reauthenticate": "vetting.accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/konto/logga-in/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/h/ip,5/15m/key"}
ACCOUNT_PREVENT_ENUMERATION = True

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "vetting_language"
LOCALE_PATHS = [ROOT / "vetting" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "vetting" / "static"]
FILES_ROOT = Path(os.environ.get("FILES_ROOT") or ROOT / ".demo" / "files")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# The broker is Celery's and nothing else's: no result backend, no cache, no sessions (design: Valkey is not the truth).
CELERY_BROKER_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:1/0"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that is away for a night is found again in the morning
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "jobs.tick": {"task": "vetting.jobs.tick", "schedule": 2.0, "options": {"expires": 10}},
    "obligations.tick": {"task": "vetting.obligations.tick", "schedule": 15.0, "options": {"expires": 60}},
    "outbox.deliver": {"task": "vetting.outbox.deliver", "schedule": 5.0, "options": {"expires": 60}},
    "rentals.lapse": {"task": "applications.rentals.lapse", "schedule": 60.0, "options": {"expires": 50}},
}

# The kernel's clock: a file that holds an offset in seconds. Empty: real time (production).
CLOCK_OFFSET_FILE = os.environ.get("CLOCK_OFFSET_FILE", "")
DEMO = False
DEMO_MAIL_DIR = ""
DEMO_PASSWORD = ""
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL") or "vetting@localhost"
RELAY_LOG = os.environ.get("RELAY_LOG", "")  # Postfix's log on this machine, where a crashed delivery is looked up
# The right side of every Message-ID, which must stay the same while messages wait.
MESSAGE_ID_DOMAIN = os.environ.get("MESSAGE_ID_DOMAIN") or DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
# Where people sign in, as mails write it.
SITE_URL = (os.environ.get("SITE_URL") or "http://localhost:8000").rstrip("/")

# Ids, codes and places: no line holds what somebody wrote (vetting.kernel.logs), and nothing is mailed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_words": {"()": "vetting.kernel.logs.WithoutWords"}},
    "formatters": {
        "plain": {"()": "vetting.kernel.logs.Formatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_words"]}},
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
