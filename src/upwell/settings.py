"""All settings; what differs between places comes from UPWELL_* variables."""

from pathlib import Path

from upwell.variables import (
    env,
    env_bool,
    env_count,
    env_data_folder,
    env_database,
    env_hosts,
    env_keys,
    env_language,
    env_mail,
    env_mail_from,
    env_old_keys,
    env_quiet_hours,
    env_secret_key,
    env_stop_minutes,
    env_url,
    env_zone,
)

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret_key(is_development=DEBUG)
SECRET_KEY_FALLBACKS = env_old_keys()
ALLOWED_HOSTS = env_hosts(is_development=DEBUG)
BASE_URL: str = env_url(ALLOWED_HOSTS, is_development=DEBUG)
DATA_DIR: Path = env_data_folder(BASE_DIR)
DATABASE = env_database(DATA_DIR)
DATABASES = {"default": DATABASE, "keys": env_keys(DATABASE, DATA_DIR)}
DATABASE_ROUTERS = ["upwell.vault.router.KeyRouter"]
MASTER_KEYS: str = env("MASTER_KEYS", "")
MASTER_KEY_FILE = Path(env("MASTER_KEY_FILE", str(DATA_DIR / "master.keys")))
AUDIT_KEY_FILE = MASTER_KEY_FILE.with_name("audit.key")
AUDIT_HEAD_FILE = Path(env("AUDIT_HEAD_FILE", str(DATA_DIR / "audit-head.json")))
CACHES = {
    "default": {  # shared by all processes: the limits on tries to sign in count in it
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "upwell_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "charts": {  # in the memory of each process: no write when a page is read, nothing in backups
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "charts",
        "TIMEOUT": 3_600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
ORGANIZATION: str = env("ORGANIZATION", "")
LOGO: str = env("LOGO", "")
CONTACT: str = env("CONTACT", "")
PROXY_COUNT: int = env_count("PROXY_COUNT", 0)

INSTALLED_APPS = [
    "upwell.core",
    "upwell.vault",
    "upwell.audit",
    "upwell.delivery",
    "upwell.people",
    "upwell.programs",
    "upwell.learning",
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
    "upwell.core.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "upwell.core.middleware.HeadMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # blurs lengths, and tokens in forms are masked
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "upwell.people.uploads.BodyCapMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "upwell.people.language.LanguageMiddleware",
    "upwell.people.second_factor.SecondFactorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "upwell.core.access.AccessMiddleware",
    "upwell.audit.downloads.DownloadsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "upwell.core.middleware.SignInAgainMiddleware",
    "upwell.core.middleware.WrongMethodMiddleware",
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
                "upwell.core.context.organization",
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
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "upwell.people.passwords.PredictableValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "sign_in_email", "contact_email")},
    },
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_ADAPTER = "upwell.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "sign_in_email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # closed; says that a password is a way to sign in
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are set by a directory administrator
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True  # the end of a session is set in people/sign_in.py
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "reset_password": "20/m/ip,3/m/key,20/h/key",
}
MFA_ADAPTER = "upwell.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_COOKIE_AGE = 14 * 24 * 3600

Q_CLUSTER = {
    "name": "short",
    "orm": "default",
    "workers": 1,
    "timeout": 60,
    "retry": 90,
    "max_attempts": 5,
    "ack_failures": True,  # attempts are counted, and tried again, by our own jobs
    "catch_up": False,
    "save_limit": -1,  # results and tracebacks could hold content
    "recycle": 500,
    "cache": "none",  # its statistics would be written twice a second
    "log_level": "WARNING",
    "ALT_CLUSTERS": {"long": {"timeout": 3_600, "retry": 3_900}},
}

# Whatever is sent goes into the outbox first; a worker hands it to DELIVERY_BACKEND.
EMAIL_BACKEND = "upwell.delivery.backends.OutboxBackend"
DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
MAIL = env_mail()
EMAIL_HOST = MAIL["EMAIL_HOST"]
EMAIL_PORT = MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_mail_from(EMAIL_HOST)
IS_MAIL_SET = bool(EMAIL_HOST)

JOB_HEARTBEAT_SECONDS = 5.0
JOB_STALE_SECONDS = 20.0  # without a heartbeat for so long, a run is taken up again
JOB_TICK_SECONDS = 5.0  # how often the worker looks for what was left behind, and seals the log
QUIET_HOURS = env_quiet_hours()  # None: mail goes at any hour
STOP_MINUTES = env_stop_minutes()  # so long what is published can be stopped, before mail goes
NEXT_GOOD_MOMENT = "upwell.people.quiet.next_good_moment"  # when somebody reads their mail
MAIL_LEASE_SECONDS = 120.0  # sending one message takes less: the job has a timeout of 60

TENDED_TOO = [  # called on each tick
    "upwell.audit.services.seal_tail",
    "upwell.pairs.services.ask_for_findings_again",
    "upwell.pairs.services.close_due_rounds",
    "upwell.pairs.services.fail_given_up",
    "upwell.pairs.services.forget_told_choices",
    "upwell.pairs.services.forget_daily",
    "upwell.pairs.services.forget_inputs_daily",
    "upwell.pairs.services.guard_daily",
    "upwell.pairs.services.close_previews",
    "upwell.people.services.access.forget_sessions",
    "upwell.people.services.files.remove_old_files",
]
NAVIGATION = [  # functions that give the links of an app, in the order of the navigation
    "upwell.desk.navigation.home",
    "upwell.desk.navigation.own_pairs",
    "upwell.people.navigation.people",
    "upwell.programs.navigation.programs",
    "upwell.programs.navigation.topics",
    "upwell.desk.navigation.system",
    "upwell.desk.navigation.search",
]
NAVIGATION_SECTION = "upwell.desk.navigation.section"  # the places inside of a program
NAVIGATION_HOSTS = "upwell.programs.navigation.hosts"  # who runs what is on a page
LESSON_LINK = "upwell.learning.links.link_for"  # what assistants and line managers may read
SYSTEM_CHECKUP = "upwell.cli.for_pages.not_well"  # what is not well, for administrators
SYSTEM_CHECKS = [  # of those that `upwell doctor` makes, what pages tell administrators
    "upwell.cli.checkup_keys.check_keys",
    "upwell.cli.checkup_keys.check_log",
    "upwell.cli.checkup.check_worker",
    "upwell.cli.checkup.check_mail",
    "upwell.cli.checkup.check_disk",
    "upwell.cli.checkup.check_address",
]
BEFORE_ROLE_TAKEN = [  # functions that may refuse that somebody loses a role
    "upwell.programs.services.managers.check_dispensable",
]
BEFORE_PEOPLE_LEAVE = [  # functions that tell what could not be done without people
    "upwell.programs.services.managers.managed_by_none_but",
]
BEFORE_LEVEL_REMOVED = [  # functions that may refuse that a level is removed
    "upwell.programs.services.levels.check_level_unused",
]
BEFORE_COHORT_DELETED = [  # functions that may refuse that a cohort is deleted
    "upwell.pairs.services.removal.check_removable",
]
ON_PEOPLE_MERGED = [  # functions that bring together what no pointer tells of two people
    "upwell.pairs.services.blocks.merge_lists",
    "upwell.pairs.services.earlier.merge_earlier",
    "upwell.learning.services.merge_completions",
    "upwell.programs.services.merging.merge_in_programs",
]
AFTER_DIRECTORY_CHANGE = [  # jobs that each change of the directory asks for
    "upwell.pairs.services.guard_pairs",
]
IMPORTS_DIR = DATA_DIR / "imports"  # files between their upload and their confirmation
UPLOAD_ROUTES = [  # which take large files
    "people:import_start",
    "programs:topics_import",
    "pairs:pairs_import",
]
FILE_UPLOAD_HANDLERS = [
    "upwell.people.uploads.CapUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "upwell.core.stylesheet.StylesheetFinder",
]
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
WHITENOISE_ALLOW_ALL_ORIGINS = False
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LANGUAGE_CODE = env_language("LANGUAGE", "en", known=dict(LANGUAGES))
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = env_zone("TIME_ZONE", "UTC")
USE_TZ = True

IS_HTTPS = BASE_URL.startswith("https:")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-upwell" if IS_HTTPS else "upwell"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if IS_HTTPS else "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form that they send
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # in no cookie
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO" if DEBUG else "WARNING"}},
}
