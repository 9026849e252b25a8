"""Say the manual's thirteen questions and their answers; every number comes from the rulebook.

Source: the manual, part 7; docs/rules/help.md.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.people import seals
from yanxiu.training.support.finding import Text
from yanxiu.training.support.models import Ticket
from yanxiu.web.shared import reason_words
from yanxiu.web.shared.templatetags import yx


@dataclass(frozen=True, slots=True)
class Question:
    """Be a question with its answer for everybody, and the button that solves it.

    `words` are what else people call it, `topic` what a ticket about it is filed under, `more`
    where it is explained at length.
    """

    code: str
    title: str
    answer: tuple[str, ...]
    words: str = ""
    action: str = ""
    url: str = ""
    topic: str = Ticket.Topic.OTHER
    more: str = ""
    more_url: str = ""

    @property
    def text(self) -> Text:
        """Return what is searched."""
        return Text(self.title, "".join(self.answer), self.words)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Hold what the answers say of a training: its numbers as they are read."""

    title: str = ""
    required: str = ""
    courses: tuple[str, ...] = field(default_factory=tuple)
    certificates_from: str = ""
    url: str = ""


def numbers(outline: Outline | None) -> Numbers:
    """Return the numbers of a training; none where there is no training yet."""
    if outline is None:
        return Numbers()
    per_hour = outline.rulebook.seconds_per_credit_hour
    said = _("“%(title)s”认定 %(hours)s 学时")
    return Numbers(
        title=outline.training.title,
        required=reason_words.plain_hours(outline.rulebook.required_s, per_hour),
        courses=tuple(
            said
            % {
                "title": course.title,
                "hours": reason_words.plain_hours(course.required_s, per_hour),
            }
            for course in outline.courses
        ),
        certificates_from=yx.date_cn_long(outline.training.certificates_from),
        url=reverse("training", args=[outline.training.slug]),
    )


def every(known: Numbers) -> list[Question]:
    """Return the questions in the manual's order."""
    return [*_of_school(), *_of_account(), *_of_information(), *_of_study(known)]


def _of_school() -> list[Question]:
    school = Ticket.Topic.SCHOOL
    return [
        Question(
            "school",
            _("填写个人信息时找不到学校怎么办？"),
            (
                _(
                    "可以用现在或从前的校名、校名拼音首字母或学校标识码查找，也请核对省、市、县区是否选对。"
                ),
                _(
                    "学校确实不在平台里时，在选择学校的页面申请新增，由县区管理员处理；有了结果会通知您，"
                    "不用清理浏览器缓存。"
                ),
            ),
            _("没有学校 搜不到学校 新增学校 选学校"),
            _("去选择学校"),
            reverse("my_school"),
            school,
        ),
        Question(
            "platform",
            _("报名时显示“本平台为基础教育教师学习平台”无法报名怎么办？"),
            (
                _(
                    "学校学制为中职、高职、高等教育的教师，由相应的学习平台服务，报名页会写明是哪一个。"
                ),
                _(
                    "如果您确实是基础教育教师，可能是学校的学制登记错了：请本校管理员在平台管理系统的"
                    "“基本管理”—“基本信息”中更正，更正后会通知您可以报名。"
                ),
            ),
            _("不能报名 无法报名 学制错误 办学类型 中职 高职 大学"),
            _("查看任教信息"),
            reverse("information"),
            school,
        ),
    ]


def _of_account() -> list[Question]:
    persona, topic = reverse("my_persona"), Ticket.Topic.ACCOUNT
    return [
        _of_phone(),
        _of_student(persona),
        Question(
            "parent",
            _("家长身份如何转换为教师身份？"),
            (
                _(
                    "在“账号设置”里点“切换身份”，手机上点“我”右上角的“切换身份”。"
                    "家长与教师两种身份可以随时换，各自的数据都保留。"
                ),
            ),
            _("切换身份 我是家长 家长账号 变成教师"),
            _("切换身份"),
            persona,
            topic,
        ),
    ]


def _of_student(persona: str) -> Question:
    return Question(
        "student",
        _("学生身份如何转换为教师身份？"),
        (
            _(
                "在“账号设置”里点“切换身份”，手机上点“我”右上角的“切换身份”；"
                "切换前会写明对原来数据的影响。"
            ),
            _(
                "原来的学生数据不会马上清空：封存 %(days)d 天，其间切回学生身份就全部恢复，"
                "到期才删除。"
            )
            % {"days": seals.KEPT.days},
            _(
                "也可以用另一个手机号以教师身份注册。"
                "学生建议用学校名册里的学籍号注册，不必使用家长的手机号。"
            ),
        ),
        _("切换身份 我是学生 学生账号 变成教师 学籍号 学生号"),
        _("切换身份"),
        persona,
        Ticket.Topic.ACCOUNT,
    )


def _of_phone() -> Question:
    phone = settings.YANXIU_HELP_PHONE
    return Question(
        "phone",
        _("我原来手机号不用了，如何更换新手机号？"),
        (
            _("原手机号还能收短信：在“账号设置”里用新旧两个号码的验证码更换。"),
            _(
                "原手机号已经注销：填写姓名、证件号码和新手机号，由学校管理员核实本人、上级核准，"
                "48 小时后生效。学校没有管理员的，由客服凭照片核实，照片办结后 7 天内删除。"
            ),
            _("办不了的，可以拨打客服电话 %(phone)s。请不要通过 QQ 发送身份证照片。")
            % {"phone": phone},
        ),
        _("换号 换绑 手机丢了 号码注销 收不到验证码 绑定手机"),
        _("去更换手机号"),
        reverse("my_phone"),
        Ticket.Topic.ACCOUNT,
    )


