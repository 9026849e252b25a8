"""Name the app for Django."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Place the tables of trail."""

    name = "yanxiu.training.trail"
    label = "trail"
