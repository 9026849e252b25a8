"""Configure Django from the environment; a missing or wrong setting stops the start."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from django.utils.csp import CSP

from yanxiu.config import clients, databases, platforms
from yanxiu.foundation import environment, postgres

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[1]
VAR = environment.var()

# The demo shows text-message codes and its officers' second factor: never for real people.
YANXIU_DEMO = environment.switch("YANXIU_DEMO", default=False)
DEBUG = False
SECRET_KEY = environment.secret().decode()
# Which platforms run here, and at which hosts of their own they and the portal answer.
YANXIU_PLATFORMS = platforms.read(is_demo=YANXIU_DEMO)
YANXIU_PORTAL_NAME = environment.text("YANXIU_PORTAL_NAME", "智慧教育公共服务")
YANXIU_PORTAL_HOST = environment.text("YANXIU_PORTAL_HOST", "").lower()
ALLOWED_HOSTS = [
    *environment.text("YANXIU_HOSTS", "*" if YANXIU_DEMO else "localhost,127.0.0.1").split(","),
    *platforms.hosts(YANXIU_PLATFORMS, YANXIU_PORTAL_HOST),
]
HTTPS = environment.switch("YANXIU_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "yanxiu.web.shared",
    "yanxiu.web.public",
    "yanxiu.web.teacher",
    "yanxiu.web.office",
    "yanxiu.web.desk",
    "yanxiu.training.reports",
    "yanxiu.training.support",
    "yanxiu.training.certificates",
    "yanxiu.training.credits",
    "yanxiu.training.learning",
    "yanxiu.training.integrity",
    "yanxiu.training.enrolment",
    "yanxiu.training.catalogue",
    "yanxiu.training.organisations",
    "yanxiu.training.notices",
    "yanxiu.training.people",
    "yanxiu.training.trail",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yanxiu.web.shared.middleware.trace",
    "yanxiu.web.shared.shelf.served",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "yanxiu.web.shared.middleware.private",
    "yanxiu.web.shared.handshake.served",
    "yanxiu.web.shared.middleware.own_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yanxiu.web.shared.languages.spoken",
    "yanxiu.web.shared.sessions.seen",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yanxiu.web.shared.refusals.middleware",
]

ROOT_URLCONF = "yanxiu.config.urls"
WSGI_APPLICATION = "yanxiu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "yanxiu.web.shared.context.everywhere",
            ],
        },
    },
]

# Pages run as `web`, jobs as `work`; "owner" is there for migrations alone.
DATABASES = {
    "default": databases.serving(environment.text("YANXIU_ROLE", "web")),
    "owner": databases.named(postgres.owner_url()),
}
# Where the jobs are; nothing else is searched for them.
PROCRASTINATE_IMPORT_PATHS = ["yanxiu.training.journeys.jobs"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["yanxiu.web.shared.signing_in.Backend"]
PASSWORD_HASHERS = ["yanxiu.training.people.hashing.Argon2id"]
ACCOUNT_ADAPTER = "yanxiu.web.shared.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "yanxiu.training.people.factor_adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "yanxiu.web.shared.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yanxiu.web.shared.refusals.csrf_failure"
CSRF_TRUSTED_ORIGINS = [o for o in environment.text("YANXIU_ORIGINS", "").split(",") if o]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF, "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# A form of ours fits into this many times over; larger bodies are refused before they are parsed.
# A batch may name ten thousand requests.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LANGUAGE_CODE = "zh-hans"
# The source speaks the first; the others have catalogues in `locale` folders.
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = sorted([*ROOT.glob("*/locale"), *ROOT.glob("*/*/locale")])
# Whether a browser that asks for English and takes no Chinese gets English before anybody chooses.
YANXIU_FOLLOW_BROWSER = environment.switch("YANXIU_FOLLOW_BROWSER", default=True)
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": environment.text(
            "YANXIU_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "yanxiu.config.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": environment.text("YANXIU_LOG", "WARNING")},
}

# For so many days a holder's link shows her certificate with her whole name.
YANXIU_SHOWING_DAYS = environment.number("YANXIU_SHOWING_DAYS", 7)
# Working through a queue late is normal; later than this many days a case rises to the county.
YANXIU_CASE_DAYS = environment.number("YANXIU_CASE_DAYS", 5)
# The oldest desktop client that is served, and what older ones lack.
YANXIU_DESKTOP_LEAST = clients.read()
# Who was reminded of a training is left in peace for as many days.
YANXIU_REMINDER_DAYS = environment.number("YANXIU_REMINDER_DAYS", 7)

# So many days before a training closes whoever lacks hours is told, once each.
YANXIU_DEADLINE_DAYS = environment.numbers("YANXIU_DEADLINE_DAYS", "7,3,1")
# Push services besides those of the well-known browsers, such as https://push.example.cn.
YANXIU_PUSH_SERVICES = [o for o in environment.text("YANXIU_PUSH_SERVICES", "").split(",") if o]

# How the help line is reached (manual, part 6); a season or a place sets its own.
YANXIU_HELP_PHONE = environment.text("YANXIU_HELP_PHONE", "4001910910")
YANXIU_HELP_QQ = environment.text("YANXIU_HELP_QQ", "4001910910")
YANXIU_HELP_HOURS = environment.hours("YANXIU_HELP_HOURS", "8:30-17:00")
# Days on which the help line answers or does not, whatever the State Council's notice says.
YANXIU_DAYS_OFF = environment.days("YANXIU_DAYS_OFF")
YANXIU_DAYS_WORKED = environment.days("YANXIU_DAYS_WORKED")
YANXIU_SITE_NAME = environment.text("YANXIU_SITE_NAME", "智慧研修")
# Where everybody reaches the platform; certificates carry it in their address for verification.
YANXIU_ADDRESS = environment.text(
    "YANXIU_ADDRESS", f"http://127.0.0.1:{environment.number('PORT', 8000)}"
).rstrip("/")
# Codes a network (IPv4 /24, IPv6 /56) may ask for in an hour; a demo on one machine is one network.
YANXIU_CODES_PER_NETWORK = environment.number(
    "YANXIU_CODES_PER_NETWORK", 5000 if YANXIU_DEMO else 100
)
# Seconds for which a page that is the same for every visitor is answered as it was rendered.
YANXIU_PAGES_KEPT_S = environment.number("YANXIU_PAGES_KEPT_S", 5)
# How many proxies of our own stand before the server; 0 means that the peer is the client.
YANXIU_PROXIES = environment.number("YANXIU_PROXIES", 0)
