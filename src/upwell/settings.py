"""All settings; what differs between places comes from UPWELL_* variables."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    """Return UPWELL_<name>; with no default, the variable must be set."""
    value = os.environ.get(f"UPWELL_{name}", default)
    if value is None:
        raise ImproperlyConfigured(f"Set UPWELL_{name}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """Return UPWELL_<name> as a bool; only the words 'true' and 'false' count."""
    value = env(name, str(default)).lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"UPWELL_{name} must be 'true' or 'false'.")
    return value == "true"


def env_secret_key(*, is_development: bool) -> str:
    """Return UPWELL_SECRET_KEY; a short or shipped one is good for development only."""
    if is_development:
        return env("SECRET_KEY", "development-only")
    key = env("SECRET_KEY")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith(("django-insecure-", "development")):
        raise ImproperlyConfigured(
            "UPWELL_SECRET_KEY must be at least 50 random characters, for example from: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


def env_hosts(*, is_development: bool) -> list[str]:
    """Return UPWELL_ALLOWED_HOSTS, names separated by commas; '*' is refused."""
    names = env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if is_development else None)
    hosts = [name.strip() for name in names.split(",") if name.strip()]
    if not hosts or any("*" in host or "/" in host for host in hosts):
        raise ImproperlyConfigured(
            "UPWELL_ALLOWED_HOSTS must list host names such as 'mentoring.example.com'."
        )
    return hosts


def env_database(base: Path) -> dict[str, Any]:
    """Return the database of UPWELL_DATABASE_URL; an SQLite file under var/ if not set."""
    text = env("DATABASE_URL", f"sqlite:///{base / 'var' / 'upwell.sqlite3'}")
    wrong = ImproperlyConfigured(
        "UPWELL_DATABASE_URL must look like sqlite:////srv/upwell/upwell.sqlite3 "
        "or postgresql://user:password@host:5432/name."
    )
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        raise wrong from error
    path = unquote(url.path.removeprefix("/"))
    if url.scheme == "sqlite" and path and not url.netloc:
        return sqlite(path)
    if url.scheme in {"postgres", "postgresql"} and path:
        return postgres(url, name=path, port=port)
    raise wrong


def sqlite(path: str) -> dict[str, Any]:
    if path != ":memory:":
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(
                f"UPWELL_DATABASE_URL names a folder that cannot be made: {Path(path).parent}"
            ) from error
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgres(url: SplitResult, *, name: str, port: int | None) -> dict[str, Any]:
    """Parameters behind '?' go to the driver; 'host' there may name the folder of a socket."""
    parameters: dict[str, Any] = dict(parse_qsl(url.query))
    host = parameters.pop("host", url.hostname)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(host or ""),
        "PORT": str(port or ""),
        "OPTIONS": {"pool": True} | parameters,
    }


BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret_key(is_development=DEBUG)
ALLOWED_HOSTS = env_hosts(is_development=DEBUG)
DATABASES = {"default": env_database(BASE_DIR)}

INSTALLED_APPS = [
    "upwell.core",
    "upwell.delivery",
    "upwell.people",
    "upwell.programs",
    "upwell.pairs",
    "upwell.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
    "template_partials.apps.SimpleAppConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
ROOT_URLCONF = "upwell.urls"
WSGI_APPLICATION = "upwell.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "sign_in_email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]

Q_CLUSTER = {
    "name": "short",
    "orm": "default",
    "workers": 1,
    "timeout": 60,
    "retry": 90,
    "max_attempts": 5,
    "ack_failures": False,
    "catch_up": False,
    "save_limit": 100,
    "recycle": 500,
    "ALT_CLUSTERS": {"long": {"timeout": 3_600, "retry": 3_900}},
}

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

IS_HTTPS = not DEBUG
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
X_FRAME_OPTIONS = "DENY"
