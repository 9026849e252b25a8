"""Show that a paper is valid or unknown, and that nothing about its holder is told."""

import pytest
from django.test import Client

from yanxiu.training.certificates import numbering, snapshots
from yanxiu.training.certificates.models import Certificate
from yanxiu.web.shared.templatetags import yx

VALID, UNKNOWN = "证书有效", "未找到匹配的证书"


@pytest.fixture
def certificate(country: None) -> Certificate:
    return Certificate.objects.order_by("number")[0]


def said(client: Client, number: str, code: str) -> str:
    answer = client.get("/verify/", {"number": number, "code": code})
    assert answer.status_code == 200
    return answer.content.decode()


def holds_nothing_private(page: str, certificate: Certificate) -> bool:
    paper = snapshots.of(certificate)
    private = (
        paper.holder_name,
        paper.document_number,
        paper.school_name,
        str(certificate.person_id),
    )
    return not any(word in page for word in private)


def test_the_address_in_the_code_tells_that_a_paper_is_valid(
    client: Client, certificate: Certificate
) -> None:
    page = client.get(f"/verify/{certificate.token}/").content.decode()
    assert VALID in page
    assert certificate.number in page
    assert snapshots.of(certificate).training_title in page
    assert yx.date_cn_long(certificate.issued_at) in page
    assert holds_nothing_private(page, certificate)


def test_number_and_check_code_tell_the_same(client: Client, certificate: Certificate) -> None:
    written = certificate.number.lower().replace("-", " ")
    page = said(client, f" {written} ", certificate.check_code.lower().replace("-", ""))
    assert VALID in page
    assert holds_nothing_private(page, certificate)


def test_a_wrong_check_code_is_answered_like_a_number_never_given_out(
    client: Client, certificate: Certificate
) -> None:
    prefix = certificate.number.split("-")[0]
    never = numbering.number(prefix, 9_999_999_999)
    for page in (
        said(client, certificate.number, "AAAA-AAAA"),
        said(client, never, certificate.check_code),
        client.get("/verify/AAAAAAAAAAAAAAAAAAAAAA/").content.decode(),
    ):
        assert UNKNOWN in page
        assert VALID not in page


def test_a_slip_in_the_number_is_told_with_its_place(
    client: Client, certificate: Certificate
) -> None:
    plain = certificate.number.replace("-", "")
    place = len(plain) - 3
    wrong = plain[: place - 1] + "X" + plain[place:]
    answer = client.get("/verify/", {"number": wrong, "code": certificate.check_code})
    assert answer.status_code == 400
    assert f"请检查第 {place} 位附近" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"number": "", "code": ""}, "请填写证书编号。"),
        ({"number": "2025SQ-0001-2345-679"}, "请填写校验码。"),
        ({"number": "你好", "code": "K7QM-3R8D"}, "证书编号有误"),
        ({"number": "\0", "code": "\0"}, "不允许"),
        ({"number": "1" * 500, "code": "1" * 500}, "60"),
    ],
)
def test_what_cannot_be_a_number_keeps_the_form(
    country: None, client: Client, asked: dict[str, str], sentence: str
) -> None:
    answer = client.get("/verify/", asked)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("token", ["%00", "..%5c", "A" * 5000, "%ED%A0%80", "1'--", "%F0%9F%99%82"])
def test_any_token_is_answered(country: None, client: Client, token: str) -> None:
    answer = client.get(f"/verify/{token}/")
    assert answer.status_code == 200
    assert UNKNOWN in answer.content.decode()


def test_the_form_asks_nothing_before_it_is_filled(country: None, client: Client) -> None:
    page = client.get("/verify/").content.decode()
    assert 'role="alert"' not in page
