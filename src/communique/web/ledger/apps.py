"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Models, migrations and the store."""

    name = "communique.web.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
