"""Show how a holder makes a link, who sees what by it, and how it ends."""

import html
import re

from django.conf import settings
from django.test import Client

from tests.support import pages, parts
from yanxiu.training.certificates import snapshots, standing
from yanxiu.training.certificates.models import Certificate, Showing


def certificate() -> Certificate:
    holder = parts.account("holder").person_id
    return standing.valid().filter(person_id=holder).order_by("number")[0]


def address() -> str:
    return f"/certificates/{certificate().token}/showings/"


def make(whom: str = "某某中学人事处") -> str:
    """Return the path of a link that the holder has just made."""
    page = parts.client("holder").post(address(), {"whom": whom})
    assert page.status_code == 200
    told = re.search(r"<textarea[^>]*>([^<]+)</textarea>", page.content.decode())
    assert told
    url = html.unescape(told[1])
    assert url.startswith(settings.YANXIU_ADDRESS)
    return url.removeprefix(settings.YANXIU_ADDRESS)


def test_the_name_comes_with_a_button_and_is_counted(country: None) -> None:
    said, link, visitor = snapshots.of(certificate()), make(), Client()
    for _ in range(3):
        page = visitor.get(link)
        assert said.holder_name not in page.content.decode()
        assert "某某中学人事处" in pages.text(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == (
        "private, no-store",
        "noindex, nofollow",
    )
    assert page["Referrer-Policy"] == "same-origin"
    whole = visitor.post(link)
    assert said.holder_name in whole.content.decode()
    for private in (said.document_number, said.document_number[-4:], said.school_name):
        assert private not in pages.text(whole)
    mine = parts.client("holder").get(address())
    assert "查看过 1 次" in pages.text(mine)
    assert link.split("/")[3] not in mine.content.decode()


def test_once_she_closes_it_the_page_says_so_and_covers_the_name(country: None) -> None:
    said, link = snapshots.of(certificate()), make()
    holder = parts.client("holder")
    assert (
        holder.post(f"/certificates/showings/{Showing.objects.get().id}/ending/").status_code == 303
    )
    for page in (Client().get(link), Client().post(link)):
        assert "持证人已于" in pages.text(page)
        assert "证书有效" in pages.text(page)
        assert said.holder_name not in page.content.decode()
    assert "没有开着的链接" in pages.text(holder.get(address()))


def test_after_seven_days_it_says_that_it_is_over(country: None) -> None:
    link = make()
    Showing.objects.update(ends_at=Showing.objects.get().at)
    assert "到期，不再显示完整姓名" in pages.text(Client().post(link))


def test_a_sixth_is_refused_and_an_unnamed_one_asked_for_its_name(country: None) -> None:
    holder = parts.client("holder")
    silent = holder.post(address(), {"whom": " "})
    assert silent.status_code == 400
    assert "请写明出示给谁" in pages.text(silent)
    for number in range(5):
        make(f"单位 {number}")
    sixth = holder.post(address(), {"whom": "第六家"})
    assert sixth.status_code == 409
    assert "已有 5 个链接开着" in pages.text(sixth)


def test_strangers_get_nothing_and_guess_in_vain(country: None) -> None:
    assert parts.client("teacher").get(address()).status_code == 404
    assert "未找到匹配的证书" in pages.text(Client().get(f"/verify/shown/{'A' * 22}/"))
    for number in range(40):
        answer = Client().post(f"/verify/shown/{number:022}/")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
