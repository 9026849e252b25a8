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
    sentence = _("您的信息在预览后有变化%(which)s，证书没有发出。请重新核对。")


def changed(words: list[str]) -> ChangedSincePreview:
    """Return the refusal that names what has changed, where that is known."""
    which = _("（%(fields)s）") % {"fields": _("、").join(words)} if words else ""
    return ChangedSincePreview(which=which)


class Unprintable(Refused):
    """Tell which rare characters cannot be printed yet: the certificate is queued until they can.

    202 says that the word was taken and the deed comes later.
    """

    code = "unprintable"
    status = 202
    sentence = _(
        "证书上含生僻字“%(characters)s”，证书将在补充字形后生成，预计 1 个工作日。"
        "您的确认、学时和信息都已保留，生成后会通知您，不用再做什么。"
    )


class NotASigner(Refused):
    """Refuse what is no key with its certificates."""

    code = "not_a_signer"
    sentence = _("文件里应依次是私钥、与它相配的证书、各级签发机构的证书（PEM）；签章没有改变。")


class NotYetSigned(Refused):
    """Ask to come back in a moment: the paper is not signed yet."""

    code = "not_yet_signed"
    sentence = _("证书已经生效，正在签章，通常几秒钟内完成。请稍候再下载；可以先离开，随时回来。")
