"""Name every no about accounts and identities."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused
from yanxiu.training.people.password_rules import LEAST, MOST, Finding


class NotEleven(Refused):
    """Refuse a phone number that is none."""

    code = "phone_not_eleven_digits"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("手机号应为 11 位数字，请检查。")


class NotMainland(Refused):
    """Refuse a phone number from elsewhere."""

    code = "phone_not_mainland"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("目前仅支持中国大陆手机号。")


class TooSoon(Refused):
    """Ask for patience: a code has just been sent."""

    code = "sms_too_frequent"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("验证码已发送，请 %(seconds)s 秒后再获取。")


class TooMany(Refused):
    """Refuse more codes for a while."""

    code = "sms_too_many"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("验证码获取次数过多，请 %(minutes)s 分钟后再试。已发出的最近一条验证码仍可使用。")


class NotDelivered(Refused):
    """Tell that the text message could not be sent."""

    code = "sms_not_delivered"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _("短信没有发出，请 %(seconds)s 秒后重新获取。")


class WrongCode(Refused):
    """Refuse a code that does not fit; some tries are left."""

    code = "code_wrong"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("验证码不正确，请核对短信后重新输入，还可以试 %(left)s 次。")


class CodeExpired(Refused):
    """Refuse a code that is too old, used, or was never sent."""

    code = "code_expired"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("验证码已过期，请重新获取。")


class TooManyTries(Refused):
    """Refuse further guesses at a code."""

    code = "code_too_many_tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("错误次数过多，这条验证码已失效，请重新获取。")


class NumberInUse(Refused):
    """Refuse a document number that belongs to another account, without saying whose."""

    code = "id_in_use"
    sentence = _("该证件号码已绑定其他账号，没有保存。若为本人，请联系客服找回账号。")


class TooManyNumbers(Refused):
    """Refuse any further number today: too many belonged to others."""

    code = "id_tried_too_often"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _(
        "今天已多次填写绑定在其他账号上的证件号码，没有保存。请明天再试，或联系客服核实本人信息。"
    )


class Unacceptable(Refused):
    """Refuse information with findings: a field's name and its sentence, all at once."""

    code = "information_unacceptable"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("有内容需要更正，没有保存。请按提示修改后再提交。")

    def __init__(self, findings: dict[str, str]) -> None:
        """Keep each field's sentence for the form that shows them."""
        super().__init__()
        self.findings = findings


class WrongFactor(Refused):
    """Refuse a second factor that does not fit; some tries are left."""

    code = "factor_wrong"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "动态码不正确或已经用过，请输入验证器里最新的一个。还可以试 %(left)s 次，之后须等 15 分钟。"
    )


class TooManyFactors(Refused):
    """Refuse further guesses at a second factor for a while."""

    code = "factor_too_many_tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _(
        "错误次数过多，请 %(minutes)s 分钟后再试。手机或通行密钥丢失时，请上级管理员重置二次验证。"
    )


class AppDiffers(Refused):
    """Refuse an app whose code does not fit the secret that it was shown."""

    code = "factor_app_differs"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("动态码不正确，验证器没有保存。请核对手机时间是否准确，再输入最新的一个。")


class HasApp(Refused):
    """Refuse a second app beside the first."""

    code = "factor_has_app"
    sentence = _(
        "您已经设置过验证器，没有改变任何数据。要更换，请先添加通行密钥，再删除旧的验证器。"
    )


class LastFactor(Refused):
    """Refuse to remove what alone lets an officer in."""

    code = "factor_last"
    sentence = _("这是您唯一的二次验证方式，没有删除。请先添加另一种方式。")


class PasskeyRefused(Refused):
    """Refuse a passkey that is not hers, or whose answer came too late."""

    code = "passkey_refused"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("通行密钥没有通过验证。请重试，或改用动态码。")


class SetUpExpired(Refused):
    """Ask to begin again: the page with the secret is too old, or another's."""

    code = "factor_set_up_expired"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("页面已过期，验证器没有保存。请扫描新的二维码，再输入动态码。")


