"""Name the app for Django."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Place the tables of learning."""

    name = "yanxiu.training.learning"
    label = "learning"
