"""Show on the pages how the holder of a revoked certificate gets the next edition."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import objects, pages, parts, signing_in
from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import standing
from yanxiu.training.certificates.models import Certificate, Readmission, ReadmissionProposal
from yanxiu.training.people.models import Account, Person
from yanxiu.web.shared import access


@pytest.fixture
def regretted(country: None) -> ReadmissionProposal:
    return objects.regretted()


def case_of(proposal: ReadmissionProposal) -> str:
    return reverse("office_readmission", args=[proposal.id])


def page_of(certificate: Certificate) -> str:
    return reverse("office_certificate", args=[certificate.id])


def browser_of(person_id: UUID) -> Client:
    browser = Client()
    person = Person.objects.get(pk=person_id)
    signing_in.sign_in(browser, Account.objects.get(person=person))
    return browser


def test_from_countersignature_to_the_next_edition(regretted: ReadmissionProposal) -> None:
    revoked = regretted.revocation.certificate
    nation, holder = parts.client("nation"), browser_of(revoked.person_id)
    assert revoked.number in pages.text(nation.get(reverse("office_revocations")))
    assert "准予重领待会签" in pages.text(nation.get(reverse("office")))
    case = pages.text(nation.get(case_of(regretted)))
    assert regretted.sentence in case
    assert "会签，准予重领" in case
    assert nation.post(case_of(regretted), {"outcome": "countersign"}).status_code == 303
    assert "已准予重领" in pages.text(holder.get(reverse("my_certificates")))
    [outline] = trainings.several([revoked.training_id])
    address = reverse("certificate", args=[outline.training.slug])
    mine = holder.get(address)
    assert f"证书 {revoked.number} 已于" in pages.text(mine)
    assert "本证书为第 2 版" in pages.text(mine)
    seen = re.search(r'name="seen" value="(\w+)"', mine.content.decode())
    assert seen
    assert holder.post(address, {"seen": seen[1]}).status_code == 303
    old, new = reversed(standing.editions(revoked))
    assert (standing.state(old), standing.state(new)) == ("revoked", "valid")
    assert "证书已撤销" in pages.text(Client().get(f"/verify/{old.token}/"))
    assert "证书有效" in pages.text(Client().get(f"/verify/{new.token}/"))
    assert "准予重领" in pages.text(nation.get(page_of(old)))


def test_whoever_took_it_back_can_only_look(regretted: ReadmissionProposal) -> None:
    revoker = browser_of(regretted.revocation.countersigned_by_id)
    page = pages.text(revoker.get(case_of(regretted)))
    assert "您参与过这份证书的撤销" in page
    assert "会签，准予重领" not in page
    assert revoker.post(case_of(regretted), {"outcome": "countersign"}).status_code == 403
    assert not Readmission.objects.exists()


def test_a_no_needs_its_reason_and_a_new_proposal_its_sentence(
    regretted: ReadmissionProposal,
) -> None:
    province, nation = parts.client("province"), parts.client("nation")
    assert nation.post(case_of(regretted), {"outcome": "decline"}).status_code == 400
    said = {"outcome": "decline", "sentence": "材料不全。"}
    assert nation.post(case_of(regretted), said).status_code == 303
    assert "材料不全。" in pages.text(province.get(case_of(regretted)))
    revoked = regretted.revocation.certificate
    address = reverse("office_certificate_readmission", args=[revoked.id])
    assert "提议准予重领" in pages.text(nation.get(page_of(revoked)))
    silent = nation.post(address, {"sentence": ""})
    assert "请写明事实与依据" in pages.text(silent)
    made = nation.post(address, {"sentence": "补齐了材料。"})
    assert made.status_code == 303
    assert "等另一位管理员会签" in pages.text(nation.get(made["Location"]))
    assert nation.post(made["Location"], {"outcome": "withdraw"}).status_code == 303
    assert "已收回" in pages.text(nation.get(made["Location"]))


def test_without_a_fresh_second_factor_nobody_is_readmitted(
    regretted: ReadmissionProposal,
) -> None:
    nation = parts.client("nation")
    session = nation.session
    session[access.SECOND_FACTOR] = (clock.now() - access.FACTOR_LASTS / 12).isoformat()
    session.save()
    assert "会签前请再验证一次" in pages.text(nation.get(case_of(regretted)))
    assert nation.post(case_of(regretted), {"outcome": "countersign"}).status_code == 403
    assert not Readmission.objects.exists()
