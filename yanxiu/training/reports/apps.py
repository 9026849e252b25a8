"""Name the app for Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Place the tables of reports."""

    name = "yanxiu.training.reports"
    label = "reports"
