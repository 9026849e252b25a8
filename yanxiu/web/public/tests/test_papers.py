"""Show what anyone is told of a paper, and that no answer tells anything about its holder."""

import re

import pytest
from django.test import Client

from tests.support import pages
from yanxiu.foundation import clock
from yanxiu.training.certificates import editions, guessing, numbering, snapshots
from yanxiu.training.certificates.models import Certificate, Guess, Supersession
from yanxiu.web.shared.templatetags import yx

VALID, UNKNOWN = "证书有效", "未找到匹配的证书"
NOBODY = "/verify/AAAAAAAAAAAAAAAAAAAAAA/"
# Ids of rows, phones, and documents: whole, or what is usually shown of them.
PRIVATE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\b1[3-9]\d{9}\b|\b\d{17}[\dXx]\b|\d{3}\*{4,}|\b\d{6}(19|20)\d{6}"
)


@pytest.fixture
def certificate(country: None) -> Certificate:
    return Certificate.objects.order_by("number")[0]


def asked(client: Client, number: str, code: str) -> pages.Answer:
    return client.get("/verify/", {"number": number, "code": code})


def scanned(client: Client, certificate: Certificate) -> str:
    return pages.text(client.get(f"/verify/{certificate.token}/"))


def superseded(old: Certificate) -> Certificate:
    told, cause = snapshots.of(old), Supersession.Cause.CORRECTED
    return editions.following(old, told, cause=cause, by=old.person_id, at=clock.now())


def holds_nothing_private(page: str, certificate: Certificate) -> bool:
    said = snapshots.of(certificate)
    private = (
        *(said.holder_name, said.document_number, said.document_number[-6:], said.school_name),
        *(str(certificate.person_id), certificate.person_id.hex, str(certificate.id)),
    )
    return not any(word in page for word in private) and not PRIVATE.search(page)


def test_the_address_in_the_code_tells_that_a_paper_is_valid(
    client: Client, certificate: Certificate
) -> None:
    page, said = scanned(client, certificate), snapshots.of(certificate)
    for told in (VALID, certificate.number, said.training_title, said.hours, said.authority):
        assert told in page
    assert yx.date_cn_long(certificate.issued_at) in page
    assert f"{said.holder_name[0]}*" in page


def test_number_and_check_code_lead_to_the_same_page(
    client: Client, certificate: Certificate
) -> None:
    written = certificate.number.lower().replace("-", " ").replace("0", "o").replace("1", "i")
    answer = asked(client, f" {written} ", certificate.check_code.lower().replace("-", ""))
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{certificate.token}/")


def test_a_wrong_check_code_is_answered_like_a_number_never_given_out(
    client: Client, certificate: Certificate
) -> None:
    never = numbering.number(certificate.number.split("-")[0], 9_999_999_999)
    wrong = asked(client, certificate.number, "AAAA-AAAA")
    unknown = asked(client, never, "AAAA-AAAA")
    assert wrong.status_code == unknown.status_code == 200
    assert UNKNOWN in pages.text(wrong)
    assert VALID not in pages.text(wrong)
    same = wrong.content.decode().replace(certificate.number, never)
    assert same == unknown.content.decode()


def test_an_unknown_address_is_told_in_the_same_words(country: None, client: Client) -> None:
    assert UNKNOWN in pages.text(client.get(NOBODY))


def test_a_superseded_paper_says_so_with_date_and_class_and_points_at_no_number(
    client: Client, certificate: Certificate
) -> None:
    new = superseded(certificate)
    page = scanned(client, certificate)
    today = yx.date_cn_long(clock.now())
    assert f"该证书已于 {today} 作废（信息更正）" in page
    assert "更新的一版有效证书" in page
    assert new.number not in page
    assert VALID in scanned(client, new)


