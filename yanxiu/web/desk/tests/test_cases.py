"""Show how agents work: take, answer, hand over, merge, end; no two do the same."""

from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yanxiu.foundation import clock
from yanxiu.training.cast import people
from yanxiu.training.cast import signing_in as cast
from yanxiu.training.cast.casting import FIRST_PHONE, Call
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Region
from yanxiu.training.support import drafts, handling, tickets
from yanxiu.training.support.models import CannedAnswer, Closure, Handling, Ticket
from yanxiu.training.support.tickets import Said
from yanxiu.web.desk.tests.conftest import Seat, person


def page(ticket: Ticket, act: str = "") -> str:
    return reverse("desk_ticket", args=[ticket.pk]) + (f"{act}/" if act else "")


def seen(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_from_the_queue_to_the_end(agent: Client, seat: Seat, ticket: Ticket) -> None:
    queue = seen(agent, "/desk/")
    assert ticket.title in queue
    assert "个工单在等，最久的" in queue
    assert agent.post(page(ticket, "taking")).status_code == 303
    assert ticket.title not in seen(agent, "/desk/")
    assert ticket.title in seen(agent, "/desk/mine/")
    answered = agent.post(page(ticket), {"text": "每门课程有上限，请看专题页。"})
    assert answered["Location"].endswith("?done=answered")
    assert "等老师回复" in seen(agent, page(ticket))
    assert "每门课程有上限" in seen(seat(cast.CLAIMS), f"/me/tickets/{ticket.pk}/")
    end = {"code": "explained", "sentence": "已说明上限。"}
    assert agent.post(page(ticket, "closing"), end).status_code == 303
    whole = seen(agent, page(ticket))
    assert "已说明情况" in whole
    assert "已说明上限。" in whole
    assert Handling.objects.filter(ticket=ticket, until=None).count() == 0


def test_the_longest_wait_is_taken_by_one_press_and_by_one_agent(
    agent: Client, colleague: Client
) -> None:
    taken = [browser.post("/desk/next/")["Location"] for browser in (agent, colleague)]
    assert len(set(taken)) == 2
    for _ in range(Ticket.objects.count()):
        last = agent.post("/desk/next/")["Location"]
    assert last == "/desk/", "nothing is left to take"


def test_of_two_agents_at_once_the_second_reads_who_has_it(colleague: Client, held: Ticket) -> None:
    for address, typed in (
        (page(held), {"text": "我也写了很长的答复。"}),
        (page(held, "taking"), {}),
        (page(held, "closing"), {"code": "solved"}),
    ):
        answer = colleague.post(address, typed)
        assert answer.status_code == 409
        assert "该工单已由何家豪处理" in answer.content.decode()
    kept = drafts.of(person(cast.SUPPORT_TOO).id, held)
    assert kept
    assert kept.text == "我也写了很长的答复。"
    assert not Closure.objects.filter(ticket=held).exists()


def test_a_draft_is_kept_while_an_agent_writes(agent: Client, held: Ticket) -> None:
    kept = agent.post(page(held), {"text": "写了一半", "keep": "1"}, headers={"X-Draft": "1"})
    assert kept.status_code == 204
    whole = seen(agent, page(held))
    assert "写了一半" in whole
    assert "已恢复您" in whole
    too_long = agent.post(page(held), {"text": "字" * 2001})
    assert too_long.status_code == 400
    assert "字" * 2001 in seen(agent, page(held))
    agent.post(page(held), {"discard": "1"})
    assert "已恢复您" not in seen(agent, page(held))
    agent.post(page(held), {"text": "写完了"})
    assert drafts.of(person(cast.SUPPORT).id, held) is None


def test_a_canned_answer_is_filled_below_what_was_written(agent: Client, held: Ticket) -> None:
    canned = CannedAnswer.objects.get(title="电话联系")
    answer = agent.post(page(held), {"text": "请稍等。", "canned": str(canned.pk)})
    assert answer["Location"].endswith("#answer")
    whole = seen(agent, page(held))
    assert "请稍等。\n王老师您好：也可以在工作日 8:30-17:00拨打" in whole
    assert f"请报工单号{held.number}" in whole
    assert "「" not in whole.split("<textarea")[1].split("</textarea>")[0]


def test_a_ticket_is_handed_over_and_put_back(
    agent: Client, colleague: Client, held: Ticket
) -> None:
    other = person(cast.SUPPORT_TOO)
    assert agent.post(page(held, "handover"), {"to": ""}).status_code == 400
    assert agent.post(page(held, "handover"), {"to": str(other.id)}).status_code == 303
    assert held.title in seen(colleague, "/desk/mine/")
    told = Notice.objects.filter(person=other, kind="ticket_received").get()
    assert told.facts == {"agent": "何家豪", "title": held.title}
    assert "温晓彤" in seen(agent, page(held))
    assert agent.post(page(held, "release")).status_code == 409
    assert colleague.post(page(held, "release")).status_code == 303
    assert held.title in seen(colleague, "/desk/")


def test_two_tickets_of_one_person_become_one(agent: Client, seat: Seat, held: Ticket) -> None:
    owner = person(cast.CLAIMS)
    again = tickets.open_new(owner, "study", Said("还是学时的事"), at=clock.now())
    strangers = tickets.open_new(person(cast.READY), "study", Said("别人的"), at=clock.now())
    assert agent.post(page(again, "merging"), {"into": str(strangers.pk)}).status_code == 400
    merged = agent.post(page(again, "merging"), {"into": str(held.pk)})
    assert merged["Location"] == f"{page(held)}?done=merged"
    whole = seen(agent, page(held))
    assert "还是学时的事" in whole
    assert f"来自工单 {again.number}" in whole
    assert Closure.objects.get(ticket=again).code == "duplicate"
    hers = seat(cast.CLAIMS)
    assert f'已并入工单 <span class="num">{held.number}</span>' in seen(
        hers, f"/me/tickets/{again.pk}/"
    )
    more = hers.post(f"/me/tickets/{again.pk}/", {"text": "补充"})
    assert more.status_code == 409
    assert "请在那个工单里补充" in more.content.decode()
    third = tickets.open_new(owner, "study", Said("第三个"), at=clock.now())
    both = agent.post(page(held, "merging"), {"into": str(third.pk)})
    assert "已有工单并入这个工单" in both.content.decode()


def test_nobody_works_on_her_own_ticket(agent: Client, country: None) -> None:
    own = tickets.open_new(person(cast.SUPPORT), "other", Said("我自己的问题"), at=clock.now())
    assert "须由其他客服处理" in seen(agent, page(own))
    for act, typed in (("taking", {}), ("closing", {"code": "solved"}), ("", {"text": "好"})):
        assert agent.post(page(own, act), typed).status_code == 403
    handling.take(own, by=person(cast.SUPPORT_TOO), at=clock.now())
    to = {"to": str(person(cast.SUPPORT).id)}
    assert agent.post(page(own, "handover"), to).status_code in {400, 403, 409}


def test_a_ticket_is_found_by_its_number_alone(agent: Client, ticket: Ticket) -> None:
    spoken = f"{ticket.number[:3]} {ticket.number[3:]}"
    assert agent.get("/desk/", {"number": spoken})["Location"] == page(ticket)
    assert "没有这个工单号" in agent.get("/desk/", {"number": "1"}).content.decode()


def test_the_queue_is_narrowed_by_topic(agent: Client, ticket: Ticket) -> None:
    assert ticket.title in seen(agent, "/desk/?topic=study")
    assert ticket.title not in seen(agent, "/desk/?topic=account")


def test_a_lead_keeps_the_canned_answers(lead: Client, agent: Client, held: Ticket) -> None:
    new = {"title": "停机维护", "topic": "study", "text": "「称呼」好，今晚维护。"}
    assert lead.post("/desk/answers/new/", new).status_code == 303
    assert lead.post("/desk/answers/new/", new).status_code == 409, "one of each title"
    assert "停机维护" in seen(agent, "/desk/answers/")
    assert "停机维护" in seen(agent, page(held))
    kept = CannedAnswer.objects.get(title="停机维护")
    change = reverse("desk_canned_change", args=[kept.pk])
    assert lead.post(change, new | {"text": "维护已结束。"}).status_code == 303
    assert lead.get(change).status_code == 404, "another row has taken its place"
    fresh = CannedAnswer.objects.get(title="停机维护", ended_at=None)
    assert lead.post(reverse("desk_canned_ending", args=[fresh.pk])).status_code == 303
    assert "停机维护" not in seen(agent, "/desk/answers/")


def test_a_lead_reads_how_the_desk_keeps_up(lead: Client, agent: Client, held: Ticket) -> None:
    before = lead.get("/desk/numbers/").context["today"]
    agent.post(page(held), {"text": "好"})
    agent.post(page(held, "closing"), {"code": "passed_on"})
    shown = lead.get("/desk/numbers/")
    today = shown.context["today"]
    assert (today.answered, today.ended) == (before.answered + 1, before.ended + 1)
    bars = {bar.label: bar for bar in shown.context["bars"]}
    assert bars["已转交有关方面"].number >= 1
    assert max(bar.width for bar in bars.values()) == 200
    assert all(bar.width == 0 for bar in bars.values() if not bar.number)
    assert "已转交有关方面" in shown.content.decode()


def test_hours_of_the_line_stand_on_every_page(agent: Client) -> None:
    whole = seen(agent, "/desk/mine/")
    assert "咨询时间 工作日 8:30-17:00" in whole
    assert ("现在对外接听" in whole) != ("现在不对外接听" in whole)


def test_who_becomes_an_officer_answers_no_more(agent: Client) -> None:
    nation = Region.objects.get(level=Region.Level.NATION)
    grants.appoint(person(cast.SUPPORT), nation, at=clock.now())
    refused = agent.get("/desk/")
    assert refused.status_code == 403
    assert "不能同时做客服" in refused.content.decode()


def test_the_queue_asks_as_often_for_twenty_as_for_three(agent: Client, country: None) -> None:
    call = Call(clock.now(), phones=count(FIRST_PHONE + 7000), indices=count(7000))

    def ask(number: int) -> None:
        for _ in range(number):
            owner = people.register(call.phone(), at=clock.now())
            opened = tickets.open_new(owner, "other", Said("排队"), at=clock.now())
            held = tickets.open_new(owner, "other", Said("在手里"), at=clock.now())
            handling.take(held, by=person(cast.SUPPORT), at=clock.now())
            assert opened.waits_since

    def asked(address: str) -> int:
        agent.get(address)
        with CaptureQueriesContext(connection) as seen:
            agent.get(address)
        return len(seen.captured_queries)

    ask(3)
    few = [asked("/desk/"), asked("/desk/mine/")]
    ask(17)
    assert [asked("/desk/"), asked("/desk/mine/")] == few
    page_two = agent.get("/desk/").context["onward"]
    assert agent.get(f"/desk/?after={page_two}").context["rows"]
