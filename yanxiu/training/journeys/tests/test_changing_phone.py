"""Show that a lost number is replaced by two and two days, and that nobody does it alone."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from tests.support import season
from tests.support.season import Scene
from yanxiu.foundation import clock, pictures
from yanxiu.training.cast import casting, people, places, proofs
from yanxiu.training.cast.names import Invented
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import issuing, verifying
from yanxiu.training.certificates import refusals as certificate_refusals
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.journeys import changing_phone, correcting
from yanxiu.training.notices.models import Delivery, Notice, Subscription
from yanxiu.training.organisations import (
    grants,
    phone_changes,
    phone_links,
    phone_pictures,
    phone_refusals,
    vouching,
)
from yanxiu.training.organisations.models import Officer, PhoneChange, PhoneChangeAnswer, Region
from yanxiu.training.organisations.phone_changes import Step, Word
from yanxiu.training.people import factors, identities, passwords, refusals
from yanxiu.training.people.lost_phones import Lost
from yanxiu.training.people.models import Account, KnownDevice, Person, Session
from yanxiu.training.trail.models import Entry

NEW, NETWORK = "13900088001", "203.0.113.0/24"
IN_PERSON = PhoneChangeAnswer.Means.IN_PERSON
NO = (PhoneChangeAnswer.Reason.UNKNOWN.value, "")
DAY = timedelta(days=1)


class Case:
    """Be a teacher who has lost her number, her school's officer, and her county's."""

    def __init__(self, scene: Scene, teacher: Teacher) -> None:
        self.scene, self.teacher = scene, teacher
        self.officer = scene.desk.officer
        county = Region.objects.get(pk=places.HOME)
        nation = casting.nations(scene.call)
        self.nation = nation
        self.county = people.appoint(
            casting.colleague(scene.call, scene.call.phone()),
            county,
            by=nation,
            at=casting.FOUNDED_AT,
        )
        self.now = clock.now()

    @property
    def account(self) -> Account:
        return Account.objects.get(person=self.teacher.person)

    def lost(self, **other: str) -> Lost:
        identity = identities.current(self.teacher.person.id)
        assert identity
        said = {
            "name": identity.name,
            "document_kind": identity.document_kind,
            "number": identities.number(identity),
        }
        return Lost(**said | other)

    def ask(self, phone: str = NEW) -> PhoneChange:
        return changing_phone.ask(self.lost(), phone, network=NETWORK, at=self.now)

    def vouch(self, change: PhoneChange, by: Person | None = None) -> PhoneChange:
        who = by or self.officer
        return vouching.vouch(change, IN_PERSON, held=held(who), by=who, at=self.now)

    def approve(self, change: PhoneChange, by: Person | None = None) -> PhoneChange:
        who = by or self.county
        return vouching.approve(change, held=held(who), by=who, at=self.now)

    def agreed(self) -> PhoneChange:
        change = self.ask()
        self.vouch(change)
        return self.approve(change)


def held(who: Person, at: datetime | None = None) -> list[Officer]:
    return grants.held(who.id, at=at or clock.now())


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


@pytest.fixture
def case(scene: Scene) -> Case:
    return Case(scene, scene.teacher())


def texts_to(phone: str) -> list[str]:
    sent = Delivery.objects.filter(phone=phone).order_by("notice__at", "id")
    return list(sent.values_list("notice__kind", flat=True))


def told(person: Person) -> list[str]:
    kinds = Notice.objects.filter(person=person, kind__startswith="phone", is_shown=True)
    return list(kinds.order_by("at", "id").values_list("kind", flat=True))


def test_two_agree_two_days_pass_and_the_account_has_its_new_number(case: Case) -> None:
    person, old = case.teacher.person, case.account.phone
    Session.objects.create(session_key="old", account=case.account, expire_date=case.now + DAY)
    KnownDevice.objects.create(account=case.account, mark=b"m", since=case.now)
    passwords.put(case.account, "山高月小 水落石出", keep="old", at=case.now)
    factors.lend(person, at=case.now)
    change = case.agreed()
    assert change.due_at == case.now + timedelta(hours=48)
    assert changing_phone.settle(at=case.now + timedelta(hours=47, minutes=59)) == 0
    assert case.account.phone == old
    assert changing_phone.settle(at=case.now + timedelta(hours=48)) == 1
    assert changing_phone.settle(at=case.now + timedelta(hours=49)) == 0, "once"
    account = case.account
    assert (account.phone, account.person_id) == (NEW, person.id)
    assert not account.has_usable_password()
    assert not Authenticator.objects.filter(user=account).exists()
    assert not Session.objects.filter(account=account).exists()
    assert identities.current(person.id) == case.teacher.asked.identity, "she is who she was"
    assert told(person)[-1] == "phone_changed"
    assert texts_to(old) == ["phone_changed"]
    verbs = Entry.objects.filter(subject_id=str(person.id), verb__startswith="phone_change")
    assert list(verbs.order_by("id").values_list("verb", flat=True)) == [
        *("phone_change_asked", "phone_change_vouched", "phone_change_approved"),
        "phone_change_done",
    ]
    assert {each.path for each in verbs} == {case.scene.desk.school.path}


def test_every_old_channel_is_told_at_once_and_again_when_it_is_agreed(case: Case) -> None:
    person = case.teacher.person
    Subscription.objects.create(
        person=person, endpoint="https://push.test/1", key=b"k", secret=b"s", since=case.now
    )
    change = case.agreed()
    for kind in ("phone_change_started", "phone_change_approved"):
        notice = Notice.objects.get(person=person, kind=kind)
        ways = notice.deliveries.values_list("way", "phone")
        assert sorted(ways) == [("push", ""), ("text", "")], "to the number that she has"
        assert notice.is_shown
        assert notice.link == phone_links.path(change, phone_links.STOP)
        assert phone_links.token(change, phone_links.STOP) in notice.facts["stop"]
    assert texts_to(NEW) == ["phone_change_asked", "phone_change_granted"]


def test_the_owner_stops_it_and_is_left_alone_for_a_week(case: Case) -> None:
    change, old = case.agreed(), case.account.phone
    changing_phone.stop(change, by=None, at=case.now + timedelta(hours=47))
    assert changing_phone.settle(at=case.now + 3 * DAY) == 0
    assert case.account.phone == old
    assert "phone_change_stopped" in texts_to(NEW)
    with pytest.raises(phone_refusals.PhoneChangeOver):
        changing_phone.stop(change, by=None, at=case.now)
    with pytest.raises(phone_refusals.PhoneChangeResting):
        case.ask()
    assert Entry.objects.filter(verb="phone_change_stopped").exists()


def test_who_changes_by_codes_stops_what_others_have_asked(case: Case) -> None:
    case.agreed()
    changing_phone.by_codes(case.account, "13900088002", keep="", at=case.now)
    assert changing_phone.settle(at=case.now + 3 * DAY) == 0
    assert case.account.phone == "13900088002"


def test_certificates_rest_meanwhile_and_are_checked_as_ever(scene: Scene) -> None:
    case = Case(scene, scene.finished())
    person, now = case.teacher.person, case.now
    issued = people.claim(case.teacher, scene.outline.training.slug, at=now)
    other = Case(scene, scene.finished())
    other.vouch(late := other.ask("13900088003"))
    other.approve(late)
    with pytest.raises(certificate_refusals.NotDue) as no:
        issuing.draft(other.teacher.person.id, scene.outline, at=now)
    assert "手机号更换" in no.value.message
    changing_phone.stop(late, by=None, at=now)
    assert issuing.draft(other.teacher.person.id, scene.outline, at=now)

    case.agreed()
    name = case.lost().name
    right = Invented(name[:-1] + "瑶", case.lost().number)
    asked = people.ask_for(case.teacher, right, why="写错了一个字", at=now)
    who = scene.desk.officer if not asked.needs_county else case.county
    correcting.approve(asked, held=held(who), by=who, at=now)
    assert Certificate.objects.filter(person_id=person.id).count() == 1, "not reissued"
    checked = verifying.by_token(issued.token)
    assert checked
    assert checked.state == "valid", "and checked as ever"
    changing_phone.settle(at=now + 3 * DAY)
    assert Certificate.objects.filter(person_id=person.id).count() == 2, "and made up for"


def test_a_number_that_somebody_took_meanwhile_ends_it_and_changes_nothing(case: Case) -> None:
    old, change = case.account.phone, case.agreed()
    people.register(NEW, at=case.now)
    assert changing_phone.settle(at=case.now + 3 * DAY) == 0
    change.refresh_from_db()
    assert (case.account.phone, change.outcome) == (old, PhoneChange.Outcome.TAKEN)


def test_an_officer_keeps_her_second_factor_so_that_a_number_opens_no_console(case: Case) -> None:
    grants.appoint(case.teacher.person, Region.objects.get(pk="330110"), at=casting.FOUNDED_AT)
    factors.lend(case.teacher.person, at=case.now)
    case.agreed()
    changing_phone.settle(at=case.now + 3 * DAY)
    assert factors.of(case.account).exists()


def test_what_nobody_settles_ends_after_thirty_days(case: Case) -> None:
    change = case.ask()
    changing_phone.settle(at=case.now + 30 * DAY)
    change.refresh_from_db()
    assert change.outcome == PhoneChange.Outcome.LAPSED


# Nobody alone: a test for each way.


def test_one_who_serves_school_and_county_cannot_say_both_words(case: Case) -> None:
    county = Region.objects.get(pk=places.HOME)
    people.appoint(case.officer, county, by=case.nation, at=casting.FOUNDED_AT)
    case.vouch(change := case.ask())
    with pytest.raises(phone_refusals.SameOfficial):
        case.approve(change, by=case.officer)
    with pytest.raises(phone_refusals.SameOfficial):
        phone_changes.say(change, Word(Step.APPROVE), by=case.officer, at=case.now)


def test_an_officer_cannot_vouch_for_herself(case: Case) -> None:
    grants.appoint(case.teacher.person, case.scene.desk.school, at=casting.FOUNDED_AT)
    with pytest.raises(phone_refusals.OwnPhoneChange):
        case.vouch(case.ask(), by=case.teacher.person)


def test_an_officer_s_deputy_cannot_vouch_for_whoever_lent_her_the_right(case: Case) -> None:
    own = grants.appoint(case.teacher.person, case.scene.desk.school, at=casting.FOUNDED_AT)
    deputy = casting.colleague(case.scene.call, case.scene.call.phone())
    until = case.now + 60 * DAY
    grants.deputise(own, deputy, until=until, by=case.teacher.person, at=case.now - DAY)
    with pytest.raises(phone_refusals.NotTheVoucher):
        case.vouch(case.ask(), by=deputy)


def test_an_officer_cannot_appoint_her_own_second(case: Case) -> None:
    """A county's officer makes a right at the school, vouches through it, and approves herself."""
    puppet = casting.colleague(case.scene.call, case.scene.call.phone())
    people.appoint(puppet, case.scene.desk.school, by=case.county, at=case.now - 20 * DAY)
    case.vouch(change := case.ask(), by=puppet)
    with pytest.raises(phone_refusals.GaveTheRight):
        case.approve(change)
    assert case.approve(change, by=case.nation).due_at, "somebody else can"


