"""Django's settings, made from the workspace that `COMMUNIQUE_WORKSPACE` names."""

from __future__ import annotations

SECRET_KEY = "only for type checking"  # noqa: S105 - replaced from the workspace's keys/ folder
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
