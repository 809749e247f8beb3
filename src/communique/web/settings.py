"""Django's settings, made from the workspace that this process works on.

`communique.web.setup` notes the workspace in the environment before Django is loaded. Without one (type checking,
making migrations) a database in memory stands in.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from communique.web import workspace

_HERE = workspace.current() if os.environ.get("COMMUNIQUE_WORKSPACE") else None


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = {"pool": False} | ({"host": host} if (host := _query(parts.query, "host")) else {})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
    }


def _query(query: str, name: str) -> str | None:
    from urllib.parse import parse_qs

    found = parse_qs(query).get(name)
    return found[0] if found else None


def _sqlite(name: str) -> dict[str, Any]:
    # Measured: with Django's defaults 511 to 700 of 800 concurrent transactions failed as locked; with these none.
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; PRAGMA mmap_size=134217728"
    )
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}


def _secret_key() -> str:
    if _HERE is None:
        return "for type checking and migrations; no workspace, no sessions"
    path = _HERE.keys / "django-secret"
    return path.read_text(encoding="ascii") if path.is_file() else "not made yet; `communique.web.setup` makes it"


def _database() -> dict[str, Any]:
    if _HERE is None:
        return _sqlite(":memory:")
    return _postgresql(_HERE.text("database.url")) if _HERE.text("database.url") else _sqlite(str(_HERE.database))


def _origins() -> list[str]:
    parts = urlsplit(_HERE.text("wire.url")) if _HERE is not None else urlsplit("")
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme in ("http", "https") and parts.netloc else []


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the server listens on loopback unless told otherwise, and no page is made from the Host header
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "communique.web.ledger.apps.LedgerConfig",
    "communique.web.inbox",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "communique.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DATABASES = {"default": _database()}
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
CSRF_FAILURE_VIEW = "communique.web.inbox.views.signing.not_from_here"
SESSION_COOKIE_NAME = "communique-desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = "/"
SESSION_COOKIE_SECURE = _HERE is not None and _HERE.text("wire.url").startswith("https:")
# Behind a web server that speaks TLS, requests come to us as plain HTTP, with a Host of its choice.
CSRF_TRUSTED_ORIGINS = _origins()
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGGING_CONFIG = None