def test_no_answer_of_any_kind_holds_anything_private(
    client: Client, certificate: Certificate
) -> None:
    said, address = snapshots.of(certificate), f"/verify/{certificate.token}/"
    answers = [
        client.get(address),
        client.get(NOBODY),
        asked(client, certificate.number, certificate.check_code),
        asked(client, certificate.number, "AAAA-AAAA"),
        asked(client, "0", "0"),
        client.post(address, {"claim": said.holder_name}),
        client.post(address, {"claim": said.document_number[-6:]}),
        client.post(address, {"claim": "王五"}),
        client.post(address, {"claim": ""}),
    ]
    superseded(certificate)
    answers += [client.get(address), client.post(address, {"claim": said.holder_name})]
    for number, answer in enumerate(answers):
        told = answer.content.decode()
        if number == len(answers) - 1:
            # What was typed and refused stands in the form, for whoever typed it.
            told = told.replace(f'value="{said.holder_name}"', "")
        assert holds_nothing_private(told, certificate), number
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"


def test_search_engines_find_the_empty_form_alone(client: Client) -> None:
    form = client.get("/verify/")
    assert form["X-Robots-Tag"] == "all"
    assert "noindex" not in form.content.decode()
    answer = asked(client, "0", "0")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in answer.content.decode()


def test_a_checker_learns_whether_her_claim_fits(client: Client, certificate: Certificate) -> None:
    said, address = snapshots.of(certificate), f"/verify/{certificate.token}/"
    fitting = client.post(address, {"claim": said.holder_name})
    assert "一致：您填写的内容与持证人相符" in pages.text(fitting)
    other = client.post(address, {"claim": "王五"})
    assert "不一致：" in pages.text(other)
    assert fitting.status_code == other.status_code == 200
    assert "王五" in other.content.decode()


def test_after_five_wrong_claims_nothing_is_answered_until_tomorrow(
    client: Client, certificate: Certificate
) -> None:
    said, address = snapshots.of(certificate), f"/verify/{certificate.token}/"
    for _ in range(guessing.CLAIMS_A_DAY):
        assert client.post(address, {"claim": "王五"}).status_code == 200
    answer = client.post(address, {"claim": said.holder_name})
    assert answer.status_code == 429
    assert "请明天再试" in pages.text(answer)
    assert 0 < int(answer["Retry-After"]) <= 86_400
    assert VALID in pages.text(answer)


def test_a_network_that_was_wrong_thirty_times_waits_and_may_still_scan(
    client: Client, certificate: Certificate
) -> None:
    for _ in range(guessing.PER_NETWORK):
        assert asked(client, certificate.number, "AAAA-AAAA").status_code == 200
    for code in ("AAAA-AAAA", certificate.check_code):
        answer = asked(client, certificate.number, code)
        assert answer.status_code == 429
        assert 3500 < int(answer["Retry-After"]) <= 3600
        assert certificate.number in answer.content.decode()
    assert VALID in scanned(client, certificate)
    assert Guess.objects.count() == guessing.PER_NETWORK


def test_a_slip_in_the_number_is_told_with_its_place_and_costs_no_try(
    client: Client, certificate: Certificate
) -> None:
    plain = certificate.number.replace("-", "")
    place = len(plain) - 3
    wrong = plain[: place - 1] + "X" + plain[place:]
    answer = asked(client, wrong, certificate.check_code)
    assert answer.status_code == 400
    assert f"请检查第 {place} 位附近" in answer.content.decode()
    assert Guess.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "", "code": ""}, "请填写证书编号。"),
        ({"number": "2025SQ-0001-2345-679"}, "请填写校验码。"),
        ({"number": "你好", "code": "K7QM-3R8D"}, "证书编号有误"),
        ({"number": "\0", "code": "\0"}, "不允许"),
        ({"number": "1" * 500, "code": "1" * 500}, "60"),
    ],
)
def test_what_cannot_be_a_number_keeps_the_form(
    country: None, client: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = client.get("/verify/", typed)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("token", ["%00", "..%5c", "A" * 5000, "%ED%A0%80", "1'--", "%F0%9F%99%82"])
def test_any_token_is_answered(country: None, client: Client, token: str) -> None:
    answer = client.get(f"/verify/{token}/")
    assert answer.status_code == 200
    assert UNKNOWN in answer.content.decode()


def test_the_form_asks_nothing_before_it_is_filled(country: None, client: Client) -> None:
    answer = client.get("/verify/")
    assert 'role="alert"' not in answer.content.decode()
    assert not answer.cookies
