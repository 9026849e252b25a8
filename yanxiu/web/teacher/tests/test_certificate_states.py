"""Show what the page of the certificate says in the states that few ever see."""

from tests.support import doubted, papers
from tests.support.claims import Claimant
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places
from yanxiu.training.certificates import revoking, standing
from yanxiu.training.certificates.models import Certificate, RevocationProposal
from yanxiu.training.journeys import leaving, verifying
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Region
from yanxiu.training.people.models import Identity, Person
from yanxiu.web.teacher.tests.pages import SignIn, text

ADDRESS = "/trainings/demo/certificate/"


def officer(scene: Scene, code: str, by: Person | None = None) -> Person:
    """Return an officer of a region above the scene's school."""
    person = casting.colleague(scene.call, scene.call.phone())
    region = Region.objects.get(pk=code)
    return people.appoint(person, region, by=by, at=casting.FOUNDED_AT)


def revoke(scene: Scene, certificate: Certificate) -> None:
    """Take a certificate back, as a province and the nation do."""
    nation, at = casting.nations(scene.call), scene.call.now
    province, no = officer(scene, "330000", nation), (RevocationProposal.Reason.HOURS_FALSE, "代看")
    held = grants.held(province.id, at=at)
    found = standing.told().get(pk=certificate.pk)
    proposal = revoking.propose(found, held=held, no=no, by=province, at=at)
    revoking.countersign(proposal, held=grants.held(nation.id, at=at), by=nation, at=at)


def test_a_revoked_certificate_says_why_and_may_not_be_claimed_again(
    scene: Scene, signed_in: SignIn
) -> None:
    hers = Claimant(scene)
    hers.claim()
    hers.sign()
    certificate = Certificate.objects.get(person_id=hers.person_id)
    revoke(scene, certificate)
    browser = signed_in(hers.teacher.person)
    page = text(browser.get(ADDRESS))
    assert "证书已撤销" in page
    assert "撤销，原因：学时不实。撤销的证书不能作为凭据；如有疑问请联系客服。" in page
    assert "正在签章" not in page
    assert 'name="seen"' not in page
    assert browser.post(ADDRESS, {"seen": "anything"}).status_code == 303
    assert Certificate.objects.filter(person_id=hers.person_id).count() == 1
    assert "证书已撤销" in text(browser.get("/trainings/demo/"))


def test_after_a_correction_the_newest_edition_alone_is_shown(
    scene: Scene, signed_in: SignIn
) -> None:
    hers = Claimant(scene)
    hers.claim()
    hers.ask(hers.better_name)
    hers.correct()
    papers.sign_due(at=clock.now())
    first, second = Certificate.objects.filter(person_id=hers.person_id).order_by("edition")
    browser = signed_in(hers.teacher.person)
    page = text(browser.get(ADDRESS))
    assert second.number in page
    assert "第 2 版" in page
    assert f"/certificates/{second.token}/paper.pdf" in page
    assert first.number not in page
    assert first.token not in page
    void = text(browser.get(f"/verify/{first.token}/"))
    assert "证书已作废" in void
    assert "持证人现在有更新的一版有效证书" in void
    assert second.number not in void


def test_a_name_with_a_rare_character_waits_on_the_page_too(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher = scene.finished()
    Identity.objects.filter(person=teacher.person).update(name="张\U00050000")
    browser = signed_in(teacher.person)
    seen = text(browser.get(ADDRESS)).partition('name="seen" value="')[2].partition('"')[0]
    assert browser.post(ADDRESS, {"seen": seen}).status_code == 202
    page = text(browser.get(ADDRESS))
    assert "证书正在补充字形" in page
    assert "您已确认信息。" in page
    assert "不用再做什么" in page
    assert 'name="seen"' not in page


def test_a_changed_identity_is_the_countys_to_settle_and_says_so(
    scene: Scene, signed_in: SignIn
) -> None:
    teacher, at = scene.finished(), scene.call.now
    another = scene.call.person()
    leaving.leave(teacher.post, by=teacher.person, at=at)
    kind = Identity.Document.RESIDENT_ID
    facts = {"name": another.name, "document_kind": kind, "number": another.number}
    verifying.correct(teacher.person, **facts, at=at)
    verifying.teach_at(teacher.person, places.of(places.HOME, places.PRIMARY, 1), at=at)
    browser = signed_in(teacher.person)
    page = text(browser.get(ADDRESS))
    assert "县区确认是同一人" in page
    assert "您学习之后更正过身份信息，学时都保留着" in page
    assert page.count("县区管理员处理中") == 2
    refused = text(browser.post(ADDRESS, {"seen": ""}), 409)
    assert "须由县区管理员确认是同一人" in refused
    assert "您的学时和信息都已保留" in refused


def test_hours_on_hold_are_told_with_office_reason_and_the_way_to_appeal(
    scene: Scene, signed_in: SignIn
) -> None:
    case = doubted.case(scene)
    browser = signed_in(case.teacher.person)
    hold = case.place(at=scene.call.ago(days=2))
    page = text(browser.get(ADDRESS))
    for words in (
        "学时暂缓认定",
        "疑似由他人代为学习——夜间连续观看，请说明。学习照常记录，解除后全部恢复",
        "西湖区管理员处理中",
        "已等 2 天",
        f'href="/me/holds/{hold.id}/"',
    ):
        assert words in page
    refused = text(browser.post(ADDRESS, {"seen": ""}), 409)
    assert "学时由“西湖区”暂缓认定（疑似由他人代为学习），解除后即可领取" in refused
    assert "您的学时和信息都已保留" in refused
    case.appeal()
    assert "您已申诉，由上一级管理员答复" in text(browser.get(ADDRESS))
