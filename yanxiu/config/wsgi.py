"""Serve pages to a WSGI server."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

# Objects made and not yet gone before the collector looks through the youngest again: some pages'.
YOUNG = 20_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
application = get_wsgi_application()
# What every page needs is loaded before the first one asks for it, and stays: looking through all
# of it again and again took the collector a tenth of each page (docs/decisions/0021-pages.md).
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG, 20, 20)
