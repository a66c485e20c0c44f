"""One settings module for every way of running; what differs comes from the environment.

`make setup` writes a `.env` for a machine of one's own. In production the same names are set
by whoever runs the service (see deploy/README.md). A missing or wrong value stops the start
with a sentence that says what to do.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def hinted(read, name: str, hint: str, **options):
    """Read one required variable, or stop with the mend.

    `read` is an environs reader (`env.str`, `env.bool` …); `hint` is the sentence shown to
    whoever starts the server. Raises ImproperlyConfigured.
    """
    try:
        return read(name, **options)
    except (EnvError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}: {error} — {hint}") from error


def whole_number(name: str, default: int) -> int:
    """Read an optional whole number. Raises ImproperlyConfigured."""
    return hinted(env.int, name, f"use a whole number such as {default}", default=default)


# --- What kind of run is this? -------------------------------------------------------------
DEBUG = hinted(env.bool, "DEBUG", "use true or false", default=False)
TESTING = "pytest" in sys.modules
SECRET_KEY = hinted(
    env.str,
    "SECRET_KEY",
    "run `make setup` (it writes .env), or set SECRET_KEY to a long random text",
)
# Earlier keys: what they sealed (sessions, certificates) stays good.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", f"http://localhost:{env.str('PORT', '8000')}")

# --- Where things are kept -----------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DATABASE_HINT = "use postgres://user:password@host:5432/name, or leave it out for SQLite"
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": hinted(env.dj_db_url, "DATABASE_URL", DATABASE_HINT)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "udbhabon.sqlite3"),
        }
    }
DATABASE_ENGINE = DATABASES["default"]["ENGINE"].rpartition(".")[2]
if DATABASE_ENGINE not in {"sqlite3", "postgresql"}:
    raise ImproperlyConfigured(
        f"DATABASE_URL: {DATABASE_ENGINE} is not supported — {DATABASE_HINT}"
    )
if DATABASE_ENGINE == "sqlite3":
    # Write-ahead log: readers never wait for the writer. IMMEDIATE: two writers queue up
    # instead of one failing half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = whole_number("DATABASE_CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# How long a request waits for a database server that is being restarted.
DATABASE_PATIENCE_SECONDS = whole_number("DATABASE_PATIENCE_SECONDS", 8)

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(
        f"REDIS_URL: {REDIS_URL!r} — use redis://host:6379/0, or leave it out for the "
        "embedded queue"
    )


def cache(folder: str, **options):
    """Redis when there is one, else files in this folder of DATA_DIR."""
    if REDIS_URL:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / folder,
        "OPTIONS": options,
    }


CACHES = {
    "default": cache("cache"),
    # What was counted of the public form within the hour (ideas/guard.py). On its own, so that
    # nothing else crowds a count out; files are thrown away at random from 300 on.
    "guard": cache("guard", MAX_ENTRIES=50_000),
}

STORAGES = {
    # Uploaded evidence and made documents. Never served by URL: views check who asks.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "config.storage.StaticFiles"
        )
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# `make setup` puts what npm provides (fonts, compiled styles) here; nothing of it is committed.
BUILD_DIR = BASE_DIR / "static" / "build"

MAX_UPLOAD_BYTES = whole_number("MAX_UPLOAD_BYTES", 10 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- The rooms -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "jobs",
    "teams",
    "workplans",
    "ideas",
    "meetings",
    "reports",
    "duties",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "teams.middleware.ResourcePolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "teams.middleware.ChosenLanguageMiddleware",
    "teams.middleware.LoadLimitMiddleware",
    "teams.middleware.WaitForDatabaseMiddleware",
    "teams.middleware.WhenceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "teams.middleware.KeepWordsLoginRequiredMiddleware",
    "teams.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["teams.templatetags.bangla_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "duties.context_processors.shell",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = not (DEBUG or TESTING)

# --- Language ------------------------------------------------------------------------------
LANGUAGE_CODE = "bn"
LANGUAGES = [("bn", "বাংলা"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Dhaka"

# --- Who comes in --------------------------------------------------------------------------
AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["teams.entry.accounts.EmailOrMobileBackend"]
ACCOUNT_ADAPTER = "teams.entry.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# One box takes an e-mail address or a mobile number: the adapter turns either into a login.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {
    "login": "teams.forms.accounts.LoginForm",
    "reset_password": "teams.forms.accounts.ResetPasswordForm",
}
# Guessing is slowed by teams/entry/throttling.py, which counts every log-in and every asking for
# a new password. allauth's own limits on them would turn away an office that logs in at nine
# o'clock behind one address. What it still counts: second factors, under "login_failed".
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "60/m/ip",
    "reset_password": None,
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "duties:home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Length, what everybody tries first, what is known of the person; no rules of composition, no
# expiry (NIST SP 800-63B). teams/entry/passwords.py has the numbers.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "teams.entry.passwords.LengthValidator"},
    {"NAME": "teams.entry.passwords.CommonValidator"},
    {"NAME": "teams.entry.passwords.ContextValidator"},
]
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# How many proxies of our own stand in front. Behind one, 0 would give every office in the
# country the proxy's address, and with it one common limit on log-in attempts.
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXY_COUNT", 0)
CSRF_FAILURE_VIEW = "teams.views.faults.csrf_failure"

# --- A second proof --------------------------------------------------------------------------
# "required": whoever holds one of GUARDED_ROLES sets one up before anything else. "offered":
# everybody may, nobody must; for demonstrations and tests.
SECOND_FACTOR = env.str("SECOND_FACTOR", "required")
if SECOND_FACTOR not in {"required", "offered"}:
    raise ImproperlyConfigured(f"SECOND_FACTOR: {SECOND_FACTOR!r} — use required or offered")
MFA_ADAPTER = "teams.entry.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "teams.forms.second_factor.ActivateAppForm",
    "authenticate": "teams.forms.second_factor.CodeForm",
    "reauthenticate": "teams.forms.second_factor.CodeAgainForm",
    "add_webauthn": "teams.forms.second_factor.AddPasskeyForm",
    "edit_webauthn": "teams.forms.second_factor.RenamePasskeyForm",
    "authenticate_webauthn": "teams.forms.second_factor.PasskeyForm",
    "reauthenticate_webauthn": "teams.forms.second_factor.PasskeyAgainForm",
    "login_webauthn": "teams.forms.second_factor.PasskeyLoginForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A signature cannot be guessed; this only keeps a flood from the work of checking it.
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "উদ্ভাবন"
# One step of 30 seconds either way: clocks of telephones and servers differ.
MFA_TOTP_TOLERANCE = 1
# Mobile numbers stand in for e-mail addresses, and neither is verified by a letter of ours:
# accounts come from the office.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- The government's single sign-on: off unless all three are set ------------------------------
OIDC = {part: env.str(f"OIDC_{part}", "") for part in ("SERVER_URL", "CLIENT_ID", "CLIENT_SECRET")}
if any(OIDC.values()) and not all(OIDC.values()):
    missing = ", ".join(f"OIDC_{part}" for part, value in OIDC.items() if not value)
    raise ImproperlyConfigured(f"{missing}: not set — set all three of OIDC_… or none of them")
if OIDC["SERVER_URL"].startswith("http://") and env.bool("HTTPS", False):
    raise ImproperlyConfigured("OIDC_SERVER_URL: use an address that begins with https://")
# By what a person is known: "email" and "phone_number" count only when the server says that it
# has verified them; of any other claim, such as "mobile", the server vouches for all.
OIDC_MATCH_CLAIM = env.str("OIDC_MATCH_CLAIM", "email")
# What the server says of a log-in (acr, amr) that already had a second factor of its own.
OIDC_STRONG_ACR: list[str] = env.list("OIDC_STRONG_ACR", [])
OIDC_STRONG_AMR: list[str] = env.list("OIDC_STRONG_AMR", [])
SOCIALACCOUNT_ADAPTER = "teams.entry.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": env.list("OIDC_SCOPE", ["openid", "profile", "email"]),
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.str("OIDC_NAME", "সরকারি একক লগ-ইন"),
                "client_id": OIDC["CLIENT_ID"],
                "secret": OIDC["CLIENT_SECRET"],
                "settings": {"server_url": OIDC["SERVER_URL"]},
            }
        ]
        if all(OIDC.values())
        else [],
    }
}

# --- What the browser may do ---------------------------------------------------------------
HTTPS = hinted(env.bool, "HTTPS", "use true or false", default=False)
SECURE_SSL_REDIRECT = HTTPS
# To the address that we were given, not to one that the request names.
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc if SITE_URL.startswith("https://") else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Whether browsers are shipped with the address is for the owner of the domain to decide: it takes
# months to take back.
SECURE_HSTS_PRELOAD = HTTPS and hinted(env.bool, "HSTS_PRELOAD", "use true or false", default=False)
SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Nothing here needs any of it. Passkeys do need publickey-credentials-*, which is ours by default.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera"),
        *("display-capture", "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid"),
        *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
        *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
}

# --- Mail ----------------------------------------------------------------------------------
if EMAIL_URL := env.str("EMAIL_URL", ""):
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "udbhabon@localhost")

# --- The load of one browser ----------------------------------------------------------------
# Requests a second that one browser gets of one process, and how many at once before that
# counts; 0 a second switches the limit off.
PAGES_PER_SECOND = whole_number("PAGES_PER_SECOND", 10)
PAGES_AT_ONCE = whole_number("PAGES_AT_ONCE", 120)

# Questions a minute that the open data answers to one address.
OPEN_DATA_PER_MINUTE = whole_number("OPEN_DATA_PER_MINUTE", 120)

# --- Work in the background ----------------------------------------------------------------
# Settings of the queue itself are in config/celery.py; these are the promises of jobs/.
JOB_LEASE_SECONDS = whole_number("JOB_LEASE_SECONDS", 240)
JOB_MAX_ATTEMPTS = whole_number("JOB_MAX_ATTEMPTS", 5)
JOB_SWEEP_SECONDS = whole_number("JOB_SWEEP_SECONDS", 30)

# --- What the operator reads ---------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # It tells at DEBUG what a photo says of its maker.
        "PIL": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
