"""Name the app for Django."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Place the tables of enrolment."""

    name = "yanxiu.training.enrolment"
    label = "enrolment"
