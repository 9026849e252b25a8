"""Name the app for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Place the tables of people."""

    name = "yanxiu.training.people"
    label = "people"
