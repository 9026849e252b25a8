"""Name the app for Django."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Place the tables of support."""

    name = "yanxiu.training.support"
    label = "support"
