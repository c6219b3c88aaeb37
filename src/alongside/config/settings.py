"""Every setting of the house, read once from the environment and refused early when wrong."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


def env_text(name: str, *, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def env_flag(name: str, *, default: bool) -> bool:
    value = env_text(name, default="yes" if default else "no").lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no.")
    return value in {"yes", "1", "true"}


def env_int(name: str, *, default: int) -> int:
    value = env_text(name, default=str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def env_list(name: str, *, default: list[str]) -> list[str]:
    return [part.strip() for part in env_text(name, default=",".join(default)).split(",") if part.strip()]


PACKAGE = Path(__file__).resolve().parent.parent
# The handbook: help pages are read from here.
DOCS_FOLDER = PACKAGE.parent.parent / "docs"

# Where the database, uploads and backups live; unless set, the folder `var` where the house is started.
DATA_FOLDER = Path(env_text("ALONGSIDE_DATA", default=str(Path.cwd() / "var"))).resolve()
# "development" on a laptop, "production" where people rely on it.
MODE = env_text("ALONGSIDE_MODE", default="development")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured(f"ALONGSIDE_MODE is {MODE!r}; write development or production.")
PRODUCTION = MODE == "production"
# Shows faults in full to whoever looks; for builders alone.
DEBUG = env_flag("ALONGSIDE_DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("ALONGSIDE_DEBUG shows secrets to strangers; leave it off in production.")

# Signs cookies and links. Production refuses to start without one of its own.
SECRET_KEY = env_text("ALONGSIDE_SECRET_KEY", default="" if PRODUCTION else "only-for-a-laptop-" + "x" * 40)
if not SECRET_KEY:
    raise ImproperlyConfigured("ALONGSIDE_SECRET_KEY is missing; set it to 50 or more random characters.")
# Earlier secrets that still count, so that printed cards and links outlive a change of secret.
SECRET_KEY_FALLBACKS = env_list("ALONGSIDE_OLD_SECRET_KEYS", default=[])
# Host names this server answers to, separated by commas.
ALLOWED_HOSTS = env_list("ALONGSIDE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# The public address, as it stands in letters, cards and e-mails; no slash at the end.
PUBLIC_ADDRESS = env_text("ALONGSIDE_ADDRESS", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if PUBLIC_ADDRESS.startswith("https://") else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
    "rules",
    "alongside.config",
    "alongside.kernel",
    "alongside.ui",
    "django.forms",  # after ui, whose widget templates win
    "alongside.people",
    "alongside.notices",
    "alongside.timebank",
    "alongside.gatherings",
    "alongside.safeguarding",
    "alongside.strengths",
    "alongside.decisions",
    "alongside.charter",
    "alongside.programs",
    "alongside.rota",
    "alongside.wellbeing",
    "alongside.rewards",
    "alongside.interop",
    "alongside.web",
    # after people, whose pages win over those of allauth
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "alongside.web.middleware.SizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.people.middleware.LockMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.people.middleware.StandingMiddleware",
    "axes.middleware.AxesMiddleware",
    "alongside.web.middleware.BusyMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "alongside.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.context.house",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "alongside.ui.fields.HouseRenderer"


def database_from(address: str) -> dict[str, Any]:
    """Read a database address: sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            # Opening it reads the whole schema: a quarter of what a usual page takes. At rest it holds no lock.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;"
                    # What is deleted, such as who cast which ballot, is written over, not only forgotten.
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return {
            "ENGINE": "alongside.kernel.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            # One prepared call per posting: measured in bench/, see docs/reference/performance.md.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1},
        }
    raise ImproperlyConfigured(
        "ALONGSIDE_DATABASE must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
    )


