"""Name every no about hours."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class NotTop(Refused):
    """Leave amending hours to provinces and the nation."""

    code = "amending_not_top"
    status = HTTPStatus.FORBIDDEN
    sentence = _("学时更正由省级或国家级管理员提出和确认，没有改变任何数据。")


class OwnHours(Refused):
    """Let nobody amend her own hours."""

    code = "own_hours"
    status = HTTPStatus.FORBIDDEN
    sentence = _("不能更正自己的学时，没有改变任何数据。请由其他省级或国家级管理员办理。")


class SamePerson(Refused):
    """Ask for a second officer."""

    code = "amending_alone"
    status = HTTPStatus.FORBIDDEN
    sentence = _("提议人不能确认自己的提议，学时没有改变。请由另一位省级或国家级管理员确认。")


class NotProposer(Refused):
    """Let nobody take another's proposal back."""

    code = "not_amending"
    status = HTTPStatus.FORBIDDEN
    sentence = _("只有提议人可以收回这份提议，没有改变任何数据。")


class NothingAmended(Refused):
    """Refuse an amendment that says nothing, or gives no reason."""

    code = "nothing_amended"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请写明更正多少秒（不能是 0）和原因，学时没有改变。")


class BeyondLearned(Refused):
    """Refuse to take more than a course has, or to give more than it can count."""

    code = "beyond_learned"
    sentence = _(
        "“%(course)s”现在已学习 %(learned)s 秒，最多减去这么多；一次最多增加认定上限 %(cap)s 秒。"
        "学时没有改变，请核对更正的秒数。"
    )


class AlreadyProposed(Refused):
    """Let one amendment of a course wait at a time."""

    code = "already_amending"
    sentence = _("这门课程已有一份学时更正在等待确认，没有再提交。请先处理那一份。")


class AlreadyAnswered(Refused):
    """Let each amendment be answered once."""

    code = "amendment_answered"
    sentence = _("这份学时更正已经办结，学时没有再次改变。")


class NotTeaching(Refused):
    """Refuse to amend the hours of whoever teaches nowhere in the officer's branch."""

    code = "amending_elsewhere"
    status = HTTPStatus.NOT_FOUND
    sentence = _("在您管理的范围内没有找到这位老师，没有改变任何数据。")


class HourFixed(Refused):
    """Refuse to change what an hour is once somebody has earned one."""

    code = "hour_fixed"
    sentence = _(
        "已有老师完成学习，一学时折合多少秒不能再改变，规则没有改变。请在新的专题里采用新的折算。"
    )


class RequirementRaised(Refused):
    """Refuse to ask for more once people have begun."""

    code = "requirement_raised"
    sentence = _(
        "已有老师报名，“%(what)s”的认定学时不能提高（现为 %(before)s 秒），规则没有改变。"
        "可以降低，或在新的专题里提高。"
    )


class NoSuchRule(Refused):
    """Refuse rules that cannot be: of an unknown course, out of bounds, or the same as now."""

    code = "no_such_rule"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("%(what)s。规则没有改变，请核对后再试。")
