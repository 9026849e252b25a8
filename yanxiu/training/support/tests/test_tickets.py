"""Show what passes between whoever asks and the help desk, and whose turn it is."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from PIL import Image

from tests.support.databases import Scratch
from yanxiu.foundation import clock, pictures
from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.pictures import Picture
from yanxiu.training.notices import kinds
from yanxiu.training.notices.models import Notice
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Person
from yanxiu.training.support import (
    agents,
    attachments,
    drafts,
    handling,
    listing,
    refusals,
    tickets,
)
from yanxiu.training.support.listing import State
from yanxiu.training.support.models import Attachment, Closure, Message, Ticket
from yanxiu.training.support.tickets import Said

MONDAY = datetime(2025, 7, 21, 9, tzinfo=CHINA)
HOUR = timedelta(hours=1)


def shot() -> Picture:
    """Return a small picture as it is kept."""
    sent = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(sent, "PNG")
    return pictures.taken(sent.getvalue())


def asked(teacher: Person, text: str = "找不到学校", *, at: datetime = MONDAY) -> Ticket:
    return tickets.open_new(teacher, "school", Said(text), at=at)


def row(ticket: Ticket, *, at: datetime) -> listing.Row:
    found = listing.own(ticket.person_id, ticket.pk)
    assert found
    return listing.row(found, at=at)


def told(person: Person) -> list[str]:
    found = Notice.objects.filter(person=person).order_by("at", "id")
    return [kinds.told(each.kind, each.facts) for each in found]


def test_whose_turn_it_is_from_asking_to_the_end(teacher: Person, agent: Person) -> None:
    ticket = asked(teacher, "找不到学校\n在平台里搜不到。")
    assert (ticket.title, len(ticket.number)) == ("找不到学校", 9)
    assert row(ticket, at=MONDAY + 2 * HOUR).state == State.WAITING
    handling.take(ticket, by=agent, at=MONDAY)
    assert row(ticket, at=MONDAY).state == State.IN_HAND
    tickets.answer(ticket, Said("请用旧校名搜索。"), by=agent, at=MONDAY + HOUR)
    assert row(ticket, at=MONDAY).state == State.ANSWERED
    tickets.write(ticket, Said("还是没有。"), by=teacher, at=MONDAY + 2 * HOUR)
    assert row(ticket, at=MONDAY).state == State.IN_HAND
    tickets.close(ticket, "solved", sentence="已新增", by=agent, at=MONDAY + 3 * HOUR)
    assert row(ticket, at=MONDAY).state == State.CLOSED
    assert told(teacher) == [
        "客服答复了您的工单“找不到学校”。",
        "您的工单“找不到学校”已办结：问题已解决——已新增",
    ]
    talk = [(each.is_answer, each.text) for each in tickets.conversation(ticket)]
    assert talk[1:] == [(True, "请用旧校名搜索。"), (False, "还是没有。")]


def test_a_wait_is_counted_in_hours_that_are_worked(teacher: Person) -> None:
    friday_evening = datetime(2025, 7, 18, 16, 30, tzinfo=CHINA)
    ticket = asked(teacher, at=friday_evening)
    assert row(ticket, at=MONDAY).waited == HOUR
    tickets.write(ticket, Said("补充一句"), by=teacher, at=MONDAY)
    assert row(ticket, at=MONDAY + HOUR).waited == 2 * HOUR, "more words make nobody wait anew"


def test_the_queue_begins_with_the_longest_wait(teacher: Person, agent: Person) -> None:
    late, early = asked(teacher, at=MONDAY + HOUR), asked(teacher, at=MONDAY)
    answered, held = asked(teacher), asked(teacher)
    tickets.answer(answered, Said("好"), by=agent, at=MONDAY)
    handling.take(held, by=agent, at=MONDAY)
    found = listing.waiting(at=MONDAY + 2 * HOUR)
    assert [each.ticket for each in found.rows] == [early, late]
    assert [each.ticket for each in listing.in_hand(agent.id, at=MONDAY)] == [held, answered]
    tally = listing.tally(agent.id, at=MONDAY + 2 * HOUR)
    assert (tally.waiting, tally.waited, tally.mine) == (2, 2 * HOUR, 2)
    assert listing.waiting(topic="other", at=MONDAY).rows == []


@pytest.mark.parametrize("text", ["", "  \n", "😀🎉👍", "？！……"])
def test_without_a_word_nothing_is_sent(text: str, teacher: Person) -> None:
    with pytest.raises(refusals.NothingSaid):
        asked(teacher, text)
    assert not Ticket.objects.exists()


def test_what_is_too_long_is_refused(teacher: Person) -> None:
    asked(teacher, "字" * 2000)
    with pytest.raises(refusals.SaidTooMuch):
        asked(teacher, "字" * 2001)
    with pytest.raises(refusals.TooManyPictures):
        tickets.open_new(teacher, "school", Said("看图", [shot()] * 4), at=MONDAY)


def test_nobody_has_more_than_five_open_or_writes_without_end(
    teacher: Person, agent: Person
) -> None:
    opened = [asked(teacher) for _ in range(tickets.OPEN_MOST)]
    with pytest.raises(refusals.TooManyTickets):
        asked(teacher)
    tickets.close(opened[0], "explained", by=agent, at=MONDAY)
    asked(teacher)
    for _ in range(tickets.HOURLY_MOST - 6):
        tickets.write(opened[1], Said("还有"), by=teacher, at=MONDAY)
    with pytest.raises(refusals.TooManyMessages):
        tickets.write(opened[1], Said("还有"), by=teacher, at=MONDAY)
    tickets.write(opened[1], Said("还有"), by=teacher, at=MONDAY + HOUR)


def test_an_agent_does_not_answer_herself(agent: Person) -> None:
    ticket = asked(agent)
    for deed in (
        lambda: tickets.answer(ticket, Said("好"), by=agent, at=MONDAY),
        lambda: tickets.close(ticket, "solved", by=agent, at=MONDAY),
        lambda: handling.take(ticket, by=agent, at=MONDAY),
    ):
        with pytest.raises(refusals.OwnTicket):
            deed()


def test_a_ticket_ends_once_and_by_a_code(teacher: Person, agent: Person) -> None:
    ticket = asked(teacher)
    for code in ("", "whatever", "withdrawn"):
        with pytest.raises(refusals.ReasonMissing):
            tickets.close(ticket, code, by=agent, at=MONDAY)
    tickets.withdraw(ticket, by=teacher, at=MONDAY)
    with pytest.raises(refusals.TicketClosed):
        tickets.withdraw(ticket, by=teacher, at=MONDAY)
    with pytest.raises(refusals.TicketClosed):
        tickets.answer(ticket, Said("好"), by=agent, at=MONDAY)
    with pytest.raises(refusals.TicketClosed):
        handling.take(ticket, by=agent, at=MONDAY)


def test_its_owner_opens_it_again_within_thirty_days(teacher: Person, agent: Person) -> None:
    ticket = asked(teacher)
    tickets.close(ticket, "solved", by=agent, at=MONDAY)
    in_time = MONDAY + tickets.REOPENS_FOR - HOUR
    tickets.write(ticket, Said("又来了"), by=teacher, at=in_time)
    assert row(ticket, at=in_time).state == State.WAITING
    tickets.close(ticket, "solved", by=agent, at=in_time)
    with pytest.raises(refusals.TicketOver):
        tickets.write(ticket, Said("又"), by=teacher, at=in_time + tickets.REOPENS_FOR)
    assert Closure.objects.filter(ticket=ticket).count() == 2


def test_a_ticket_is_in_one_hand(teacher: Person, agent: Person) -> None:
    other = accounts.open_for("13912345671", kind="teacher", at=MONDAY).person
    agents.appoint(other, "agent", by=None, at=MONDAY)
    ticket = asked(teacher)
    handling.take(ticket, by=agent, at=MONDAY)
    for deed in (
        lambda: handling.take(ticket, by=other, at=MONDAY),
        lambda: tickets.answer(ticket, Said("好"), by=other, at=MONDAY),
        lambda: tickets.close(ticket, "solved", by=other, at=MONDAY),
    ):
        with pytest.raises(refusals.AlreadyTaken, match="already_taken"):
            deed()
    with pytest.raises(refusals.NotInHand):
        handling.put_back(ticket, by=other, at=MONDAY)
    with pytest.raises(refusals.OwnTicket):
        handling.hand_over(ticket, teacher, by=agent, at=MONDAY)
    nobody = accounts.open_for("13912345672", kind="teacher", at=MONDAY).person
    with pytest.raises(refusals.NoAgent):
        handling.hand_over(ticket, nobody, by=agent, at=MONDAY)
    handling.hand_over(ticket, other, by=agent, at=MONDAY)
    assert row(ticket, at=MONDAY).agent_id == other.id
    handling.put_back(ticket, by=other, at=MONDAY)
    assert row(ticket, at=MONDAY).state == State.WAITING


def test_two_agents_at_once_and_one_has_it(own_database: Scratch) -> None:
    at = clock.now()
    teacher, *agents = (
        accounts.open_for(f"1391234567{n}", kind="teacher", at=at).person for n in range(9)
    )
    ticket = asked(teacher, at=at)

    def take(agent: Person) -> bool:
        try:
            handling.take(ticket, by=agent, at=at)
        except refusals.AlreadyTaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, agents)) == 1


def test_pictures_are_sealed_seen_by_their_owner_alone_and_removed_in_time(
    teacher: Person, agent: Person
) -> None:
    ticket = tickets.open_new(teacher, "other", Said("看图", [shot(), shot()]), at=MONDAY)
    first, _second = Attachment.objects.order_by("id")
    assert first.sealed
    assert b"JFIF" not in bytes(first.sealed)
    seen = attachments.own(teacher.id, first.pk)
    assert seen
    assert seen.startswith(b"\xff\xd8\xff")
    assert attachments.own(agent.id, first.pk) is None
    tickets.close(ticket, "solved", by=agent, at=MONDAY)
    assert attachments.sweep(at=MONDAY + timedelta(days=6)) == 0
    assert attachments.sweep(at=MONDAY + timedelta(days=7)) == 2
    assert attachments.sweep(at=MONDAY + timedelta(days=7)) == 0
    assert attachments.own(teacher.id, first.pk) is None
    assert not Attachment.objects.filter(sealed__isnull=False).exists()


def test_no_picture_is_kept_longer_than_thirty_days(teacher: Person) -> None:
    tickets.open_new(teacher, "other", Said("看图", [shot()]), at=MONDAY)
    assert attachments.sweep(at=MONDAY + timedelta(days=29)) == 0
    assert attachments.sweep(at=MONDAY + timedelta(days=30)) == 1


def test_a_draft_is_kept_until_it_is_sent(teacher: Person) -> None:
    drafts.keep(teacher, None, topic="school", text="写了一半", at=MONDAY)
    drafts.keep(teacher, None, topic="study", text="写了大半", at=MONDAY + HOUR)
    kept = drafts.of(teacher.id, None)
    assert kept
    assert (kept.topic, kept.text) == ("study", "写了大半")
    ticket = asked(teacher, "写完了")
    assert drafts.of(teacher.id, None) is None
    drafts.keep(teacher, ticket, topic="", text="补充", at=MONDAY)
    drafts.keep(teacher, None, topic="", text="另一件事", at=MONDAY)
    tickets.write(ticket, Said("补充完了"), by=teacher, at=MONDAY)
    assert drafts.of(teacher.id, ticket) is None
    assert drafts.of(teacher.id, None)
    drafts.keep(teacher, None, topic="", text=" ", at=MONDAY)
    assert drafts.of(teacher.id, None) is None


def test_a_list_is_read_page_by_page(teacher: Person, agent: Person) -> None:
    for day in range(listing.PAGE + 3):
        at = MONDAY + timedelta(days=day)
        tickets.withdraw(asked(teacher, f"第 {day} 个", at=at), by=teacher, at=at)
    first = listing.of(teacher.id, at=MONDAY)
    rest = listing.of(teacher.id, after=first.onward, at=MONDAY)
    assert [len(first.rows), len(rest.rows), rest.onward] == [listing.PAGE, 3, None]
    assert listing.of(agent.id, after=first.onward, at=MONDAY).rows == []


@pytest.mark.parametrize(
    ("text", "title"),
    [("\n 一 \n二", "一"), ("字" * 40, "字" * 40), ("字" * 41, "字" * 39 + "…")],
)
def test_a_title_is_the_first_line(text: str, title: str) -> None:
    assert tickets.title(text) == title


def test_markup_stays_a_text(teacher: Person) -> None:
    ticket = asked(teacher, "<script>alert(1)</script>")
    assert Message.objects.get(ticket=ticket).text == "<script>alert(1)</script>"
