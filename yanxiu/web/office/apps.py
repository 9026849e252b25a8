"""Name the app for Django, which finds its templates by it."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Place the pages of office."""

    name = "yanxiu.web.office"
    label = "web_office"
