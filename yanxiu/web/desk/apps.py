"""Name the app for Django, which finds its templates by it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Place the pages of desk."""

    name = "yanxiu.web.desk"
    label = "web_desk"
