"""Gather for somebody all that is kept of her: one JSON and one page to read, in a ZIP.

Rule: docs/rules/own-data.md.
"""

import html
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation.periods import CHINA
from yanxiu.training.certificates import snapshots
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.journeys import jobs, own_hours, own_study
from yanxiu.training.learning import viewings
from yanxiu.training.notices import kinds
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import corrections, students
from yanxiu.training.organisations.models import (
    Correction,
    Kinship,
    PhoneChange,
    Post,
    StudentNumber,
    Verification,
)
from yanxiu.training.people import consents, devices, factors, identities, languages, own_copies
from yanxiu.training.people.models import (
    Account,
    Identity,
    OwnCopy,
    Person,
    Persona,
    Seal,
    Session,
)
from yanxiu.training.support.models import Message
from yanxiu.training.trail import words
from yanxiu.training.trail.models import Entry

type Row = dict[str, str]
type Section = tuple[Promise, Callable[[UUID], list[Row]]]

# Whoever did it is told to her only where it was she; officers are named by what they did.
_TRAIL_MOST = 5_000


@transaction.atomic
def ask(person: Person, *, at: datetime) -> OwnCopy:
    """Begin a copy, and hand it to its job; one that is under way comes back."""
    copy, is_new = own_copies.ask(person, parts=len(SECTIONS), at=at)
    if is_new:
        jobs.start("own_data", copy_id=str(copy.id))
    return copy


def carry_on(copy_id: UUID, *, at: datetime) -> None:
    """Gather part after part and keep the file; one that is finished changes nothing."""
    going = OwnCopy.objects.filter(pk=copy_id, finished_at=None)
    copy = going.select_related("person__account").first()
    if copy is None:
        return
    gathered: dict[str, list[Row]] = {}
    with languages.speaking(getattr(copy.person, "account", None)):
        for done, (title, gather) in enumerate(SECTIONS, 1):
            gathered[str(title)] = gather(copy.person_id)
            own_copies.came_to(copy, done)
        own_copies.finish(copy, _packed(gathered, at), at=at)


def _account(person_id: UUID) -> list[Row]:
    account = Account.objects.get(person=person_id)
    return [
        {
            _("手机号"): account.phone if account.has_phone else "",
            _("注册时间"): _when(account.created_at),
            _("登录密码"): _("已设置") if account.has_usable_password() else _("未设置"),
            _("二次验证"): "、".join(each.type for each in factors.of(account)) or _("未开启"),
        }
    ]


def _personas(person_id: UUID) -> list[Row]:
    found = Persona.objects.filter(person=person_id).order_by("since")
    return [
        {_("身份"): each.get_kind_display(), _("从"): _when(each.since), _("到"): _when(each.until)}
        for each in found
    ]


def _students(person_id: UUID) -> list[Row]:
    found = StudentNumber.objects.filter(person=person_id)
    return [
        {_("学籍号"): students.opened(each.number_sealed), _("从"): _when(each.since)}
        for each in found
    ]


def _kin(person_id: UUID) -> list[Row]:
    sides = Q(parent=person_id) | Q(child=person_id)
    return [
        {
            _("我是"): _("家长") if each.parent_id == person_id else _("孩子"),
            _("称呼"): each.said,
            _("请求于"): _when(each.asked_at),
            _("同意于"): _when(each.agreed_at),
            _("解除于"): _when(each.ended_at),
        }
        for each in Kinship.objects.filter(sides).order_by("asked_at", "id")
    ]


def _viewings(person_id: UUID) -> list[Row]:
    return [
        {
            _("资源"): each.title,
            _("最近观看"): _when(each.last_at),
            _("看过秒数"): str(each.watched_s),
        }
        for each in viewings.of(person_id)
    ]


def _seals(person_id: UUID) -> list[Row]:
    found = Seal.objects.filter(person=person_id).defer("content").order_by("closed_at")
    return [
        {
            _("封存于"): _when(each.closed_at),
            _("观看记录"): str(each.counts.get("viewings", 0)),
            _("到期"): _when(each.due_at),
            _("恢复于"): _when(each.opened_at),
            _("删除于"): _when(each.deleted_at),
        }
        for each in found
    ]


