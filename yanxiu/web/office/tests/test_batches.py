"""Show the answering of many at once: asked before, given once, an outcome for each row."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.foundation import clock
from yanxiu.training.cast import people, places, rosters, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import batches
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import answering
from yanxiu.training.organisations.models import Batch, Decision, RosterEntry
from yanxiu.training.people.models import Account
from yanxiu.web.office.tests import desks

BATCHES = reverse("office_batches")


@pytest.fixture
def client(desk: Desk) -> Client:
    return desks.browser(desk.officer)


def listed(call: Call, desk: Desk, many: int = 3) -> list[Teacher]:
    """Let some wait whom the roster knows."""
    found = []
    for _ in range(many):
        who = call.person()
        found.append(people.join(call.phone(), who, desk.school, at=call.ago(days=2)))
        rosters.enter(desk.school, who, at=call.ago(days=9))
    return found


def form(page: str) -> dict[str, str]:
    """Return what the page's form carries by itself."""
    main = page.partition("<main")[2]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', main))


def ids(*teachers: Teacher) -> str:
    return " ".join(teacher.asked.id.hex for teacher in teachers)


def give(client: Client, **typed: str) -> Any:
    return client.post(BATCHES, {"batch": str(uuid4()), "outcome": "approved"} | typed)


def outcomes(answer: Any) -> list[tuple[UUID, str]]:
    batch = Batch.objects.get(pk=answer["Location"].split("/")[-2])
    return [(UUID(each), code) for each, code, _facts in batch.answers]


def approved() -> set[UUID]:
    return set(Decision.objects.filter(outcome="approved").values_list("pk", flat=True))


def test_all_matches_are_named_first_and_approved_with_one_button(
    call: Call, desk: Desk, client: Client
) -> None:
    teachers = listed(call, desk)
    stranger = call.teacher(desk.school, at=call.ago(days=1))
    shown = client.get(f"{BATCHES}?matching=1").content.decode()
    assert "通过这3位老师？" in desks.seen(shown)
    assert all(teacher.asked.identity.name in shown for teacher in teachers)
    assert "不能撤销" in shown
    answer = client.post(BATCHES, form(shown))
    assert answer.status_code == 303
    assert {teacher.asked.id for teacher in teachers} <= approved()
    assert stranger.asked.id not in approved()
    seen = desks.seen(client.get(answer["Location"]).content.decode())
    assert "已通过3位老师" in seen
    assert "逐个审核还在等的1位" in seen


def test_who_has_left_the_roster_meanwhile_is_not_approved_as_a_match(
    call: Call, desk: Desk, client: Client
) -> None:
    teachers = listed(call, desk)
    shown = client.get(f"{BATCHES}?matching=1").content.decode()
    RosterEntry.objects.filter(name=teachers[0].asked.identity.name).delete()
    answer = client.post(BATCHES, form(shown))
    assert outcomes(answer)[0] == (teachers[0].asked.id, "no_longer_matches")
    assert "仍在等待审核" in client.get(answer["Location"]).content.decode()
    assert teachers[0].asked.id not in approved()


def test_a_selection_shows_who_is_unlike_the_roster_before_it_is_approved(
    call: Call, desk: Desk, client: Client
) -> None:
    (known,) = listed(call, desk, 1)
    stranger = call.teacher(desk.school, at=call.ago(days=1))
    picked = {"ids": [known.asked.id.hex, stranger.asked.id.hex], "outcome": "approved"}
    shown = client.get(BATCHES, picked).content.decode()
    assert "其中1位与名册不一致" in desks.seen(shown)
    answer = client.post(BATCHES, form(shown))
    assert [code for _id, code in outcomes(answer)] == ["", ""]
    assert {known.asked.id, stranger.asked.id} <= approved()


def test_one_reason_is_given_to_all_and_every_teacher_is_told(
    call: Call, desk: Desk, client: Client
) -> None:
    teachers = [call.teacher(desk.school, at=call.ago(days=1)) for _ in range(2)]
    picked = {"ids": [teacher.asked.id.hex for teacher in teachers], "outcome": "rejected"}
    typed = form(client.get(BATCHES, picked).content.decode())
    refused = client.post(BATCHES, typed | {"sentence": "请先找教务处。"})
    assert refused.status_code == 400
    assert "请选择退回的原因" in refused.content.decode()
    assert "请先找教务处。" in refused.content.decode()
    assert form(refused.content.decode())["ids"] == typed["ids"]
    answer = client.post(BATCHES, typed | {"reason": "not_ours", "sentence": "请先找教务处。"})
    assert "已退回2份申请" in desks.seen(client.get(answer["Location"]).content.decode())
    told = Notice.objects.filter(person__in=[teacher.person for teacher in teachers])
    assert {notice.facts["reason"] for notice in told} == {"不是本校教师——请先找教务处。"}