class UnfitPassword(Refused):
    """Refuse a password that cannot stand, and say why."""

    code = "password_unfit"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("这个密码不能使用，没有保存。")
    sentences = {
        Finding.TOO_SHORT: _("密码至少 %(least)s 个字符，没有保存。"),
        Finding.TOO_LONG: _("密码最长 %(most)s 个字符。"),
        Finding.COMMON: _(
            "该密码过于常见，容易被猜中，请换一个（%(least)s–%(most)s 位，可用任意字符）。"
        ),
        Finding.PERSONAL: _(
            "密码里几乎只有您的姓名、手机号、证件号码或学校名称，容易被猜中，请换一个。"
        ),
    }

    def __init__(self, finding: Finding) -> None:
        """Keep why."""
        super().__init__(least=LEAST, most=MOST)
        self.finding = finding

    @property
    def message(self) -> str:
        """Return the sentence of this finding."""
        return str(self.sentences[self.finding]) % self.facts


class WrongPassword(Refused):
    """Refuse a number and a password, without saying which of them is wrong."""

    code = "password_wrong"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("手机号或密码不正确。没有设过密码，或忘记了密码，请用短信验证码登录。")


class TooManyPasswords(Refused):
    """Refuse further passwords from here for a while; a code lets the owner in."""

    code = "password_too_many_tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("密码错误次数过多，请 %(minutes)s 分钟后再试，或用短信验证码登录。")


class CodeInstead(Refused):
    """Refuse passwords of a number that is being guessed from many places."""

    code = "password_code_instead"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("为保护账号，这里暂时不能用密码登录。请用短信验证码登录，不受影响。")


class SessionOver(Refused):
    """Refuse to end a session that is over, or was never hers."""

    code = "session_over"
    sentence = _("这个登录已经结束，没有改变任何数据。")


class AlreadyLeaving(Refused):
    """Refuse to begin a departure that has begun."""

    code = "departure_begun"
    sentence = _("您已经申请注销，没有重复提交。到期前可以随时撤回。")


class NotLeaving(Refused):
    """Refuse to take back a departure that nobody has begun, or that is done."""

    code = "departure_none"
    sentence = _("没有正在等待的注销申请，没有改变任何数据。")


class StillServes(Refused):
    """Refuse to let an officer or an agent leave who still answers for others."""

    code = "departure_serves"
    sentence = _("您还是管理员或客服，没有提交注销。请先由上级收回权限，再申请注销。")


class CopyExpired(Refused):
    """Refuse a link that is too old."""

    code = "own_copy_expired"
    status = HTTPStatus.GONE
    sentence = _("下载链接已过期，文件已删除。请重新生成一份。")


class SamePersona(Refused):
    """Refuse to become what one is already."""

    code = "persona_same"
    sentence = _("您现在就是这个身份，没有改变任何数据。")


class StudentsOwn(Refused):
    """Refuse another persona to an account that is signed in to with a student's number."""

    code = "persona_students_own"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "用学籍号注册的账号只作学生使用，没有改变任何数据。老师和家长请用自己的手机号注册。"
    )


class SamePhone(Refused):
    """Refuse to change a number to itself."""

    code = "phone_same"
    sentence = _("新手机号与原手机号相同，没有改变。请填写要换成的号码。")


class PhoneInUse(Refused):
    """Refuse a number that another account has; whoever asks has proved that it is hers."""

    code = "phone_in_use"
    sentence = _(
        "这个手机号已经有一个账号，没有更换，您原来的号码不变。"
        "请换一个号码；如果那个账号也是您的，可以先用它登录，在“我的数据”里注销，再来更换。"
    )


class OldPhoneUnproved(Refused):
    """Ask for the old number's code first."""

    code = "old_phone_unproved"
    status = HTTPStatus.FORBIDDEN
    sentence = _("原手机号的验证已过 10 分钟，没有更换。请重新获取原手机号的验证码。")


class WrongProof(Refused):
    """Refuse a second proof that does not fit, without saying what of it is wrong."""

    code = "proof_wrong"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("没有对上，请核对后再试，还可以试 %(left)s 次。")


class TooManyProofs(Refused):
    """Refuse further second proofs today."""

    code = "proof_too_many_tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _(
        "错误次数过多，24 小时内不能再试，原账号没有打开，也没有改变。"
        "您可以先以新用户注册；要找回原账号，请申请更换手机号，由学校或客服核实。"
    )


class NoSuchAccount(Refused):
    """Refuse a claim that fits no account, without saying what of it does not fit."""

    code = "claim_unknown"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("没有找到与这些信息一致的账号，没有提交。请核对姓名、证件类型和证件号码后再试。")


class TooManyClaims(Refused):
    """Refuse further claims today."""

    code = "claim_too_many_tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("今天填写的信息多次没有对上，没有提交。请明天再试，或拨打客服电话。")
