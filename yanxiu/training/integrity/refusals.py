"""Say no about doubts, holds and appeals."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class NotCounty(Refused):
    """Leave doubts and holds to counties and whoever serves above them."""

    code = "not_county"
    status = HTTPStatus.FORBIDDEN
    sentence = _("核查学时由县区及以上管理员办理，没有改变任何数据。请与上级管理员联系。")


class OwnHours(Refused):
    """Keep officers from deciding about their own hours."""

    code = "own_hours"
    status = HTTPStatus.FORBIDDEN
    sentence = _("不能核查自己的学时，没有改变任何数据。请由另一位管理员办理。")


class WhyMissing(Refused):
    """Ask for the sentence that somebody will read."""

    code = "why_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请写明理由，没有提交；选择的内容都还在。")


class DoubtSettled(Refused):
    """Tell that somebody was quicker."""

    code = "doubt_settled"
    sentence = _("这条疑点已有管理员处理，没有重复办理。页面已更新。")


class HoldOver(Refused):
    """Tell that the hold has been lifted."""

    code = "hold_over"
    sentence = _("这次暂缓认定已经解除，学时已全部恢复，不用再做什么。")


class HeldFromAbove(Refused):
    """Leave a hold to the office that placed or upheld it, and to those above."""

    code = "held_from_above"
    status = HTTPStatus.FORBIDDEN
    sentence = _("这次暂缓认定由上级管理员决定，没有改变任何数据。请由作出决定的一级或其上级解除。")


class NotAbove(Refused):
    """Leave the answer of an appeal to an office above the one that placed the hold."""

    code = "not_above"
    status = HTTPStatus.FORBIDDEN
    sentence = _("申诉须由作出暂缓认定的上一级管理员答复，没有改变任何数据。")


class HadPart(Refused):
    """Keep whoever has decided about a hold out of the answer to an appeal against it."""

    code = "had_part_in_hold"
    status = HTTPStatus.FORBIDDEN
    sentence = _("您对这次暂缓认定作过决定，不能答复对它的申诉。请由另一位管理员办理。")


class AppealSettled(Refused):
    """Tell that an appeal has its answer, or that none is open."""

    code = "appeal_settled"
    sentence = _("这份申诉已有答复，没有再次改动。页面已更新。")


class AlreadyAppealed(Refused):
    """Refuse a second appeal while the first one waits."""

    code = "already_appealed"
    sentence = _("您的申诉正在等待答复，没有重复提交；已为您保留草稿。答复后会通知您。")


class AppealEmpty(Refused):
    """Refuse an appeal without a word."""

    code = "appeal_empty"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请用文字说明情况，例如当时怎样学习、用了什么设备。")


class AppealTooLong(Refused):
    """Refuse an appeal that nobody would read to its end."""

    code = "appeal_too_long"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "最多 %(most)d 字，现在有 %(count)d 字，没有提交；已为您保留草稿，请删减后再提交。"
    )
