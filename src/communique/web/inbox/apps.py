"""The desk as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """The desk's pages and actions."""

    name = "communique.web.inbox"
    label = "inbox"
