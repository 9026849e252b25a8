"""Name the app for Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Place the tables of notices."""

    name = "yanxiu.training.notices"
    label = "notices"
