"""Name every no about a change of number that others have to vouch for."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class PhoneChangeWaits(Refused):
    """Refuse a second request while one is on its way."""

    code = "phone_change_waits"
    sentence = _(
        "这个账号已经有一个更换手机号的申请在办，没有重复提交。"
        "请打开短信里的进度链接查看；不是您申请的，请拨打客服电话。"
    )


class PhoneChangeResting(Refused):
    """Refuse a request for an account whose owner has just stopped one."""

    code = "phone_change_resting"
    sentence = _(
        "这个账号的主人刚停止过一次更换，%(days)s 天内不能再申请，没有提交。"
        "如有疑问，请拨打客服电话。"
    )


class PhoneChangeOver(Refused):
    """Refuse to touch a request that has ended, or on which both words are said."""

    code = "phone_change_over"
    sentence = _("这个申请已经办结或已经核准，没有改变任何数据。请返回查看最新状态。")


class AnsweredMeanwhile(Refused):
    """Tell that somebody else has been quicker with the same word."""

    code = "phone_change_answered"
    sentence = _("刚才已有人办理了这一步，没有重复办理。请刷新查看最新状态。")


class SameOfficial(Refused):
    """Refuse the second word of whoever has said the first."""

    code = "phone_change_same_official"
    status = HTTPStatus.FORBIDDEN
    sentence = _("第一步是您办理的，第二步必须由另一个人办理，没有改变任何数据。")


class OwnPhoneChange(Refused):
    """Refuse to vouch for oneself."""

    code = "phone_change_own"
    status = HTTPStatus.FORBIDDEN
    sentence = _("这是您自己账号的申请，须由别人办理，没有改变任何数据。")


class NotTheVoucher(Refused):
    """Refuse the word of whoever does not serve the person's school."""

    code = "phone_change_not_voucher"
    status = HTTPStatus.FORBIDDEN
    sentence = _("须先由这位老师学校的管理员核实本人，您现在只能查看。")


class VouchingNotRisen(Refused):
    """Leave the first word to the school for some days."""

    code = "phone_change_not_risen"
    status = HTTPStatus.FORBIDDEN
    sentence = _("须先由学校管理员核实本人；学校没有办理的，%(when)s 起县区管理员也可以核实。")


class NotAboveSchool(Refused):
    """Leave the second word to officers above the school."""

    code = "phone_change_not_above"
    status = HTTPStatus.FORBIDDEN
    sentence = _("本人已核实，须由县区或以上管理员核准，您现在只能查看。")


class GaveTheRight(Refused):
    """Refuse two words behind which one officer may stand."""

    code = "phone_change_gave_right"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "核实和核准的权限有一个是不到 %(days)s 天前才授予或委托代理的，而且出自同一个人。"
        "须由另一位管理员或上一级管理员核准，没有改变任何数据。"
    )


class MeansMissing(Refused):
    """Ask how one has made sure that it is she."""

    code = "phone_change_means_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请选择您是怎样核实本人的，没有提交。")


class PictureWanted(Refused):
    """Ask for the picture without which the help desk decides nothing."""

    code = "phone_change_picture_wanted"
    sentence = _("申请人还没有上传照片，或照片已删除，不能办理。")


class PictureNotAsked(Refused):
    """Ask for a reason before the picture is shown."""

    code = "phone_change_picture_not_asked"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请先写明查看照片的原因；每次查看都会记录。没有显示。")


class PictureDiffers(Refused):
    """Tell that the account says otherwise than what was read on the picture."""

    code = "phone_change_picture_differs"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "与账号里的姓名或证件号码不一致，没有办理。请对着照片核对后再试，还可以试 %(left)s 次；"
        "照片确实不一致的，请选择不同意。"
    )


class TooManyReadings(Refused):
    """Refuse further readings of the picture to this agent."""

    code = "phone_change_too_many_readings"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("您录入的信息多次与账号不一致，今天不能再试，没有办理。请选择不同意，或交给别人。")