def test_a_deputy_and_her_lender_are_one(case: Case) -> None:
    [right] = held(case.county)
    deputy = casting.colleague(case.scene.call, case.scene.call.phone())
    grants.deputise(right, deputy, until=case.now + 9 * DAY, by=case.county, at=case.now - DAY)
    change = case.ask()
    PhoneChange.objects.filter(pk=change.pk).update(rises_at=case.now)
    change.refresh_from_db()
    case.vouch(change, by=case.county)
    with pytest.raises(phone_refusals.GaveTheRight):
        case.approve(change, by=deputy)


def test_one_above_cannot_let_two_new_rights_do_it(case: Case) -> None:
    rights = []
    for node in (case.scene.desk.school, Region.objects.get(pk=places.HOME)):
        puppet = casting.colleague(case.scene.call, case.scene.call.phone())
        rights.append(people.appoint(puppet, node, by=case.nation, at=case.now - DAY))
    case.vouch(change := case.ask(), by=rights[0])
    with pytest.raises(phone_refusals.GaveTheRight):
        case.approve(change, by=rights[1])


def test_nobody_of_another_school_or_county_says_a_word(case: Case) -> None:
    change = case.ask()
    call = case.scene.call
    elsewhere = casting.desk(call, places.of(places.HOME, places.JUNIOR, 2), by=case.county)
    with pytest.raises(phone_refusals.NotTheVoucher):
        case.vouch(change, by=elsewhere.officer)
    neighbour = casting.colleague(call, call.phone())
    other = Region.objects.get(pk="330110")
    people.appoint(neighbour, other, by=case.nation, at=casting.FOUNDED_AT)
    case.vouch(change)
    with pytest.raises(phone_refusals.NotAboveSchool):
        case.approve(change, by=neighbour)
    assert vouching.find(held(neighbour), change.id) is None


