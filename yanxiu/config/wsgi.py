"""Serve pages to a WSGI server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from yanxiu.foundation import collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
application = get_wsgi_application()
# What every page needs is loaded before the first one asks for it, and stays
# (docs/decisions/0021-pages.md).
import_module(settings.ROOT_URLCONF)
collector.rest()
