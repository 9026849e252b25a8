"""Show that a lost number is replaced by two who agree and two days that pass."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.lost_phone import DAY, NETWORK, NEW, Case, held, texts_to
from tests.support.season import Scene
from yanxiu.foundation import pictures
from yanxiu.training.cast import casting, people, proofs
from yanxiu.training.cast.names import Invented
from yanxiu.training.certificates import issuing, verifying
from yanxiu.training.certificates import refusals as certificate_refusals
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.journeys import changing_phone, correcting
from yanxiu.training.notices.models import Notice, Subscription
from yanxiu.training.organisations import (
    grants,
    phone_links,
    phone_pictures,
    phone_refusals,
)
from yanxiu.training.organisations.models import PhoneChange, PhoneChangeAnswer, Region
from yanxiu.training.organisations.phone_changes import Step
from yanxiu.training.people import factors, identities, passwords, refusals
from yanxiu.training.people.models import Account, KnownDevice, Person, Session
from yanxiu.training.trail.models import Entry


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


@pytest.fixture
def case(scene: Scene) -> Case:
    return Case(scene, scene.teacher())


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


# At the same moment.


@pytest.fixture
def alone(own_database: Scratch) -> Case:
    season.publish()
    scene = season.scene()
    return Case(scene, scene.teacher())


def test_of_many_who_ask_at_once_one_is_on_its_way(alone: Case) -> None:
    def ask(number: int) -> str:
        changing_phone.ask(alone.lost(), f"1390007700{number}", network=NETWORK, at=alone.now)
        return "asked"

    assert crowds.together(4, ask) == {"asked": 1, "phone_change_waits": 3}


def test_of_two_who_approve_at_once_one_does_and_it_is_done_once(alone: Case) -> None:
    change = alone.ask()
    alone.vouch(change)

    def approve(number: int) -> str:
        alone.approve(change, by=(alone.county, alone.nation)[number])
        return "approved"

    answers = crowds.together(2, approve)
    assert answers["approved"] == 1
    assert PhoneChangeAnswer.objects.filter(change=change, step=Step.APPROVE).count() == 1
    done = crowds.together(4, lambda _each: str(changing_phone.settle(at=alone.now + 3 * DAY)))
    assert done == {"1": 1, "0": 3}
    assert Entry.objects.filter(verb="phone_change_done").count() == 1


def test_who_stops_it_as_it_comes_due_either_stops_it_or_is_told_so(alone: Case) -> None:
    change, old = alone.agreed(), alone.account.phone

    def act(number: int) -> str:
        if number:
            return str(changing_phone.settle(at=alone.now + 3 * DAY))
        changing_phone.stop(change, by=None, at=alone.now + 2 * DAY)
        return "stopped"

    answers = crowds.together(2, act)
    assert answers in ({"stopped": 1, "0": 1}, {"phone_change_over": 1, "1": 1})
    assert alone.account.phone == (old if answers["stopped"] else NEW)
