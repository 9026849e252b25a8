"""Show that a browser alone reads what is pushed to it, and that one that is gone is forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from yanxiu.foundation import clock
from yanxiu.foundation.periods import CHINA
from yanxiu.training.notices import delivering, notes, refusals, subscriptions
from yanxiu.training.notices.models import Delivery, Subscription
from yanxiu.training.notices.tests import services
from yanxiu.training.notices.tests.services import Browser, Service
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account

NOON = datetime(2025, 9, 15, 12, tzinfo=CHINA)


@pytest.fixture
def browser(teacher: Account, service: Service, settings: Settings) -> Browser:
    """Let the teacher be told on one browser, whose push service is the test's own."""
    settings.YANXIU_PUSH_SERVICES = [service.address]
    found = Browser(service)
    subscriptions.begin(teacher.person, found.subscription, device="手机", at=NOON)
    return found


def tell(teacher: Account) -> None:
    # A kind of which nobody gets a text message.
    notes.tell(
        teacher.person_id,
        "may_enrol",
        facts={"training": "暑期研修"},
        link="/trainings/season/",
        at=NOON,
    )


def test_the_browser_alone_reads_it_and_its_service_knows_the_sender(
    teacher: Account, browser: Browser, service: Service
) -> None:
    tell(teacher)
    assert delivering.deliver(at=NOON) == 1
    [asked] = service.asked
    message = browser.opened(asked.body)
    assert message["body"] == "学校的学制已更正，您现在可以报名“暑期研修”了。"
    assert message["url"] == "/trainings/season/"
    assert asked.path == "/phone"
    assert asked.headers["content-encoding"] == "aes128gcm"
    assert asked.headers["topic"] == message["tag"]
    assert int(asked.headers["ttl"]) == 86_400
    claimed = services.claims(asked.headers["authorization"])
    assert claimed["aud"] == service.address
    assert claimed["exp"] == (NOON + timedelta(hours=12)).timestamp()
    assert Delivery.objects.get().outcome == "sent"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    status: int, teacher: Account, browser: Browser, service: Service
) -> None:
    service.answers = [status]
    tell(teacher)
    delivering.deliver(at=NOON)
    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()
    tell(teacher)
    assert delivering.deliver(at=NOON) == 0


def test_one_browser_that_fails_keeps_no_other_from_being_told(
    teacher: Account, browser: Browser, service: Service
) -> None:
    other = Browser(service, "desk")
    subscriptions.begin(teacher.person, other.subscription, device="电脑", at=NOON)
    service.answers = [503, 201]
    tell(teacher)
    delivering.deliver(at=NOON)
    assert Delivery.objects.filter(outcome="sent").count() == 1
    delivering.deliver(at=NOON + delivering.PAUSES[0])
    assert Delivery.objects.filter(outcome="sent").count() == 2
    assert len(service.asked) == 3


def test_what_a_service_will_never_take_is_given_up(
    teacher: Account, browser: Browser, service: Service
) -> None:
    service.answers = [413]
    tell(teacher)
    delivering.deliver(at=NOON)
    assert (Delivery.objects.get().outcome, Delivery.objects.get().why) == ("failed", "413")


def test_a_browser_belongs_to_whoever_has_subscribed_last(
    teacher: Account, browser: Browser
) -> None:
    other = accounts.open_for("13912345679", kind="teacher", at=clock.now())
    subscriptions.begin(other.person, browser.subscription, device="手机", at=NOON)
    assert subscriptions.of(teacher.person_id) == []
    [mine] = subscriptions.of(other.person_id)
    subscriptions.end(teacher.person, mine.id, at=NOON)
    assert subscriptions.of(other.person_id) == [mine], "nobody ends another's"
    subscriptions.end(other.person, mine.id, at=NOON)
    assert subscriptions.of(other.person_id) == []


def test_only_push_services_and_whole_keys_are_taken(teacher: Account, browser: Browser) -> None:
    good = browser.subscription
    wrong = [
        replace(good, endpoint="http://169.254.169.254/latest/meta-data"),
        replace(good, key=b"\x04" + bytes(64)),
        replace(good, secret=b"short"),
    ]
    for each in wrong:
        with pytest.raises(refusals.NoPushService):
            subscriptions.begin(teacher.person, each, device="", at=NOON)


def test_nobody_has_more_browsers_than_ten(
    teacher: Account, service: Service, browser: Browser
) -> None:
    for number in range(subscriptions.MOST - 1):
        another = Browser(service, str(number)).subscription
        subscriptions.begin(teacher.person, another, device="", at=NOON)
    more = Browser(service, "more").subscription
    with pytest.raises(refusals.TooManyBrowsers):
        subscriptions.begin(teacher.person, more, device="", at=NOON)
    subscriptions.begin(teacher.person, browser.subscription, device="again", at=NOON)
