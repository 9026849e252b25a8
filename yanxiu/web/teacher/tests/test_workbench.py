"""Show the workbench: tools first, then 培训 with a way to all of her trainings."""

from django.test import Client

from tests.support.pages import text
from yanxiu.training.cast import signing_in
from yanxiu.training.people.models import Account


def workbench(phone: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(phone=phone))
    return client


def test_below_the_tools_are_her_trainings_and_more_leads_to_all(country: None) -> None:
    answer = workbench(signing_in.READY).get("/me/workbench/")
    said = text(answer)
    assert said.index("常用") < said.index("培训 专题培训")
    assert said.count("已报名") == 2
    assert "查看更多" in said
    assert 'href="/me/trainings/"' in answer.content.decode()


def test_whoever_is_new_sees_what_is_open(country: None) -> None:
    said = text(workbench(signing_in.FRESH).get("/me/workbench/"))
    assert "可以报名" in said
    assert "已报名" not in said
    assert "平台管理系统" not in said.split("常用")[1].split("培训")[0]


def test_an_officer_finds_her_console_among_the_tools(country: None) -> None:
    officer = workbench(signing_in.SCHOOL).get("/me/workbench/")
    assert "平台管理系统" in text(officer).split("常用")[1].split("专题培训")[0]
