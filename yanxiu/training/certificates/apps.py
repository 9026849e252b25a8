"""Name the app for Django."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Place the tables of certificates."""

    name = "yanxiu.training.certificates"
    label = "certificates"
