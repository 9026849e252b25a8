"""Name the app for Django."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """Place the tables of integrity."""

    name = "yanxiu.training.integrity"
    label = "integrity"