def test_the_school_s_officer_cannot_approve_what_her_colleague_vouched_for(case: Case) -> None:
    colleague = casting.colleague(case.scene.call, case.scene.call.phone())
    people.appoint(colleague, case.scene.desk.school, by=case.nation, at=casting.FOUNDED_AT)
    case.vouch(change := case.ask(), by=colleague)
    with pytest.raises(phone_refusals.NotAboveSchool):
        case.approve(change, by=case.officer)


def test_the_county_vouches_only_once_the_school_has_let_it_lie(case: Case) -> None:
    change = case.ask()
    with pytest.raises(phone_refusals.VouchingNotRisen):
        case.vouch(change, by=case.county)
    later = change.rises_at
    who = case.county
    vouching.vouch(change, IN_PERSON, held=held(who), by=who, at=later)


def test_a_no_ends_it_with_its_reason_and_a_second_vouch_is_none(case: Case) -> None:
    change = case.ask()
    with pytest.raises(phone_refusals.MeansMissing):
        vouching.vouch(change, "", held=held(case.officer), by=case.officer, at=case.now)
    vouching.decline(change, held=held(case.officer), no=NO, by=case.officer, at=case.now)
    change.refresh_from_db()
    assert change.outcome == PhoneChange.Outcome.DECLINED
    assert texts_to(NEW)[-1] == "phone_change_ended"
    with pytest.raises(phone_refusals.PhoneChangeOver):
        case.vouch(change)