def test_each_row_has_an_outcome_and_what_is_foreign_is_not_found(
    call: Call, desk: Desk, client: Client
) -> None:
    open_, done = (call.teacher(desk.school, at=call.ago(days=1)) for _ in range(2))
    people.approve(done, by=desk.officer, at=clock.now())
    foreign = call.teacher(places.of("110108", "342"), at=call.ago(days=1))
    nobody = uuid4()
    answer = give(client, ids=f"{ids(open_, done, foreign)} {nobody}")
    assert dict(outcomes(answer)) == {
        open_.asked.id: "",
        done.asked.id: "already_decided",
        foreign.asked.id: "not_found",
        nobody: "not_found",
    }
    shown = client.get(answer["Location"]).content.decode()
    text = desks.seen(shown)
    assert "已通过1位老师，3份没有办成" in text
    assert "该申请已由" in text
    assert text.count("未找到该内容或您无权查看") == 2
    assert foreign.asked.identity.name not in shown
    assert foreign.asked.id not in approved()


def test_ten_thousand_ids_are_answered_and_more_are_refused(client: Client) -> None:
    many = [uuid4().hex for _ in range(batches.MOST)]
    answer = give(client, ids=" ".join(many))
    assert {code for _id, code in outcomes(answer)} == {"not_found"}
    shown = client.get(f"{answer['Location']}?start=9950").content.decode()
    assert shown.count("<li>") >= 100
    over = give(client, ids=" ".join([*many, uuid4().hex]))
    assert over.status_code == 400
    assert "一次最多处理" in over.content.decode()


def test_a_form_sent_twice_is_answered_once(call: Call, desk: Desk, client: Client) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=1))
    typed = {"batch": str(uuid4()), "outcome": "approved", "ids": ids(teacher)}
    first, second = client.post(BATCHES, typed), client.post(BATCHES, typed)
    assert first["Location"] == second["Location"]
    assert outcomes(second) == [(teacher.asked.id, "")]


def test_herself_is_left_out_of_her_own_batch(call: Call, desk: Desk) -> None:
    other, herself = (call.teacher(desk.school, at=call.ago(days=1)) for _ in range(2))
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    people.appoint(herself.person, desk.school, by=county, at=clock.now())
    answer = give(desks.browser(herself.person), ids=ids(other, herself))
    assert dict(outcomes(answer)) == {other.asked.id: "", herself.asked.id: "self_approval"}


def test_too_many_strangers_are_handed_to_the_county(
    call: Call, desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "STRANGERS_MOST", 2)
    strangers = [call.teacher(desk.school, at=call.ago(days=4 - n)) for n in range(3)]
    answer = give(client, ids=ids(*strangers))
    assert [code for _id, code in outcomes(answer)] == ["handed_up", "", ""]
    assert "已转县区" in client.get(answer["Location"]).content.decode()
    last = call.teacher(desk.school, at=call.ago(hours=1))
    led = client.post(desks.case(last.asked), {"outcome": "approved"})
    assert "已转给县区管理员复核，暂未通过" in client.get(led["Location"]).content.decode()
    county = desks.browser(signing_in.COUNTY)
    assert county.post(desks.case(last.asked), {"outcome": "approved"}).status_code == 303
    assert last.asked.id in approved()


def test_a_batch_is_read_by_whoever_gave_it_alone(call: Call, desk: Desk, client: Client) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=1))
    typed = {"batch": str(uuid4()), "outcome": "approved", "ids": ids(teacher)}
    led = client.post(BATCHES, typed)["Location"]
    county = desks.browser(signing_in.COUNTY)
    assert county.get(led).status_code == 404
    assert county.post(BATCHES, typed).status_code == 404


@pytest.mark.parametrize(
    "typed", [{"ids": ""}, {"ids": "junk"}, {"ids": str(uuid4()), "batch": "x"}]
)
def test_a_form_that_lacks_something_changes_nothing(client: Client, typed: dict[str, str]) -> None:
    before = Batch.objects.count()
    assert give(client, **typed).status_code == 400
    assert Batch.objects.count() == before


def test_nothing_picked_says_so(client: Client) -> None:
    assert "没有选中任何老师" in client.get(f"{BATCHES}?outcome=approved").content.decode()
