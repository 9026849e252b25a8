"""Gather for somebody how she has studied: what she watched, was asked, and what was doubted."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yanxiu.foundation.periods import CHINA
from yanxiu.training.catalogue.models import Lesson, Training
from yanxiu.training.integrity.models import Appeal, Doubt, Hold
from yanxiu.training.learning.models import Completion, Coverage, Question, Reply

type Row = dict[str, str]


def lessons(person_id: UUID) -> list[Row]:
    """Return what she has watched of each lesson, and what she was awarded."""
    done = {each.lesson_id: each for each in Completion.objects.filter(person_id=person_id)}
    seen = {each.lesson_id: each for each in Coverage.objects.filter(person_id=person_id)}
    titles = _lessons(done.keys() | seen.keys())
    return [
        {
            _("资源"): titles[lesson],
            _("看过的毫秒"): str(seen[lesson].covered) if lesson in seen else "",
            _("最近观看"): _when(seen[lesson].touched_at) if lesson in seen else "",
            _("学完于"): _when(done[lesson].completed_at) if lesson in done else "",
            _("计入秒数"): str(done[lesson].credited_s) if lesson in done else "",
        }
        for lesson in sorted(titles, key=str)
    ]


def questions(person_id: UUID) -> list[Row]:
    """Return what she was asked in lessons, and what she answered."""
    asked = list(Question.objects.filter(person_id=person_id).order_by("asked_at", "pk"))
    replies = {each.pk: each for each in Reply.objects.filter(person_id=person_id)}
    titles = _lessons(each.lesson_id for each in asked)
    return [
        {
            _("资源"): titles.get(each.lesson_id, ""),
            _("提问于"): _when(each.asked_at),
            _("选项"): "、".join(map(str, each.choices)),
            _("我的回答"): str(each.choices[reply.choice]) if reply else "",
            _("结果"): (_("正确") if reply.is_right else _("不正确")) if reply else _("没有回答"),
            _("回答于"): _when(reply.answered_at) if reply else "",
        }
        for each in asked
        for reply in (replies.get(each.pk),)
    ]


def doubts(person_id: UUID) -> list[Row]:
    """Return which patterns of her watching were noted, and what an officer said of them."""
    found = Doubt.objects.filter(person_id=person_id).select_related("clearance")
    titles = _trainings(person_id)
    return [
        {
            _("专题"): titles.get(each.training_id, ""),
            _("日期"): f"{each.on:%Y-%m-%d}",
            _("情形"): each.get_kind_display(),
            _("查看结果"): each.clearance.sentence if hasattr(each, "clearance") else "",
        }
        for each in found.order_by("on", "id")
    ]


def holds(person_id: UUID) -> list[Row]:
    """Return when her hours were held and why, what she said against it, and what was answered."""
    found = Hold.objects.filter(person_id=person_id).select_related("lift").order_by("at", "id")
    appeals = Appeal.objects.filter(hold__person_id=person_id).select_related("answer")
    said: dict[UUID, list[Appeal]] = {}
    for appeal in appeals.order_by("at", "id"):
        said.setdefault(appeal.hold_id, []).append(appeal)
    titles = _trainings(person_id)
    return [
        {
            _("专题"): titles.get(each.training_id, ""),
            _("从"): _when(each.at),
            _("原因"): f"{each.get_reason_display()} {each.sentence}",
            _("我的申诉"): "\n".join(appeal.text for appeal in said.get(each.id, [])),
            _("答复"): "\n".join(filter(None, map(_answer, said.get(each.id, [])))),
            _("解除于"): _when(each.lifted_at),
            _("解除说明"): each.lift.sentence if hasattr(each, "lift") else "",
        }
        for each in found
    ]


def _answer(appeal: Appeal) -> str:
    answer = getattr(appeal, "answer", None)
    return f"{answer.get_outcome_display()} {answer.sentence}" if answer else ""


def _lessons(keys: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Lesson.objects.filter(pk__in=set(keys)).values_list("pk", "title"))


def _trainings(person_id: UUID) -> dict[UUID, str]:
    hers = Training.objects.filter(enrolments__person=person_id)
    return dict(hers.values_list("pk", "title"))


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""
