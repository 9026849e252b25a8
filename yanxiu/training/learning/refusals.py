"""Name every no about watching that pages give; the hot path has words of its own."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class LessonUnknown(Refused):
    """Refuse a lesson that is not there."""

    code = "lesson_unknown"
    status = HTTPStatus.NOT_FOUND
    sentence = _("未找到该资源或您无权查看。您的学习记录没有任何变化。")


# What is wrong with a part of a map between two films, by `mapping.Impossible.what`.
WHY_NO_MAP = {
    "empty": _("结束时间须晚于开始时间"),
    "beyond": _("超出了视频的长度"),
    "twice": _("与前面的片段重叠"),
}


class NoSuchMap(Refused):
    """Refuse parts that two films cannot have in common."""

    code = "no_such_map"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("第 %(part)s 个保留片段%(why)s，视频没有替换。请核对起止时间。")


class MediaChanged(Refused):
    """Refuse to replace a film that somebody else has just replaced."""

    code = "media_changed"
    sentence = _("这个视频刚刚被别人替换过，没有再替换。请核对现在的版本后再试。")


class Busy(Refused):
    """Ask to try again: this person's records were being written all the time."""

    code = "busy"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _("正在记录您的学习，请稍后再试。已看的部分不会丢失。")


class QuestionUnknown(Refused):
    """Refuse an answer to what was never asked."""

    code = "question_unknown"
    status = HTTPStatus.NOT_FOUND
    sentence = _("没有找到这道课堂提问。已看的部分没有任何变化，请重新打开课程页面。")


class QuestionOver(Refused):
    """Ask to take another question: the time of this one is over, and nothing is lost."""

    code = "question_over"
    status = HTTPStatus.CONFLICT
    sentence = _("这道提问的时间已到，没有扣除任何内容。请换一道题回答。")


class LessonWithdrawn(Refused):
    """Tell that a lesson is offered no more: what was earned by it stays."""

    code = "lesson_withdrawn"
    status = HTTPStatus.GONE
    sentence = _("这一讲已下线，下线前的学时都保留。请改看其他内容。")


class WithdrawalImpossible(Refused):
    """Refuse to withdraw what the course's required hours could not do without."""

    code = "withdrawal_impossible"
    status = HTTPStatus.CONFLICT
    sentence = _("下线后“%(course)s”剩下的内容不够认定学时，没有改变任何内容。请先补充资源。")