# SQLite in the data folder unless told otherwise.
DATABASES = {
    "default": database_from(env_text("ALONGSIDE_DATABASE", default=f"sqlite://{DATA_FOLDER / 'alongside.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "alongside.people.backends.CardBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [PACKAGE / "locale"]
# Where people are when they are in no community; each community has its own.
TIME_ZONE = env_text("ALONGSIDE_TIME_ZONE", default="Europe/London")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# Nothing from another host, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# In production: whether people reach us by HTTPS alone, and for how many seconds browsers remember that (a year).
if PRODUCTION:
    SECURE_SSL_REDIRECT = env_flag("ALONGSIDE_HTTPS", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env_int("ALONGSIDE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT

# Faults, refusals and broken jobs go to standard error with their time; whatever started the house keeps them. Django's
# own habit is an e-mail to administrators, and silence when none are named.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # A page that is not there, or that somebody may not see, is no fault of the house.
        "django.request": {"level": "ERROR"},
    },
}

# Work that outlives a request: rows in the database, done by `alongside work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# E-mail leaves through this server; without one, letters are written to the data folder.
EMAIL_HOST = env_text("ALONGSIDE_EMAIL_HOST", default="")
# Its port; 587 for a server that asks who we are.
EMAIL_PORT = env_int("ALONGSIDE_EMAIL_PORT", default=587)
# The name we sign in to it with.
EMAIL_HOST_USER = env_text("ALONGSIDE_EMAIL_USER", default="")
# And the password.
EMAIL_HOST_PASSWORD = env_text("ALONGSIDE_EMAIL_PASSWORD", default="")
# Whether the way to it is encrypted.
EMAIL_USE_TLS = env_flag("ALONGSIDE_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
# Who e-mails say they are from.
DEFAULT_FROM_EMAIL = env_text("ALONGSIDE_EMAIL_FROM", default="Alongside <alongside@localhost>")

# What all processes remember together for a while: above all, how often somebody tried to sign in.
# Room for as many tries as a day may bring: once a cache is full it forgets a third, whoever it counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Ways in: a code by e-mail, a passkey, a printed card, a password for those who want one.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Proxies in front of this server that write X-Forwarded-For; 0 when people reach it directly.
PROXIES = env_int("ALONGSIDE_PROXIES", default=0)
# Where "leave this page quickly" leads: somewhere nobody asks about.
QUICK_EXIT_ADDRESS = env_text("ALONGSIDE_QUICK_EXIT", default="https://en.wikipedia.org/wiki/Weather")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
ACCOUNT_ADAPTER = "alongside.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "alongside.people.forms.signing_in.EmailCodeForm",
    "signup": "alongside.people.forms.signing_in.NewAccountForm",
    "confirm_login_code": "alongside.people.forms.signing_in.LoginCodeForm",
    "confirm_email_verification_code": "alongside.people.forms.signing_in.EmailProofForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGIN_TIMEOUT = 20 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# Generous for an address (a community center is one), strict for an account or a card.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "signup": "20/m/ip,200/d/ip",
    "request_login_code": "120/m/ip,3/m/key,20/h/key",
    "confirm_email": "3/m/key,20/h/key",
    "login_failed": "60/10m/ip,5/300s/key",
    # Not for everybody together: that few tries against 34 bits and a PIN are nothing, and any stranger with ten
    # addresses would keep all card holders out.
    "card_failed": "60/10m/ip",
    # Nobody is asked for contact over and over, and nobody asks a whole town in one evening.
    "ask_for_contact": "20/d/user",
    "ask_again_for_contact": "3/30d/key",
    "found_community": "3/d/user,20/d/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# Wrong passwords and PINs, counted for the account or card they were meant for.
# (By address they are counted in ACCOUNT_RATE_LIMITS: a whole community center may share one.)
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "alongside.people.backends.tried_account"
AXES_CLIENT_IP_CALLABLE = "alongside.people.backends.client_address"
AXES_LOCKOUT_TEMPLATE = "people/signin_wait.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "email", "code", "pin", "password", "secret", "next"]

TESTING = "pytest" in sys.modules
