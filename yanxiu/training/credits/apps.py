"""Name the app for Django."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    """Place the tables of credits."""

    name = "yanxiu.training.credits"
    label = "credits"
