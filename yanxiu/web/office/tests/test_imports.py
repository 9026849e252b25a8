"""Import through the pages: upload, look, confirm, follow, and mend what was refused."""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.support import jobs
from yanxiu.foundation import clock, sheets
from yanxiu.training.cast import signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import grants, rosters
from yanxiu.training.organisations.imports import handing_in, staging
from yanxiu.training.organisations.models import Import
from yanxiu.training.people.models import Account
from yanxiu.web.office.tests import desks

NEW = reverse("office_import_new", args=["roster"])
TITLES = ("姓名", "证件号码", "职务", "任教学科")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

type Rows = Sequence[Sequence[str]]


def book(rows: Rows, titles: Sequence[str] = TITLES) -> bytes:
    with sheets.written(rows, titles) as file:
        return file.read()


def gbk(rows: Rows) -> bytes:
    return "\r\n".join(",".join(row) for row in (TITLES, *rows)).encode("gbk")


def read(content: bytes) -> list[list[str]]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return [list(map(str, row)) for row in rows]


def upload(client: Client, name: str, content: bytes, mode: str = "add") -> Any:
    """Send a file with the form as the page gives it."""
    node = re.search(r'name="node" value="([^"]+)"', client.get(NEW).content.decode())
    assert node
    sent = {"node": node[1], "mode": mode, "sheet": SimpleUploadedFile(name, content)}
    return client.post(NEW, sent)


def people(call: Call, many: int) -> list[list[str]]:
    invented = [call.person() for _ in range(many)]
    return [[who.name, who.number, "教师", "语文"] for who in invented]


@pytest.mark.parametrize(("name", "written"), [("名册.xlsx", book), ("名册.csv", gbk)])
def test_a_sheet_goes_from_its_upload_to_its_refused_rows_and_back(
    call: Call, desk: Desk, name: str, written: Callable[[Rows], bytes]
) -> None:
    client = desks.browser(desk.officer)
    good, (late,) = people(call, 2), people(call, 1)
    wrong = [late[0], late[1][:17], *late[2:]]

    page = upload(client, name, written([*good, wrong]))["Location"]
    preview = client.get(page).content.decode()
    assert "3行，其中1行看起来有误" in desks.seen(preview)
    assert "第4行" in desks.seen(preview)
    assert good[0][1] not in preview, "numbers are covered"
    assert not rosters.current([desk.school.id]).exists()

    sheet = Import.objects.get(by=desk.officer)
    confirmed = client.post(reverse("office_import_confirmation", args=[sheet.id]))
    assert confirmed["Location"] == page
    jobs.run()
    result = client.get(page).content.decode()
    assert "已导入2行，1行未导入" in desks.seen(result)
    assert "hx-get" not in result
    assert rosters.current([desk.school.id]).count() == 2

    refused = client.get(reverse("office_import_refused", args=[sheet.id])).content
    titles, row = read(refused)
    assert titles[-1] == "未导入原因"
    assert row[titles.index("证件号码")] == wrong[1]
    assert row[-1].startswith("第 4 行 B4 ")

    row[titles.index("证件号码")] = late[1]
    again = upload(client, "改好.xlsx", book([row], titles))["Location"]
    mended = Import.objects.get(by=desk.officer, finished_at=None)
    client.post(reverse("office_import_confirmation", args=[mended.id]))
    jobs.run()
    assert "已导入1行" in desks.seen(client.get(again).content.decode())
    assert rosters.current([desk.school.id]).count() == 3


