"""Say in one sentence what each kind of notice tells; facts fill the `%(name)s` places."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import facts

SENTENCES: dict[str, Promise | str] = {
    "verification_approved": _("“%(school)s”通过了您的审核。"),
    "verification_rejected": _("“%(school)s”退回了您的信息：%(reason)s"),
    "correction_approved": _("您的更正已核准，身份信息已更新。"),
    "correction_rejected": _("您的更正没有通过：%(reason)s"),
    "school_added": _("您找的学校已添加：%(school)s。现在可以选择它。"),
    "school_exists": _("您找的学校已在平台里，名称是“%(school)s”。请直接选择它。"),
    "school_declined": _("您找的学校没有添加：%(reason)s"),
    "school_merged": _(
        "“%(school)s”已并入“%(into)s”，您的任教信息和认证随之转入，您不用再做什么。"
    ),
    "school_closed": _(
        "“%(school)s”已停办，您在该校的任教信息随之结束。请选择现在任教的学校，重新提交审核。"
    ),
    "type_asked": _("有老师因“%(school)s”的学制（%(type)s）不能报名。请核对学校的基本信息。"),
    "type_confirmed": _("“%(school)s”的学制更正已确认，现为“%(type)s”。"),
    "type_declined": _("“%(school)s”的学制更正没有通过：%(reason)s"),
    "may_enrol": _("学校的学制已更正，您现在可以报名“%(training)s”了。"),
    "post_ended": _("您已从“%(school)s”移除。请尽快添加正确的任教信息，重新提交审核。"),
    "teacher_left": _("%(name)s已从“%(school)s”移除任教信息。"),
    "certificate_ready": _("“%(training)s”的证书可以领取了。"),
    "certificate_issued": _("“%(training)s”的证书已生成，可以下载了。"),
    "certificate_reissued": _("“%(training)s”的证书已按更正后的信息重新生成，原证书作废。"),
    "certificate_revoked": _("“%(training)s”的证书已被撤销：%(reason)s"),
    "hours_amended": _("“%(training)s”里“%(course)s”的学时已更正（%(change)s 学时）：%(reason)s"),
    "hours_complete": _("“%(training)s”的学时已学满。%(next)s"),
    "deadline_near": _(
        "“%(training)s”%(left)s截止（%(on)s），您还差 %(missing)s 学时，请尽快完成。"
    ),
    "phone_change_started": _(
        "有人申请把您账号的手机号换成 %(phone)s。"
        "如果不是您本人，请打开 %(stop)s 停止更换，不用登录。"
    ),
    "phone_change_approved": _(
        "更换手机号的申请已核准，您账号的手机号将于 %(due)s 换成 %(phone)s。"
        "如果不是您本人，请打开 %(stop)s 停止更换，不用登录。"
    ),
    "phone_change_stopped": _("更换手机号已停止，账号仍用原来的手机号。"),
    "phone_change_ended": _("更换手机号的申请已结束，账号仍用原来的手机号：%(reason)s"),
    "phone_changed": _(
        "您账号的手机号已换成 %(phone)s，其他登录已全部结束。"
        "如果不是您本人操作，请马上拨打客服电话。"
    ),
    "phone_change_asked": _("您申请把账号换到这个手机号，已收到。查看进度：%(follow)s"),
    "phone_change_granted": _(
        "您更换手机号的申请已核准，%(due)s 生效；生效前原手机号的主人可以停止。查看进度：%(follow)s"
    ),
    "number_set_aside": _(
        "手机号 %(phone)s 已由新的机主注册，不再能登录您的账号。您的学时和证书都在，"
        "请申请更换手机号找回账号。"
    ),
    "password_changed": _("您账号的登录密码已更改。如果不是您本人操作，请马上拨打客服电话。"),
    "departure_asked": _(
        "您的账号已申请注销，将于 %(due)s 注销，此前可以随时撤回。"
        "如果不是您本人操作，请马上撤回并修改密码。"
    ),
    "device_new": _(
        "您的账号在一台新设备上登录：%(device)s。如果不是您本人，请马上结束这个登录并修改密码。"
    ),
    "ticket_answered": _("客服答复了您的工单“%(title)s”。"),
    "ticket_closed": _("您的工单“%(title)s”已办结：%(outcome)s"),
    "hold_placed": _(
        "“%(training)s”的学时已由“%(node)s”暂缓认定：%(reason)s。学习照常记录，您可以查看并申诉。"
    ),
    "hold_lifted": _(
        "“%(training)s”的学时已由“%(node)s”解除暂缓认定，全部恢复，一秒不少：%(reason)s"
    ),
    "appeal_upheld": _(
        "对“%(training)s”学时暂缓认定的申诉，“%(node)s”答复维持：%(reason)s。您可以查看并再次申诉。"
    ),
    "appeal_made": _("有老师对“%(node)s”作出的学时暂缓认定提出申诉，请答复。"),
    "appeal_answered": _("对您作出的学时暂缓认定，“%(node)s”已答复申诉：%(outcome)s。"),
    "certificate_readmitted": _(
        "“%(training)s”的证书准予重领，请核对信息后领取；原证书仍为已撤销。"
    ),
    "reminder": _("“%(training)s”还差 %(missing)s 学时，请在截止前完成。"),
    "case_risen": _("“%(school)s”有审核超过期限未办，已转到您这里。"),
    "case_raised": _("“%(school)s”还没有审核您的信息，已转由县区管理员处理，您不用再做什么。"),
    "correction_risen": _("“%(school)s”有更正申请超过期限未办，已转到您这里。"),
    "correction_raised": _(
        "“%(school)s”还没有审核您的更正申请，已转由县区管理员处理，您不用再做什么。"
    ),
    "grant_given": _("您已成为“%(node)s”的%(level)s。"),
    "grant_ended": _("您在“%(node)s”的%(level)s权限已收回。"),
    "deputy_given": _("%(until)s 之前，您代理“%(node)s”的%(level)s。"),
    "import_looked_at": _("“%(file)s”已检查完，共 %(rows)s 行，请预览并确认。"),
    "import_refused": _("“%(file)s”没有导入。%(why)s"),
    "import_finished": _("“%(file)s”导入结束：已导入 %(taken)s 行，%(refused)s 行未导入。"),
    "agent_appointed": _("您已成为%(role)s，可以进入客服工作台；首次进入时请设置二次验证。"),
    "agent_dismissed": _("您的%(role)s权限已收回，手里的工单已放回队列。"),
    "fact_unmasked": _(
        "为处理您的工单 %(ticket)s，客服查看了您的完整%(what)s（%(why)s）。"
        "如果您没有提交这个工单，请拨打客服电话。"
    ),
    "ticket_received": _("%(agent)s把工单“%(title)s”移交给您。"),
    "kinship_asked": _("有家长（%(said)s）请求关联你。认识才同意，不认识就不同意。"),
    "kinship_agreed": _("关联已同意，您可以查看孩子看过哪些课程。"),
    "kinship_agreed_by_school": _(
        "学校已同意一位家长关联你，家长能看到你看过哪些课程。你可以解除。"
    ),
    "kinship_ended": _("一项亲子关联已解除或没有同意，不能再查看。"),
    "factor_reset": _("上级管理员重置了您的二次验证。下次进入平台管理系统时请重新设置。"),
}


class Known(dict[str, object]):
    """Be the facts of a notice that was written before its sentence asked for more of them."""

    def __missing__(self, name: str) -> str:
        """Leave out what is not known."""
        return "…"


class Spoken(dict[str, object]):
    """Be facts that are said in the language of the moment."""

    def __init__(self, known: Mapping[str, object]) -> None:
        """Say what of these a sentence asks for."""
        super().__init__()
        self.known = known

    def __missing__(self, name: str) -> object:
        """Say one of them; raise KeyError where it is not known."""
        return facts.spoken(self.known[name])


def told(kind: str, known: Mapping[str, object]) -> str:
    """Return what a kept notice tells; nothing where its kind is no longer told."""
    return str(SENTENCES.get(kind, "")) % Spoken(Known(known))


def sentence(kind: str, known: Mapping[str, object]) -> str:
    """Return what a notice tells; raise KeyError where the kind or one of its facts is unknown."""
    return str(SENTENCES[kind]) % Spoken(known)
