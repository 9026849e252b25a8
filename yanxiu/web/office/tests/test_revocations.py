"""Show how officers look at a certificate and take it back from their pages, two of them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import objects, pages, parts, signing_in
from yanxiu.foundation import clock
from yanxiu.training.certificates import snapshots
from yanxiu.training.certificates.models import Certificate, Revocation, RevocationProposal
from yanxiu.training.organisations.models import Officer
from yanxiu.web.shared import access


@pytest.fixture
def certificate(country: None) -> Certificate:
    own = parts.account("officer").person_id
    school = Officer.objects.filter(person=own, level="school").order_by("id")[0]
    return Certificate.objects.filter(path=school.path).order_by("number")[0]


@pytest.fixture
def doubted(country: None) -> RevocationProposal:
    return objects.doubted()


def stale(who: str) -> Client:
    """Return a browser whose second factor was given an hour ago."""
    browser = Client()
    signing_in.sign_in(browser, parts.account(who))
    session = browser.session
    session[access.SECOND_FACTOR] = (clock.now() - access.FACTOR_LASTS / 12).isoformat()
    session.save()
    return browser


def proposing(certificate: Certificate) -> str:
    return reverse("office_certificate_revocation", args=[certificate.id])


def page_of(certificate: Certificate) -> str:
    return reverse("office_certificate", args=[certificate.id])


def case_of(proposal: RevocationProposal) -> str:
    return reverse("office_revocation", args=[proposal.id])


WORDS = {"reason": "identity_false", "sentence": "冒用他人身份，公安机关已认定。"}


def test_officers_above_see_what_it_says_and_where_it_comes_from(certificate: Certificate) -> None:
    said = snapshots.of(certificate)
    for who in ("officer", "county", "city", "province"):
        page = pages.text(parts.client(who).get(page_of(certificate)))
        for told in (certificate.number, said.holder_name, said.school_name, "本人确认，签发"):
            assert told in page
        assert said.document_number not in page
        assert ("提议撤销" in page) == (who == "province")


def test_from_proposal_to_countersignature(certificate: Certificate) -> None:
    province, nation = parts.client("province"), parts.client("nation")
    answer = province.post(proposing(certificate), WORDS)
    proposal = RevocationProposal.objects.get(certificate=certificate)
    assert (answer.status_code, answer["Location"]) == (303, case_of(proposal))
    mine = pages.text(province.get(case_of(proposal)))
    assert "收回提议" in mine
    assert "会签，撤销证书" not in mine
    assert province.post(case_of(proposal), {"outcome": "countersign"}).status_code == 403
    assert certificate.number in pages.text(nation.get(reverse("office_revocations")))
    assert "会签，撤销证书" in pages.text(nation.get(case_of(proposal)))
    assert nation.post(case_of(proposal), {"outcome": "countersign"}).status_code == 303
    assert Revocation.objects.filter(certificate=certificate).exists()
    public = pages.text(Client().get(f"/verify/{certificate.token}/"))
    assert "证书已撤销" in public
    assert "身份信息不实" in public
    assert WORDS["sentence"] not in public
    again = nation.post(case_of(proposal), {"outcome": "countersign"})
    assert again.status_code == 409
    assert "已于" in pages.text(again)
    below = pages.text(parts.client("officer").get(page_of(certificate)))
    assert "已撤销" in below
    assert WORDS["sentence"] not in below


def test_a_no_needs_its_reason_and_keeps_the_certificate(doubted: RevocationProposal) -> None:
    nation = parts.client("nation")
    silent = nation.post(case_of(doubted), {"outcome": "decline"})
    assert silent.status_code == 400
    assert "请写明不同意的理由" in pages.text(silent)
    told = nation.post(case_of(doubted), {"outcome": "decline", "sentence": "证据不足。"})
    assert told.status_code == 303
    province = pages.text(parts.client("province").get(case_of(doubted)))
    assert "证据不足。" in province
    assert "已退回" in province
    assert not Revocation.objects.filter(certificate=doubted.certificate).exists()


def test_without_a_fresh_second_factor_nothing_is_done_and_words_stay(
    certificate: Certificate, doubted: RevocationProposal
) -> None:
    province, nation = stale("province"), stale("nation")
    asked = province.get(proposing(certificate))
    assert asked.status_code == 302
    assert "/sign-in/second-factor/" in asked["Location"]
    refused = province.post(proposing(certificate), WORDS)
    assert refused.status_code == 403
    assert WORDS["sentence"] in refused.content.decode()
    assert "在新窗口重新验证" in pages.text(refused)
    assert "会签前请再验证一次" in pages.text(nation.get(case_of(doubted)))
    assert nation.post(case_of(doubted), {"outcome": "countersign"}).status_code == 403
    asked_about = [certificate, doubted.certificate]
    assert not Revocation.objects.filter(certificate__in=asked_about).exists()
    assert [*RevocationProposal.objects.filter(certificate__in=asked_about)] == [doubted]


def test_what_is_missing_in_a_proposal_is_asked_for_and_what_is_there_stays(
    certificate: Certificate,
) -> None:
    answer = parts.client("nation").post(proposing(certificate), {"sentence": "查实。"})
    assert answer.status_code == 400
    assert "请选择撤销的原因" in pages.text(answer)
    assert "查实。" in answer.content.decode()


def test_a_second_proposal_is_refused_with_what_exists(doubted: RevocationProposal) -> None:
    answer = parts.client("nation").post(proposing(doubted.certificate), WORDS)
    assert answer.status_code == 409
    assert "已有一份撤销提议在等会签" in pages.text(answer)


def test_the_proposer_takes_her_word_back(doubted: RevocationProposal) -> None:
    province = parts.client("province")
    assert province.post(case_of(doubted), {"outcome": "withdraw"}).status_code == 303
    assert "已收回" in pages.text(province.get(case_of(doubted)))
    assert "现在没有撤销在等会签" in pages.text(province.get(reverse("office_revocations")))
