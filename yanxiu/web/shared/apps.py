"""Name the app for Django, which finds its templates by it."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Place the pages of shared."""

    name = "yanxiu.web.shared"
    label = "web_shared"
