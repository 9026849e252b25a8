"""Name every no about certificates."""

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class NotDue(Refused):
    """Refuse to issue, with every reason at once."""

    code = "certificate_not_due"
    sentence = _("暂时还不能领取证书：%(reasons)s。您的学时和信息都已保留。")


class ChangedSincePreview(Refused):
    """Ask to look again: the data are not those of the preview."""

    code = "changed_since_preview"
    sentence = _("您的信息在预览后有变化，证书没有发出。请重新核对。")


class Unprintable(Refused):
    """Tell which rare characters cannot be printed yet; nothing is issued that cannot be drawn."""

    code = "unprintable"
    sentence = _(
        "证书上的生僻字“%(characters)s”现有字体还印不出来，证书没有发出。"
        "您的学时和信息都已保留；请联系客服补充字形，之后再来领取。"
    )