# Who asks.


def test_whatever_does_not_fit_is_told_alike_and_five_times_a_day(case: Case) -> None:
    wrong = [{"name": "王某某"}, {"number": "110101199003074610"}, {"document_kind": "passport"}]
    for other in (*wrong, *wrong[:2]):
        with pytest.raises(refusals.NoSuchAccount):
            changing_phone.ask(case.lost(**other), NEW, network=NETWORK, at=case.now)
    with pytest.raises(refusals.TooManyClaims):
        case.ask()
    changing_phone.ask(case.lost(), "13900088009", network=NETWORK, at=case.now)


def test_one_request_at_a_time_and_no_number_that_is_somebody_s(case: Case) -> None:
    with pytest.raises(refusals.PhoneInUse):
        case.ask(Account.objects.get(person=case.county).phone)
    case.ask()
    with pytest.raises(phone_refusals.PhoneChangeWaits):
        case.ask("13900088007")


# The picture for the help desk.


def test_the_desk_s_picture_is_marked_sealed_and_gone_in_time(case: Case) -> None:
    for right in held(case.officer):
        grants.dismiss(right, at=case.now)
    change = case.ask()
    assert change.post is None, "nobody at the school can vouch"
    sent = pictures.taken(proofs.card(case.scene.call.person()))
    phone_pictures.keep(change, sent, at=case.now)
    change.refresh_from_db()
    kept = phone_pictures.opened(change)
    assert kept
    assert kept != sent.jpeg, "it bears our words"
    assert kept not in bytes(change.picture or b"")
    assert phone_pictures.sweep(at=case.now + 29 * DAY) == 0
    changing_phone.withdraw(change, at=case.now + 2 * DAY)
    assert phone_pictures.sweep(at=case.now + 8 * DAY) == 0
    assert phone_pictures.sweep(at=case.now + 9 * DAY) == 1
    change.refresh_from_db()
    assert (change.picture, change.picture_key) == (None, None)
    assert change.picture_removed_at == case.now + 9 * DAY
    assert phone_pictures.opened(change) is None


def test_no_picture_is_kept_longer_than_thirty_days(case: Case) -> None:
    for right in held(case.officer):
        grants.dismiss(right, at=case.now)
    change = case.ask()
    sent = pictures.taken(proofs.card(case.scene.call.person()))
    phone_pictures.keep(change, sent, at=case.now)
    phone_pictures.keep(change, sent, at=case.now + 20 * DAY)
    phone_pictures.sweep(at=case.now + 30 * DAY)
    assert phone_pictures.opened(change) is None