def _identities(person_id: UUID) -> list[Row]:
    found = Identity.objects.filter(person=person_id).order_by("version")
    return [
        {
            _("版本"): str(each.version),
            _("姓名"): each.name,
            _("证件类型"): each.get_document_kind_display(),
            _("证件号码"): identities.number(each),
            _("出生日期"): str(each.born_on or ""),
            _("记录于"): _when(each.recorded_at),
            _("到"): _when(each.until),
        }
        for each in found
    ]


def _consents(person_id: UUID) -> list[Row]:
    return [
        {_("内容"): each.title, _("版本"): each.version, _("同意于"): _when(each.at)}
        for each in consents.given(person_id)
    ]


def _sessions(person_id: UUID) -> list[Row]:
    found = Session.objects.filter(account__person=person_id).order_by("-seen_at", "session_key")
    return [
        {
            _("设备"): " ".join(filter(None, (device.system, device.program))) or _("未知设备"),
            _("网络"): each.network,
            _("登录于"): _when(each.began_at),
            _("最近使用"): _when(each.seen_at),
        }
        for each in found.defer("session_data")
        for device in (devices.read(each.device),)
    ]


def _posts(person_id: UUID) -> list[Row]:
    found = Post.objects.filter(person=person_id).select_related("school").order_by("started_at")
    return [
        {
            _("学校"): each.school.name,
            _("从"): _when(each.started_at),
            _("到"): _when(each.ended_at),
        }
        for each in found
    ]


def _verifications(person_id: UUID) -> list[Row]:
    found = Verification.objects.filter(post__person=person_id)
    whole = found.select_related("decision", "post__school").order_by("requested_at", "id")
    rows = []
    for each in whole:
        decision = getattr(each, "decision", None)
        rows.append(
            {
                _("学校"): each.post.school.name,
                _("提交于"): _when(each.requested_at),
                _("撤回于"): _when(each.withdrawn_at),
                _("结果"): decision.get_outcome_display() if decision else "",
                _("原因"): decision.sentence if decision else "",
                _("答复于"): _when(decision.at) if decision else "",
            }
        )
    return rows


def _corrections(person_id: UUID) -> list[Row]:
    found = Correction.objects.filter(post__person=person_id).order_by("requested_at", "id")
    return [
        {
            _("姓名"): each.name,
            _("证件类型"): each.get_document_kind_display(),
            _("证件号码"): corrections.number(each),
            _("原因"): each.why,
            _("申请于"): _when(each.requested_at),
            _("撤回于"): _when(each.withdrawn_at),
        }
        for each in found
    ]


def _phone_changes(person_id: UUID) -> list[Row]:
    found = PhoneChange.objects.filter(person=person_id).defer("picture")
    return [
        {
            _("原手机号"): each.old_phone,
            _("新手机号"): each.new_phone,
            _("申请于"): _when(each.asked_at),
            _("结束于"): _when(each.ended_at),
            _("结果"): each.get_outcome_display(),
            _("照片删除于"): _when(each.picture_removed_at),
        }
        for each in found.order_by("asked_at", "id")
    ]


def _enrolments(person_id: UUID) -> list[Row]:
    found = Enrolment.objects.filter(person=person_id).select_related("training")
    return [
        {_("专题"): each.training.title, _("报名于"): _when(each.enrolled_at)}
        for each in found.order_by("enrolled_at")
    ]


def _certificates(person_id: UUID) -> list[Row]:
    found = Certificate.objects.filter(person_id=person_id).order_by("issued_at", "id")
    return [
        {
            _("编号"): each.number,
            _("版次"): str(each.edition),
            _("签发于"): _when(each.issued_at),
            _("姓名"): said.holder_name,
            _("证件类型"): said.document_kind,
            _("证件号码"): said.document_number,
            _("学校"): said.school_name,
            _("专题"): said.training_title,
            _("学时"): said.hours,
        }
        for each in found
        for said in (snapshots.of(each),)
    ]


