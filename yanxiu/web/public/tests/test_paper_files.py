"""Show what whoever hands in a certificate's PDF is told, and what is refused before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support import pages, papers
from yanxiu.foundation import clock
from yanxiu.training.certificates import guessing
from yanxiu.training.certificates.models import Certificate, Guess, Paper

ADDRESS = "/verify/file/"


@pytest.fixture
def certificate(country: None) -> Certificate:
    papers.sign_due(at=clock.now())
    return Certificate.objects.order_by("number")[0]


def handed_in(client: Client, content: bytes, name: str = "证书.pdf") -> pages.Answer:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(ADDRESS, {"file": file})


def test_the_downloaded_file_is_as_archived_with_its_state(
    client: Client, certificate: Certificate
) -> None:
    answer = handed_in(client, bytes(Paper.objects.get(certificate=certificate).pdf))
    page = pages.text(answer)
    assert answer.status_code == 200
    for told in ("与平台存档一致", "证书有效", certificate.number):
        assert told in page


def test_an_altered_file_is_told_first_and_then_what_is_true(
    client: Client, certificate: Certificate
) -> None:
    pdf = bytes(Paper.objects.get(certificate=certificate).pdf)
    page = pages.text(handed_in(client, pdf + b"\n% more\n"))
    assert page.index("与平台存档不一致") < page.index(certificate.number)
    assert "与平台存档一致" not in page


def test_a_file_without_our_signature_is_not_ours(client: Client, country: None) -> None:
    assert "不是平台签发的文件" in pages.text(handed_in(client, b"%PDF-1.7\n%%EOF\n"))


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"\x89PNG\r\n", 415, "请上传平台下载的 PDF"),
        (b"%PDF-1.7\n" + bytes(1_000_001), 413, "文件超过 1 MB"),
        (b"%PDF-1.7\n" + bytes(3_000_000), 413, "文件超过 1 MB"),
        (b"", 400, "这个文件是空的"),
    ],
)
def test_what_cannot_be_a_certificate_gets_its_sentence(
    client: Client, country: None, content: bytes, status: int, sentence: str
) -> None:
    answer = handed_in(client, content)
    assert answer.status_code == status
    assert sentence in pages.text(answer)


def test_without_a_file_it_is_asked_for(client: Client, country: None) -> None:
    answer = client.post(ADDRESS, {})
    assert answer.status_code == 400
    assert "请选择从平台下载的证书 PDF 文件" in pages.text(answer)


def test_a_form_from_elsewhere_is_refused_before_the_file_is_looked_at(country: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert handed_in(strict, b"%PDF-1.7\n").status_code == 403


def test_after_thirty_strange_files_there_is_a_time_to_wait(client: Client, country: None) -> None:
    for _ in range(guessing.PER_NETWORK):
        guessing.begin(Guess.Kind.FILE, "127.0.0.0/24", at=clock.now())
    answer = handed_in(client, b"%PDF-1.7\n")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 3500
