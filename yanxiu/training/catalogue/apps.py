"""Name the app for Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Place the tables of catalogue."""

    name = "yanxiu.training.catalogue"
    label = "catalogue"