def _notices(person_id: UUID) -> list[Row]:
    found = Notice.objects.filter(person=person_id).order_by("at", "id")
    return [
        {_("消息"): kinds.sentence(each.kind, each.facts), _("时间"): _when(each.at)}
        for each in found
    ]


def _tickets(person_id: UUID) -> list[Row]:
    found = Message.objects.filter(ticket__person=person_id).select_related("ticket")
    return [
        {
            _("工单"): each.ticket.number,
            _("标题"): each.ticket.title,
            _("谁写的"): _("客服") if each.is_answer else _("本人"),
            _("内容"): each.text,
            _("时间"): _when(each.at),
        }
        for each in found.order_by("ticket__number", "at")
    ]


def _trail(person_id: UUID) -> list[Row]:
    about = Q(subject_kind="person", subject_id=str(person_id)) | Q(actor_id=person_id)
    found = Entry.objects.filter(about).order_by("-id")[:_TRAIL_MOST]
    return [
        {
            _("时间"): _when(each.at),
            _("谁"): _("本人") if each.actor_id == person_id else _("管理员、客服或系统"),
            _("做了什么"): words.told(each.verb, {"whom": _whom(each, person_id)} | each.detail),
        }
        for each in found
    ]


def _whom(entry: Entry, person_id: UUID) -> str:
    """Return to whom it was done as far as it concerns her: names of others are not hers."""
    return _("本人") if entry.subject_id == str(person_id) else ""


SECTIONS: tuple[Section, ...] = (
    (gettext_lazy("账号"), _account),
    (gettext_lazy("身份"), _personas),
    (gettext_lazy("学籍号"), _students),
    (gettext_lazy("亲子关联"), _kin),
    (gettext_lazy("学生观看记录"), _viewings),
    (gettext_lazy("封存的学生数据"), _seals),
    (gettext_lazy("姓名和证件"), _identities),
    (gettext_lazy("同意过的内容"), _consents),
    (gettext_lazy("登录的设备"), _sessions),
    (gettext_lazy("任教信息"), _posts),
    (gettext_lazy("审核"), _verifications),
    (gettext_lazy("更正申请"), _corrections),
    (gettext_lazy("更换手机号"), _phone_changes),
    (gettext_lazy("报名"), _enrolments),
    (gettext_lazy("观看和完成"), own_study.lessons),
    (gettext_lazy("课堂提问"), own_study.questions),
    (gettext_lazy("学时账"), own_hours.lines),
    (gettext_lazy("学习情形提示"), own_study.doubts),
    (gettext_lazy("暂缓认定和申诉"), own_study.holds),
    (gettext_lazy("证书"), _certificates),
    (gettext_lazy("消息"), _notices),
    (gettext_lazy("工单"), _tickets),
    (gettext_lazy("操作记录"), _trail),
)


def _packed(gathered: dict[str, list[Row]], at: datetime) -> bytes:
    told: dict[str, Any] = {_("生成于"): _when(at), **gathered}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        written = json.dumps(told, ensure_ascii=False, indent=2)
        archive.writestr(_("我的数据.json"), written)
        archive.writestr(_("我的数据.html"), _page(gathered, at))
    return out.getvalue()


def _page(gathered: dict[str, list[Row]], at: datetime) -> str:
    parts = [f"<h2>{html.escape(title)}</h2>{_table(rows)}" for title, rows in gathered.items()]
    return (
        f'<!doctype html><html lang="{languages.tag()}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{_("我的数据")}</title>'
        "<style>body{font:16px/1.7 system-ui,sans-serif;margin:2rem auto;max-width:72rem;"
        "padding:0 1rem}table{border-collapse:collapse;display:block;overflow:auto}"
        "th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}"
        f"</style><h1>{_('我的数据')}</h1><p>{_('生成于')} {_when(at)}</p>{''.join(parts)}</html>"
    )


def _table(rows: list[Row]) -> str:
    if not rows:
        return f"<p>{_('没有记录。')}</p>"
    head = "".join(f"<th>{html.escape(title)}</th>" for title in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.values()) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""
