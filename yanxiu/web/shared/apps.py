"""Name the app for Django, which finds its templates by it."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class SharedConfig(AppConfig):
    """Place the pages of shared."""

    name = "yanxiu.web.shared"
    label = "web_shared"

    def ready(self) -> None:
        """Note when somebody came in ourselves, in the statement that knows her browser."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
