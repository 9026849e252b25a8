"""Show that English is complete: every text has it, and no page falls back into Chinese."""

import html
import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model, TextField
from django.urls import reverse

from tests import test_access
from tests.support import catalogues
from yanxiu.training.organisations.imports import columns
from yanxiu.training.support import placeholders

CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff，。、；：（）“”《》]*")
# What a page holds besides what it says, and what says of itself that it is Chinese.
UNSAID = re.compile(
    r'<(script|style)\b.*?</\1>|<(\w+)\b[^>]*\slang="zh-CN"[^>]*>.*?</\2>'
    r"|</?mark\b[^>]*>|<!--.*?-->",
    re.DOTALL,
)
SAID = re.compile(r'(?:aria-label|alt|title|placeholder|content)="([^"]*)"|>([^<]+)<')
# The mark beside our name, a masked name, and the name of a file that was made in Chinese.
NAMES = re.compile(r"^研$|[\u3400-\u9fff]+\*+|.+\.(xlsx|zip)", re.MULTILINE)
# Who looks: the first of these whom a page lets in.
WHO = ("teacher", "officer", "county", "agent", "nation", "newcomer", "visitor", "waiting")
# Samples of the parts that pages are made of, and what is no page.
NO_PAGES = {"styleguide", "app_icon", "paper", "training_json", "my_training_json"}


def test_every_text_has_its_english() -> None:
    assert not catalogues.complaints()


def test_no_page_falls_back_into_chinese(country: None) -> None:
    pages = {name: text for name in test_access.TABLE if (text := read(name))}
    assert len(pages) > len(test_access.TABLE) / 2
    names = re.compile("|".join(map(re.escape, data())))
    left = {name: set(CHINESE.findall(names.sub("", text))) for name, text in pages.items()}
    assert not {name: found for name, found in left.items() if found}


def read(name: str) -> str:
    """Return what a page says in English to eye or ear; "" where it is none."""
    who = next((each for each in WHO if test_access.TABLE[name].get(each) == 200), None)
    if who is None or name in NO_PAGES:
        return ""
    browser = test_access.client(who)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = browser.get(reverse(name, kwargs=test_access.parameters(name)))
    if not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    assert answer.headers["Content-Language"] == "en", name
    found = SAID.findall(UNSAID.sub("", answer.content.decode()))
    said = "\n".join(html.unescape(label or text).strip() for label, text in found)
    return NAMES.sub("", said)


def data() -> list[str]:
    """Return every text that rows of the demo country hold, the longest first."""
    found = {settings.YANXIU_SITE_NAME, settings.YANXIU_PORTAL_NAME, *placeholders.PLACES}
    found |= {each.name for each in settings.YANXIU_PLATFORMS}
    for each in (column for kind in columns.KINDS.values() for column in kind):
        found |= {each.title, each.example}
    for model in apps.get_models():
        if model.__module__.startswith("yanxiu."):
            for name in _texts(model):
                found |= set(model._default_manager.values_list(name, flat=True).distinct())
    return sorted((each for each in found if CHINESE.search(each)), key=len, reverse=True)


def _texts(model: type[Model]) -> Iterator[str]:
    for each in model._meta.concrete_fields:
        if isinstance(each, CharField | TextField) and not each.choices:
            yield each.name
