"""Show that a help desk begins on a fresh machine: its first lead is named by command."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.signing_in import sign_in
from yanxiu.config import agents
from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.training.people import accounts, identities
from yanxiu.training.people.models import Person
from yanxiu.training.support.models import Agent
from yanxiu.training.trail.models import Entry

LEAD, NEW = "13912345678", "13912345679"


def registered(phone: str, name: str, number: str) -> Person:
    person = accounts.open_for(phone, kind="teacher", at=clock.now()).person
    facts = {"name": name, "document_kind": "resident_id", "number": number}
    identities.record(person, **facts, by=person, at=clock.now())
    return person


@pytest.fixture
def lead(db: None) -> Person:
    return registered(LEAD, "王芳", "330106198806159974")


def test_the_first_lead_is_named_by_command_and_names_agents(lead: Person) -> None:
    new = registered(NEW, "李娜", "110101199003078670")
    with pytest.raises(Misconfigured, match="is called 王芳"):
        agents.appoint(LEAD, name="李娜", lead=True)
    assert "王芳 (139****5678) answers" in agents.appoint(LEAD, name="王芳", lead=True)
    assert Entry.objects.get(verb="agent_appointed").actor_id is None
    with pytest.raises(Misconfigured, match="已经是客服"):
        agents.appoint(LEAD, name="", lead=False)
    browser = Client()
    sign_in(browser, lead.account)
    page = reverse("desk_agents")
    for typed in ({"phone": NEW, "name": "王芳"}, {"phone": "13900000001", "name": "李娜"}):
        answer = browser.post(page, typed)
        assert "没有手机号和姓名都相符的人" in answer.content.decode()
    assert browser.post(page, {"phone": NEW, "name": "李娜"}).status_code == 303
    right = Agent.objects.get(person=new)
    assert (right.role, right.given_by) == ("agent", lead)
    assert "李娜" in browser.get(page).content.decode()
    ending = reverse("desk_agent_ending", args=[right.pk])
    assert browser.post(ending).status_code == 303
    assert "从前的客服" in browser.get(page).content.decode()
    assert "answers at the help desk no more" in agents.dismiss(LEAD)
    assert browser.get(page).status_code == 403
    with pytest.raises(Misconfigured, match="does not answer"):
        agents.dismiss(LEAD)