def _of_information() -> list[Question]:
    information = reverse("information")
    return [
        Question(
            "leaving",
            _("被学校管理员审核通过后如何从学校移除？"),
            (
                _("在“个人信息”的“当前任教信息”里选择学校，点击“删除”，看清说明后确定。"),
                _(
                    "移除后请尽快添加正确的任教信息，新学校审核通过后才能领取证书；"
                    "学时和已领的证书不受影响。"
                ),
            ),
            _("退出学校 离开学校 删除学校 调动 换学校 移除"),
            _("查看任教信息"),
            information,
            Ticket.Topic.SCHOOL,
        ),
        Question(
            "information",
            _("如果填写的个人信息有误，如何修改？"),
            (
                _("还没有通过审核时，在“个人信息”里直接修改，修改后自动重新提交审核。"),
                _(
                    "已经认证通过：姓名和证件号码用“更正申请”修改，审核期间认证不失效；"
                    "换学校请先移除原学校。手机号见更换手机号的问题。"
                ),
            ),
            _("名字写错 身份证号错了 改姓名 更正 改信息"),
            _("去个人信息"),
            information,
            Ticket.Topic.VERIFICATION,
        ),
    ]


def _of_study(known: Numbers) -> list[Question]:
    return [*_of_hours(known), *_of_certificate(), *_of_enough(known)]


def _of_hours(known: Numbers) -> list[Question]:
    study = Ticket.Topic.STUDY
    page = known.url or reverse("channel")
    reached = _("学时达到 %(required)s 之后，") % {"required": known.required}
    return [
        _of_zero(),
        Question(
            "unverified",
            _("为什么我已获得了足够的认定学时，却无法领取证书？"),
            (
                (reached if known.required else "")
                + _("还要由学校管理员审核通过您的个人信息，并且到了发放证书的日期。"),
                _(
                    "“我的培训”里写着现在轮到谁处理、从什么时候开始。学校超过期限没有处理，会自动转到县区。"
                ),
            ),
            _("领不了证书 不能领证 没有审核 管理员不审核 催审核"),
            _("看看现在轮到谁"),
            reverse("my_trainings"),
            Ticket.Topic.VERIFICATION,
        ),
        Question(
            "capped",
            _("为什么我的学习时长不断增加，但是认定学时没有变化？"),
            (
                _("这门课程已经到了认定学时的上限。继续学习仍记入已学习，不再计入认定。"),
                _("还差学时的话，请学其他课程。"),
            ),
            _("认定学时不变 封顶 上限 学时不涨"),
            _("去专题页看各门课程"),
            page,
            study,
        ),
    ]


def _of_zero() -> Question:
    return Question(
        "zero",
        _("我点击播放了几个视频，为什么我的已学习学时和认定学时仍为零，或与实际播放时长不符？"),
        (
            _("必须完整看完一个视频，才得到它的学时；快进跳过的部分不算看过。"),
            _("课程大纲里，带勾的实心圆是已看完，部分填充的圆是还没有看完，空心圆是还没有开始。"),
        ),
        _("学时为零 没有学时 学时不对 看了不算 进度不动 时长不符 没有计入 未计入"),
        _("看看还差哪些"),
        reverse("my_trainings"),
        Ticket.Topic.STUDY,
        more=_("为什么有一段没有计入"),
        more_url=f"{reverse('help_watching')}#why",
    )


def _of_certificate() -> list[Question]:
    mine, topic = reverse("my_certificates"), Ticket.Topic.CERTIFICATE
    return [
        Question(
            "download",
            _("证书领取后如何下载？"),
            (
                _(
                    "在“我的证书”，或专题页右上角的“领取证书/查看证书”里下载，网页、手机和桌面端都可以。"
                ),
                _(
                    "领取前请核对信息，确认正确后不再改动。预览时个人信息带星号，下载后可看到完整信息。"
                ),
            ),
            _("下载证书 打印证书 证书在哪 星号"),
            _("去我的证书"),
            mine,
            topic,
        ),
        Question(
            "mistake",
            _("证书领取后发现信息有误，如何修改？"),
            (
                _(
                    "在“个人信息”里提出更正申请，不用先移除学校。核准后所有证书立即按新信息重新生成。"
                ),
                _("重新生成后原证书作废，核验时会说明。"),
            ),
            _("证书错了 证书名字错 重新生成 作废 更正证书"),
            _("去更正信息"),
            reverse("correction"),
            topic,
        ),
    ]


def _of_enough(known: Numbers) -> list[Question]:
    what = _("、").join(known.courses)
    words = {"count": len(known.courses), "what": what, "required": known.required}
    told = _("共 %(count)d 门课程，其中%(what)s，合计 %(required)s 学时方可结业。") % words
    from_ = _("证书自 %(on)s起发放。") % {"on": known.certificates_from}
    return [
        Question(
            "enough",
            _("如何判断我是否达到结业所需学时呢？"),
            (
                *((told, from_) if known.required else ()),
                _(
                    "最直观的是总进度里的“已认定”：红色并写着“未达标”是还不够，蓝色并写着“已达标”就够了。"
                ),
            ),
            _("够不够 学时够吗 结业 达标 多少学时 变蓝"),
            _("看看我的进度"),
            reverse("my_trainings"),
            Ticket.Topic.STUDY,
        )
    ]