def test_progress_is_told_in_numbers_with_scripts_and_without(call: Call, desk: Desk) -> None:
    client = desks.browser(desk.officer)
    page = upload(client, "名册.xlsx", book([*people(call, 2), ["陈建国", "", "", ""]]))["Location"]
    sheet = Import.objects.get(by=desk.officer)
    client.post(reverse("office_import_confirmation", args=[sheet.id]))
    waiting = client.get(page).content.decode()
    assert "正在读取和检查：0/3行" in desks.seen(waiting)
    assert f'hx-get="{page}"' in waiting
    assert re.search(rf'<noscript>.*href="{page}">刷新进度</a>.*</noscript>', waiting)
    staging.stage(sheet)
    half = client.get(page).content.decode()
    assert "正在导入：1/3行" in desks.seen(half)
    assert f'hx-get="{page}"' in half


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名册.xls", OLE, "旧版 .xls"),
        ("名册.xlsx", b"PK\3\4" + b"\0" * 90, "无法读取"),
        ("名册.csv", "姓名\n王芳\n".encode("gbk"), "缺少“证件号码”列"),
    ],
)
def test_a_bad_file_is_said_why_and_what_was_chosen_is_kept(
    desk: Desk, name: str, content: bytes, said: str
) -> None:
    client = desks.browser(desk.officer)
    answer = upload(client, name, content, mode="replace")
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert said in shown
    assert re.search(r'role="alert"', shown)
    assert re.search(r'value="replace"[^>]*checked', shown)
    assert not Import.objects.filter(by=desk.officer).exists()


def test_a_large_sheet_is_looked_at_by_a_job_and_its_page_follows(
    call: Call, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "AT_ONCE_MOST", 0)
    client = desks.browser(desk.officer)
    page = upload(client, "名册.xlsx", book(people(call, 2)))["Location"]
    waiting = client.get(page).content.decode()
    assert "文件已收到" in waiting
    assert f'hx-get="{page}"' in waiting
    assert re.search(rf'<noscript>.*href="{page}">刷新进度</a>.*</noscript>', waiting)
    assert "正在检查" in client.get(reverse("office_imports")).content.decode()
    sheet = Import.objects.get(by=desk.officer)
    early = client.post(reverse("office_import_confirmation", args=[sheet.id]))
    assert (early.status_code, "还在检查" in early.content.decode()) == (409, True)
    Import.objects.filter(pk=sheet.pk).update(looked_percent=42)
    assert "正在检查表格：42%" in client.get(page).content.decode()
    jobs.run()
    preview = client.get(page).content.decode()
    assert "2行，看起来都没有问题" in desks.seen(preview)
    assert 'id="import"' in preview, "the page that waits takes this part in"
    assert "hx-get" not in preview


def test_what_the_job_refuses_is_said_with_the_way_to_another_file(
    call: Call, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "AT_ONCE_MOST", 0)
    client = desks.browser(desk.officer)
    page = upload(client, "名册.xlsx", book([["王芳"]], ["姓名"]), mode="replace")["Location"]
    jobs.run()
    shown = client.get(page).content.decode()
    assert "缺少“证件号码”列" in shown
    assert "hx-get" not in shown
    assert re.search(r'value="replace"[^>]*checked', shown)
    node = re.search(r'name="node" value="([^"]+)"', shown)
    assert node
    assert f'action="{NEW}"' in shown
    other = SimpleUploadedFile("改好.xlsx", book(people(call, 1)))
    again = client.post(NEW, {"node": node[1], "mode": "replace", "sheet": other})["Location"]
    jobs.run()
    assert "1行，看起来都没有问题" in desks.seen(client.get(again).content.decode())
    assert "这份表格不能导入" in desks.browser(signing_in.COUNTY).get(page).content.decode()


def test_a_right_that_is_taken_closes_the_import_s_page(call: Call, desk: Desk) -> None:
    client = desks.browser(desk.officer)
    page = upload(client, "名册.xlsx", book(people(call, 2)))["Location"]
    sheet = Import.objects.get(by=desk.officer)
    client.post(reverse("office_import_confirmation", args=[sheet.id]))
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    (grant,) = grants.held(desk.officer.id, at=clock.now())
    grants.withdraw(grant, by=county, at=clock.now())
    jobs.run()
    sheet.refresh_from_db()
    assert (sheet.taken, sheet.refused, sheet.stopped_by) == (0, 0, "right_ended")
    assert client.get(page).status_code == 403
    assert client.get(reverse("office_import_refused", args=[sheet.id])).status_code == 403
    above = desks.seen(desks.browser(signing_in.COUNTY).get(page).content.decode())
    assert "上传者的管理权限已收回" in above
