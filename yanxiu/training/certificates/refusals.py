"""Name every no about certificates."""

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class TooManyGuesses(Refused):
    """Refuse to check by hand for a while; whoever scans is not held up."""

    code = "too_many_guesses"
    status = 429
    sentence = _(
        "这个网络核验出错的次数过多，暂停 %(minutes)s 分钟。"
        "请稍后再试，或扫描证书上的二维码，扫码不受限制。"
    )


class NoClaim(Refused):
    """Ask for what can be compared: a whole name, or the document's last digits."""

    code = "no_claim"
    status = 400
    sentence = _("请填写持证人的完整姓名，或证件号码的末 4 至 6 位。")


class NotClaimable(Refused):
    """Refuse to confirm anything about a certificate that is not valid."""

    code = "not_claimable"
    sentence = _("这份证书现在不是有效状态，不能用来核对持证人。请向持证人索取最新一版。")


class TooManyClaims(Refused):
    """Refuse further claims at one certificate until tomorrow."""

    code = "too_many_claims"
    status = 429
    sentence = _(
        "这份证书今天核对持证人出错的次数已满，请明天再试。证书本身的状态不受影响，随时可以查看。"
    )


class NotShowable(Refused):
    """Refuse to show what is not valid."""

    code = "not_showable"
    sentence = _("这份证书现在不是有效状态，不能生成出示链接。已有的链接也只显示证书现在的状态。")


class TooManyShowings(Refused):
    """Refuse more open links than a holder can keep in sight."""

    code = "too_many_showings"
    sentence = _("这份证书已有 %(most)s 个链接开着，没有再生成。请先关闭不用的链接。")


class NotRevocable(Refused):
    """Refuse to take back what does not count any more."""

    code = "not_revocable"
    sentence = _("这一版证书已经不是有效状态，没有提交。请查看这位老师最新的一版。")


class AlreadyProposed(Refused):
    """Tell that somebody has proposed it before."""

    code = "already_proposed"
    sentence = _("这份证书已有一份撤销提议在等会签，没有重复提交。请在提议页面会签或退回。")


class NotTop(Refused):
    """Leave taking back to provinces and the nation."""

    code = "not_top"
    status = 403
    sentence = _("撤销证书、准予重领由省级或国家级管理员提出和会签，没有改变任何数据。")


class OwnCertificate(Refused):
    """Keep officers out of decisions about their own certificates."""

    code = "own_certificate"
    status = 403
    sentence = _("不能处理自己的证书，没有改变任何数据。请由另一位管理员办理。")


class SamePerson(Refused):
    """Ask for a second officer."""

    code = "same_person"
    status = 403
    sentence = _("提议人不能会签自己的提议，没有改变任何数据。请由另一位省级或国家级管理员会签。")


class HadPart(Refused):
    """Keep those who took a certificate back out of its holder's readmission."""

    code = "had_part"
    status = 403
    sentence = _(
        "您参与过这份证书的撤销，不能再参与准予重领，没有改变任何数据。"
        "请由另外的省级或国家级管理员办理。"
    )


class NotReadmittable(Refused):
    """Refuse to readmit to what is not revoked, or was readmitted before."""

    code = "not_readmittable"
    sentence = _(
        "只有最新一版已撤销、还没有准予重领的证书可以准予重领，没有提交。请查看这份证书的各版。"
    )


class ReadmissionAlreadyProposed(Refused):
    """Tell that somebody has proposed a readmission before."""

    code = "readmission_already_proposed"
    sentence = _("这份证书已有一份准予重领的提议在等会签，没有重复提交。请在提议页面会签或退回。")


class NotProposer(Refused):
    """Let only the one who proposed take it back."""

    code = "not_proposer"
    status = 403
    sentence = _("只有提议人可以收回提议，没有改变任何数据。您可以会签或退回它。")


class AlreadySettled(Refused):
    """Tell that a proposal was answered before."""

    code = "already_settled"
    sentence = _("该提议已于 %(when)s 办结，没有再次改动。页面已更新。")


class FileTooLarge(Refused):
    """Refuse a file larger than any certificate of ours."""

    code = "file_too_large"
    status = 413
    sentence = _("文件超过 1 MB，不是平台下载的证书。文件没有保存，请上传平台下载的 PDF。")


class NoPdf(Refused):
    """Refuse what is no PDF."""

    code = "no_pdf"
    status = 415
    sentence = _("这不是 PDF 文件。文件没有保存，请上传平台下载的 PDF；图片和照片请改用扫码核验。")


class LockedPdf(Refused):
    """Refuse what is encrypted: certificates never are."""

    code = "locked_pdf"
    status = 415
    sentence = _(
        "这个 PDF 加了密码，无法读取。平台的证书不加密码；请上传平台下载的原文件。文件没有保存。"
    )


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
