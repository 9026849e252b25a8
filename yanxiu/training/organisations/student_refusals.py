"""Name every no about students, their codes and their parents."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class StudentListed(Refused):
    """Refuse a student whom this school's register has."""

    code = "student_listed"
    sentence = _("这个学籍号已在本校学生名册中，没有重复添加。要更正，请先结束原来的那一条。")


class StudentElsewhere(Refused):
    """Refuse a student whom another school's register has."""

    code = "student_elsewhere"
    sentence = _("这个学籍号还在另一所学校的学生名册中，没有添加。请那所学校先结束，再添加到本校。")


class StudentsGone(Refused):
    """Refuse to do anything with entries that are over."""

    code = "students_gone"
    sentence = _("这些学生已不在名册中，没有改变任何数据。请返回查看最新状态。")


class WrongStudent(Refused):
    """Refuse a student's number and secret, without saying which of them is wrong."""

    code = "student_wrong"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "学籍号、密码或登录码不正确，请核对后再试。没有登录码或忘记了密码，请学校管理员重新打印登录码。"
    )


class StudentWait(Refused):
    """Refuse further tries from here for a while."""

    code = "student_too_many_tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("错误次数过多，请 %(minutes)s 分钟后再试。账号和登录码都还在。")


class StudentTomorrow(Refused):
    """Refuse tries at a number that is being guessed from many places."""

    code = "student_tomorrow"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("为保护账号，今天暂时不能从这里登录。请明天再试，或在登录过的地方登录。")


class StudentCodeSpent(Refused):
    """Refuse a code that somebody has used, that is too old, or that another has replaced."""

    code = "student_code_spent"
    status = HTTPStatus.GONE
    sentence = _("登录码已使用或已过期，密码没有保存。请学校管理员重新打印登录码。")


class NoSuchChild(Refused):
    """Refuse a child that nobody of this number and name is, without saying which is wrong."""

    code = "child_unknown"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "没有找到这名学生，没有提交。请核对学籍号和姓名；孩子须先用学籍号注册，"
        "登录码向孩子学校的管理员领取。"
    )


class TooManyChildren(Refused):
    """Refuse any further child today: too many could not be found."""

    code = "child_tried_too_often"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("今天已多次填写没有找到的学生，没有提交。请明天再试，或联系孩子学校的管理员。")


class AlreadyKin(Refused):
    """Refuse a second request for one child."""

    code = "kinship_there"
    sentence = _("您已关联或已请求关联这个孩子，没有重复提交。")


class KinshipOver(Refused):
    """Refuse to answer or end what is answered or over."""

    code = "kinship_over"
    sentence = _("这项关联已有答复或已解除，没有改变任何数据。请返回查看最新状态。")


class NotAParent(Refused):
    """Refuse other personas."""

    code = "not_a_parent"
    status = HTTPStatus.FORBIDDEN
    sentence = _("关联和查看孩子需要家长身份，没有改变任何数据。请先切换为家长身份。")


class NotAStudent(Refused):
    """Refuse to note what others look at."""

    code = "not_a_student"
    status = HTTPStatus.FORBIDDEN
    sentence = _("只有学生身份会留下观看记录，没有改变任何数据。")
