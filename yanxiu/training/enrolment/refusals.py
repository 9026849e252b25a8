"""Name every no about enrolling."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class NotATeacher(Refused):
    """Refuse other personas."""

    code = "not_a_teacher"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "专题培训面向教师身份，您现在的身份不能报名，仍可浏览课程。"
        "如果您是教师，请先切换为教师身份；也可以用另一个手机号以教师身份注册。"
    )


class NotYetOpen(Refused):
    """Refuse before the window opens."""

    code = "not_yet_open"
    sentence = _("报名时间为 %(window)s，现在还没有开始。您填写的信息已保存，到时即可报名。")


class Closed(Refused):
    """Refuse after the window has closed."""

    code = "closed"
    sentence = _("报名时间为 %(window)s，现已结束。您仍可浏览课程，并参加正在开放的其他专题。")


class InformationMissing(Refused):
    """Refuse while the information that certificates use is incomplete."""

    code = "information_missing"
    sentence = _("报名前请先补全个人信息（%(missing)s），它将用于记录学时和发放证书。")


class OtherPlatform(Refused):
    """Lead teachers of other branches to the platform that serves them."""

    code = "other_platform"
    sentence = _(
        "本平台为%(branch)s教师学习平台。您的学校“%(school)s”的办学类型是%(type)s，"
        "由%(platform)s提供服务。若学校类型有误，请联系本校管理员在"
        "平台管理系统的“基本管理”—“基本信息”中更正，更正后即可报名。"
    )


class NotEnrolled(Refused):
    """Refuse to count watching before enrolment."""

    code = "not_enrolled"
    sentence = _("报名后观看才会计入学时。请先在专题页报名。")
