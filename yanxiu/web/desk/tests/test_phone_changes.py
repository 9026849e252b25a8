"""Show what agents see of who asks for another number by a picture."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.pages import Answer, text
from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import phones, signing_in
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access

LIST, WHY = reverse("desk_phones"), {"why": "核对换绑申请"}


@pytest.fixture
def change(country: None) -> PhoneChange:
    return PhoneChange.objects.get(old_phone=phones.AT_DESK)


def browser(phone: str = signing_in.SUPPORT) -> Client:
    client = Client()
    sign_in(client, Account.objects.get(phone=phone))
    return client


def case(change: PhoneChange) -> str:
    return reverse("desk_phone", args=[change.pk])


def picture(change: PhoneChange) -> str:
    return reverse("desk_phone_picture", args=[change.pk])


def read(change: PhoneChange) -> dict[str, str]:
    identity = identities.current(change.person_id)
    assert identity
    return {"name": identity.name, "number": identities.number(identity), "called": "on"}


def agree(client: Client, change: PhoneChange) -> Answer:
    assert client.post(picture(change), WHY).status_code == 303
    return client.post(case(change), read(change))


def test_all_is_covered_until_an_agent_says_why_she_looks(change: PhoneChange) -> None:
    agent = browser()
    assert "1 个换手机号的申请在等" in text(agent.get(LIST))
    known = read(change)
    page = agent.get(case(change)).content.decode()
    for whole in (known["name"], known["number"], change.new_phone, change.old_phone, "<img"):
        assert whole not in page
    assert agent.get(picture(change)).status_code == 400
    assert agent.post(picture(change), {"why": " "}).status_code == 400
    led = agent.post(picture(change), WHY)
    assert led["Location"] == f"{case(change)}#picture"
    page = agent.get(case(change)).content.decode()
    assert picture(change) in page
    assert change.new_phone in page, "she has to call it"
    assert known["number"] not in page, "which she reads on the picture alone"
    shown = agent.get(picture(change))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in shown["Cache-Control"]


def test_one_agrees_and_another_approves(change: PhoneChange) -> None:
    agent, other = browser(), browser(signing_in.SUPPORT_TOO)
    answer = agree(agent, change)
    assert answer["Location"] == f"{LIST}?done={change.pk}"
    assert "等另一位客服核准" in text(agent.get(answer["Location"]))
    assert "第二步必须由另一个人办理" in text(agent.get(case(change)))
    assert agent.post(case(change), read(change)).status_code == 403
    done = agree(other, change)
    assert "48 小时后生效" in text(other.get(done["Location"]))
    change.refresh_from_db()
    assert change.due_at


def test_nobody_agrees_without_having_called(change: PhoneChange) -> None:
    agent = browser()
    agent.post(picture(change), WHY)
    typed = read(change) | {"called": ""}
    answer = agent.post(case(change), typed)
    assert answer.status_code == 400
    assert "请先拨打新手机号" in text(answer)
    assert f'value="{typed["name"]}"' in answer.content.decode()


def test_picture_and_word_need_a_second_factor_of_the_last_ten_minutes(
    change: PhoneChange,
) -> None:
    agent = browser()
    session = agent.session
    session[access.SECOND_FACTOR] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()
    for answer in (agent.post(picture(change), WHY), agent.post(case(change), read(change))):
        assert answer["Location"].startswith(reverse("second_factor"))
    assert "需要 10 分钟内的二次验证" in text(agent.get(case(change)))


def test_a_no_is_told_with_its_reason(change: PhoneChange) -> None:
    agent = browser()
    assert agent.post(case(change), {"reason": "other"}).status_code == 400
    assert agent.post(case(change), {"reason": "picture_unclear"}).status_code == 303
    assert "没有换手机号的申请在等" in text(agent.get(LIST))
    assert "不需要处理" in text(agent.get(case(change)))


def test_a_removed_picture_is_told_of(change: PhoneChange) -> None:
    gone = {"picture": None, "picture_key": None, "picture_removed_at": clock.now()}
    PhoneChange.objects.filter(pk=change.pk).update(**gone)
    page = text(browser().get(case(change)))
    assert "已于" in page
    assert "删除" in page
    assert browser().get(picture(change)).status_code == 409
