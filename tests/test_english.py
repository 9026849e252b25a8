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
    r'<(script|style)\b.*?</\1>|<(\w+)\b[^>]*\slang="zh-CN"[^>]*>.*?</\2>|</?mark\b[^>]*>|<!--.*?-->',
    re.DOTALL,
)
SAID = re.compile(r'(?:aria-label|alt|title|placeholder|content)="([^"]*)"|>([^<]+)<')
# The mark beside our name, a masked name, and the name of a file that was made in Chinese.
NAMES = re.compile(r"(?<=\n)研(?=\n)|[\u3400-\u9fff]+\*+|\S+\.(xlsx|zip)")
# Who looks: the first of these whom a page lets in.
WHO = ("teacher", "officer", "county", "agent", "nation", "newcomer", "visitor", "waiting")
# Pages that show samples of the parts they are made of, papers, and what is no page.
NO_PAGES = {"styleguide", "app_icon", "paper", "training_json", "my_training_json"}


def test_every_text_has_its_english() -> None:
    assert not catalogues.complaints()


def data() -> list[str]:
    """Return every text that rows of the demo country hold, the longest first."""
    found = {settings.YANXIU_SITE_NAME, settings.YANXIU_PORTAL_NAME, *placeholders.PLACES}
    found |= {each.name for each in settings.YANXIU_PLATFORMS}
    for model in apps.get_models():
        if model.__module__.startswith("yanxiu."):
            for name in _texts(model):
                found |= set(model._default_manager.values_list(name, flat=True).distinct())
    found |= {column.title for kind in columns.KINDS.values() for column in kind}
    return sorted((each for each in found if CHINESE.search(each)), key=len, reverse=True)


def _texts(model: type[Model]) -> Iterator[str]:
    for each in model._meta.concrete_fields:
        if isinstance(each, CharField | TextField) and not each.choices:
            yield each.name


def said(page: str) -> Iterator[str]:
    """Yield what a page says to eye or ear."""
    for label, text in SAID.findall(UNSAID.sub("", page)):
        yield html.unescape(label or text)


def test_no_page_falls_back_into_chinese(country: None) -> None:
    names, left = data(), {}
    for page, row in test_access.TABLE.items():
        who = next((each for each in WHO if row.get(each) == 200), None)
        if who is None or page in NO_PAGES:
            continue
        browser = test_access.client(who)
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        answer = browser.get(reverse(page, kwargs=test_access.parameters(page)))
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        assert answer.headers["Content-Language"] == "en", page
        text = NAMES.sub("", "\n" + "\n".join(said(answer.content.decode())) + "\n")
        for name in names:
            text = text.replace(name, "")
        if found := CHINESE.findall(text):
            left[page] = sorted(set(found))
    assert not left
