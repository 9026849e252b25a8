"""Show that the style guide shows every component that a page of ours is made of."""

from pathlib import Path

import pytest
from django.test import Client
from django.test.signals import template_rendered

from yanxiu.web import shared
from yanxiu.web.shared.templatetags import pieces

COMPONENTS = Path(shared.__path__[0]) / "templates" / "components"
# What frames a page, what belongs to one page alone, and pieces of others.
ELSEWHERE = {
    *("brand_bar", "rail", "phone_running", "sent_code", "talk", "training_numbers"),
    *("account_menu", "account_links", "console_header", "htmx", "carousel", "personas", "qr"),
    *("school_picker", "regions", "other_name", "subnav", "law_picture", "time_chart"),
    *("hold", "appeals"),
}


@pytest.mark.django_db
def test_every_component_is_shown(client: Client) -> None:
    shown: set[str] = set()

    def note(template: object, **_more: object) -> None:
        shown.add(Path(str(getattr(template, "name", ""))).stem)

    pieces.forget()
    template_rendered.connect(note)
    try:
        answer = client.get("/styleguide/")
    finally:
        template_rendered.disconnect(note)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    assert {each.stem for each in COMPONENTS.glob("*.html")} - shown == ELSEWHERE
