"""Name the app for Django, which finds its templates by it."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Place the pages of public."""

    name = "yanxiu.web.public"
    label = "web_public"
