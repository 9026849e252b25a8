"""Show what agents see of others: by two exact facts or a ticket in hand, covered, and noted."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.foundation import clock
from yanxiu.training.cast import signing_in as cast
from yanxiu.training.notices.models import Notice
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Identity
from yanxiu.training.support import looking, unmasking
from yanxiu.training.support.models import Look, Ticket
from yanxiu.training.trail.models import Entry
from yanxiu.web.desk.tests.conftest import Seat, person
from yanxiu.web.shared import access

SEARCH = "/desk/search/"
WHY = {"fact": "number", "reason": "herself", "sentence": "来电核对"}


def whole(phone: str) -> tuple[Identity, str]:
    identity = identities.current(person(phone).id)
    assert identity
    return identity, identities.number(identity)


def looked_at(agent: Client, ticket: Ticket) -> str:
    return str(agent.post(reverse("desk_ticket_looking", args=[ticket.pk]))["Location"])


def entries(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb).order_by("id"))


def test_two_exact_facts_that_fit_open_what_she_sees(agent: Client, seat: Seat) -> None:
    identity, number = whole(cast.UNVERIFIED)
    found = agent.post(SEARCH, {"phone": cast.UNVERIFIED, "name": identity.name})
    assert found.status_code == 303
    shown = agent.get(found["Location"]).content.decode()
    for covered in (identity.name, number, cast.UNVERIFIED):
        assert covered not in shown
    assert f"{identity.name[0]}**" in shown
    hers = seat(cast.UNVERIFIED).get("/help/").content.decode()
    concern = hers.split('class="own"')[1].split("<span>")[1].split("</span>")[0]
    assert concern in shown, "the very sentence that she reads"
    (entry,) = entries("person_sought")
    assert entry.subject_id == str(identity.person_id)
    assert entry.actor_id == person(cast.SUPPORT).id
    assert cast.UNVERIFIED not in str(entry.detail)
    assert number not in str(entry.detail)


def test_number_and_name_or_phone_fit_as_well(agent: Client) -> None:
    identity, number = whole(cast.READY)
    document = {"document_kind": identity.document_kind, "number": f" {number} "}
    for other in ({"name": identity.name}, {"phone": cast.READY}):
        assert agent.post(SEARCH, document | other).status_code == 303
    assert Look.objects.filter(person=identity.person_id).count() == 1, "found again, counted once"


def test_less_or_wrong_facts_find_nobody_and_tell_nothing(agent: Client) -> None:
    identity, number = whole(cast.READY)
    for typed in (
        {},
        {"phone": cast.READY},
        {"name": identity.name},
        {"document_kind": identity.document_kind, "number": number},
    ):
        assert agent.post(SEARCH, typed).status_code == 400
    answers = [
        agent.post(SEARCH, typed)
        for typed in (
            {"phone": cast.READY, "name": "李四"},
            {"phone": cast.READY, "name": identity.name[0]},
            {"phone": "13999999999", "name": identity.name},
            {"phone": cast.CLAIMS, "name": whole(cast.CLAIMS)[0].name, "number": number}
            | {"document_kind": identity.document_kind},
        )
    ]
    assert {each.status_code for each in answers} == {404}
    said = {each.content.decode().split('role="alert">')[1].split("<")[0] for each in answers}
    assert len(said) == 1, "which fact is wrong is not told"
    assert len(entries("nobody_found")) == 4
    assert answers[-1].context["left"] == looking.A_DAY - 4


def test_so_many_people_a_day_and_misses_count(
    agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "A_DAY", 2)
    mine = {"phone": cast.READY, "name": whole(cast.READY)[0].name}
    other = {"phone": cast.CLAIMS, "name": whole(cast.CLAIMS)[0].name}
    assert agent.post(SEARCH, mine | {"name": "李四"}).status_code == 404
    assert agent.post(SEARCH, mine).status_code == 303
    assert agent.post(SEARCH, other).status_code == 429
    assert agent.post(SEARCH, mine).status_code == 303, "whom she has found is no other person"
    tomorrow = clock.now() + timedelta(days=1)
    assert looking.left(person(cast.SUPPORT).id, at=tomorrow) == 2


def test_a_look_is_its_agents_own_and_of_its_day(
    agent: Client, colleague: Client, held: Ticket
) -> None:
    look = looked_at(agent, held)
    assert agent.get(look).status_code == 200
    assert colleague.get(look).status_code == 404
    agent_id = person(cast.SUPPORT)
    found = Look.objects.get(ticket=held)
    tomorrow = clock.now() + timedelta(days=1)
    assert looking.opened(found.pk, by=agent_id, at=tomorrow) is None


def test_a_ticket_opens_its_owner_only_while_it_is_in_hand(
    agent: Client, colleague: Client, held: Ticket
) -> None:
    opening = reverse("desk_ticket_looking", args=[held.pk])
    assert colleague.post(opening).status_code == 409
    look = looked_at(agent, held)
    looked_at(agent, held)
    (entry,) = entries("person_looked_at")
    assert entry.detail == {"ticket": held.number}
    assert agent.get(f"{look}fact/").status_code == 200
    agent.post(reverse("desk_ticket_release", args=[held.pk]))
    assert agent.get(look).status_code == 404
    assert agent.post(f"{look}fact/", WHY).status_code == 404


def test_each_number_says_why(agent: Client, seat: Seat, held: Ticket) -> None:
    shown = agent.get(looked_at(agent, held)).content.decode()
    hers = seat(cast.CLAIMS).get("/trainings/demo/").content.decode()
    reasons = re.findall(r'<p class="why">(.+?)</p>', hers)
    assert len(reasons) > 1
    assert all(reason in shown for reason in reasons)
    assert "证书：可以领取证书了" in shown
    assert 'href="/trainings' not in shown, "her buttons are told, not pressed"


def test_one_fact_is_shown_whole_for_a_ticket_with_a_reason(
    agent: Client, lead: Client, seat: Seat, held: Ticket
) -> None:
    identity, number = whole(cast.CLAIMS)
    fact = f"{looked_at(agent, held)}fact/"
    assert number not in agent.get(fact).content.decode()
    shown = agent.post(fact, WHY)
    assert number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert cast.CLAIMS not in shown.content.decode(), "the one fact that was asked for"
    assert number not in agent.get(fact).content.decode()
    (entry,) = entries("fact_unmasked")
    told = {"ticket": held.number, "what": "证件号码", "why": "核对提问的是本人：来电核对"}
    assert entry.detail == told
    assert Notice.objects.get(person=identity.person_id, kind="fact_unmasked").facts == told
    trail = lead.get("/desk/trail/").content.decode()
    assert f"为工单 {held.number} 查看了王**的完整证件号码" in trail
    assert identity.name not in trail
    assert "查看了您的完整证件号码" in seat(cast.CLAIMS).get("/me/notices/").content.decode()


@pytest.mark.parametrize(
    ("fact", "expected"), [("name", "王明慧"), ("phone", cast.CLAIMS), ("number", "")]
)
def test_without_a_reason_nothing_is_shown(
    fact: str, expected: str, agent: Client, held: Ticket
) -> None:
    address = f"{looked_at(agent, held)}fact/"
    for typed in ({}, {"reason": ""}, {"reason": "other"}, {"reason": "curiosity"}):
        answer = agent.post(address, {"fact": fact} | typed)
        assert answer.status_code == 400
        assert (expected or whole(cast.CLAIMS)[1]) not in answer.content.decode()
    assert not entries("fact_unmasked")
    named = agent.post(address, {"fact": fact, "reason": "other", "sentence": "上级要求核查"})
    assert (expected or whole(cast.CLAIMS)[1]) in named.content.decode()


def test_an_old_second_factor_is_asked_for_anew(agent: Client, held: Ticket) -> None:
    address = f"{looked_at(agent, held)}fact/"
    session = agent.session
    session[access.SECOND_FACTOR] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()
    assert agent.post(address, WHY)["Location"].startswith(reverse("second_factor"))
    assert not entries("fact_unmasked")


def test_a_search_shows_nothing_whole(agent: Client) -> None:
    name = whole(cast.READY)[0].name
    look = agent.post(SEARCH, {"phone": cast.READY, "name": name})["Location"]
    assert "查看完整的一项" not in agent.get(look).content.decode()
    for answer in (agent.get(f"{look}fact/"), agent.post(f"{look}fact/", WHY)):
        assert answer.status_code == 403
        assert "须有她的工单在您手里" in answer.content.decode()


def test_so_many_facts_a_day(agent: Client, held: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unmasking, "A_DAY", 2)
    address = f"{looked_at(agent, held)}fact/"
    assert [agent.post(address, WHY).status_code for _ in range(3)] == [200, 200, 429]


def test_nobody_is_looked_at_who_has_no_name_yet(agent: Client, country: None) -> None:
    fresh = Account.objects.get(phone=cast.FRESH)
    assert agent.post(SEARCH, {"phone": cast.FRESH, "name": "王芳"}).status_code == 404
    assert not Look.objects.filter(person=fresh.person_id).exists()
    assert agent.get(reverse("desk_look", args=[UUID(int=1)])).status_code == 404
