"""Name the app for Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Place the tables of organisations."""

    name = "yanxiu.training.organisations"
    label = "organisations"
