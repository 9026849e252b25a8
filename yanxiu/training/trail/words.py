"""Say in one sentence what each verb of the trail did; who did it stands before, when beside it.

`%(whom)s` is the person whom it was done to. Other facts come from the entry's detail; what an
entry does not tell is left out as "…". No sentence shows a number of a document or a whole phone.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By what officers look for acts, each with the beginnings of its verbs.
GROUPS: dict[str, tuple[Promise | str, tuple[str, ...]]] = {
    "verification": (_("审核与更正"), ("verification_", "correction_", "case_")),
    "post": (_("任教信息与名册"), ("post_", "roster_", "identity_", "student_", "kinship_")),
    "school": (_("学校"), ("school_", "type_")),
    "right": (_("权限与二次验证"), ("grant_", "deputy_", "officer_", "factor", "recovery_")),
    "phone": (_("更换手机号"), ("phone_", "number_set")),
    "sheet": (_("导入与导出"), ("import_", "export_")),
    "certificate": (
        _("证书"),
        ("certificate_", "revocation_", "readmission_", "showing_", "paper_"),
    ),
    "integrity": (_("学时核查"), ("doubt_", "hold_", "appeal_")),
    "training": (
        _("报名、学时与提醒"),
        ("enrolled", "laggards_", "window_", "hours_", "rules_", "media_"),
    ),
}
# What agents do at the help desk, as its lead looks for it.
DESK: dict[str, tuple[Promise | str, tuple[str, ...]]] = {
    "seen": (_("查看"), ("person_sought", "person_looked_at", "nobody_found", "fact_")),
    "ticket": (_("工单"), ("ticket_taken", "ticket_put", "ticket_hand", "ticket_merged")),
    "said": (_("答复与办结"), ("ticket_answered", "ticket_closed")),
    "kept": (_("客服与常用答复"), ("agent_", "canned_")),
}

SENTENCES: dict[str, Promise | str] = {
    "registered": _("注册了账号"),
    "session_by_command": _("由系统维护人员打开了%(whom)s的会话"),
    "password_set": _("设置或修改了登录密码"),
    "password_forgotten": _("取消了登录密码"),
    "language_chosen": _("选择了页面语言"),
    "session_ended": _("结束了一台设备上的登录"),
    "sessions_ended": _("结束了其他设备上的全部登录"),
    "phone_changed": _("用新旧两个号码的验证码更换了手机号"),
    "number_set_aside": _("长期未用的账号，手机号由新机主使用"),
    "phone_change_asked": _("有人申请更换%(whom)s的手机号"),
    "phone_change_picture_given": _("上传了更换%(whom)s手机号的照片"),
    "phone_change_picture_seen": _("查看了更换%(whom)s手机号的照片（%(why)s）"),
    "phone_change_vouched": _("核实了%(whom)s本人要更换手机号"),
    "phone_change_approved": _("核准了%(whom)s更换手机号，48 小时后生效"),
    "phone_change_declined": _("没有同意%(whom)s更换手机号"),
    "phone_change_stopped": _("停止了%(whom)s手机号的更换"),
    "phone_change_withdrawn": _("撤回了更换%(whom)s手机号的申请"),
    "phone_change_done": _("%(whom)s的手机号更换生效"),
    "phone_change_taken": _("%(whom)s的新手机号已被使用，没有更换"),
    "phone_change_lapsed": _("更换%(whom)s手机号的申请超过 30 天，自动结束"),
    "number_opened": _("查看了%(whom)s的完整证件号码（%(why)s）"),
    "own_copy_asked": _("申请下载自己的数据"),
    "own_copy_made": _("为%(whom)s整理好了她的数据"),
    "own_copy_fetched": _("下载了自己的数据"),
    "departure_asked": _("申请注销账号"),
    "departure_undone": _("撤回了注销申请"),
    "departed": _("到期注销了%(whom)s的账号"),
    "persona_switched": _("切换了身份"),
    "student_data_sealed": _("封存了%(whom)s的学生数据"),
    "student_data_restored": _("恢复了%(whom)s封存的学生数据"),
    "student_data_deleted": _("到期删除了%(whom)s封存的学生数据"),
    "student_entry_added": _("在%(where)s的学生名册里添加了一位学生"),
    "student_entries_ended": _("从%(where)s的学生名册里结束了 %(count)s 位学生"),
    "student_codes_issued": _("为%(where)s的 %(count)s 位学生生成了登录码"),
    "kinship_asked": _("请求关联孩子"),
    "kinship_agreed": _("同意了一位家长的关联"),
    "kinship_ended": _("解除了一项亲子关联"),
    "identity_recorded": _("填写了姓名和证件"),
    "enrolled": _("报名了专题研修"),
    "post_begun": _("填写了%(whom)s在%(where)s的任教信息"),
    "post_ended": _("结束了%(whom)s在%(where)s的任教信息"),
    "post_carried_on": _("随学校并入%(where)s，%(whom)s的任教信息延续"),
    "verification_requested": _("提交了%(whom)s的审核申请"),
    "verification_approved": _("通过了%(whom)s的审核"),
    "verification_rejected": _("退回了%(whom)s的审核申请"),
    "verification_handed_up": _("把%(whom)s的审核转给县区复核"),
    "case_risen": _("%(whom)s的审核超过期限未办，转由县区处理"),
    "correction_requested": _("提交了%(whom)s的更正申请"),
    "correction_withdrawn": _("撤回了%(whom)s的更正申请"),
    "correction_approved": _("核准了%(whom)s的更正"),
    "correction_rejected": _("退回了%(whom)s的更正申请"),
    "correction_handed_up": _("把%(whom)s的更正转给县区复核"),
    "correction_risen": _("%(whom)s的更正申请超过期限未办，转由县区处理"),
    "correction_proof_seen": _("查看了%(whom)s的更正证明材料"),
    "grant_given": _("授权%(whom)s为%(where)s的%(level)s"),
    "grant_ended": _("收回了%(whom)s在%(where)s的%(level)s权限"),
    "grant_refused": _("试图授予或收回%(whom)s的%(level)s权限，没有成功"),
    "deputy_given": _("请%(whom)s代理%(where)s的%(level)s，到 %(until)s 为止"),
    "officer_sought": _("查找了一个手机号，准备授权"),
    "factor_added": _("添加了一种二次验证方式"),
    "factor_removed": _("删除了一种二次验证方式"),
    "factors_forgotten": _("清除了%(whom)s的二次验证"),
    "factors_reset": _("重置了%(whom)s的二次验证，并结束其全部登录"),
    "recovery_codes_renewed": _("换了一组恢复码"),
    "figures_differ": _("核对发现统计数字与明细不一致，已重新计算"),
    "signer_made": _("启用了新的证书签名密钥"),
    "certificate_differs": _("核对发现一份证书与档案不一致，已报警"),
    "certificate_issued": _("领取了%(whom)s的证书"),
    "certificate_reissued": _("按更正后的信息重新生成了%(whom)s的证书，原证书作废"),
    "certificate_revoked": _("会签撤销了%(whom)s的证书"),
    "revocation_proposed": _("提请撤销%(whom)s的证书"),
    "revocation_withdrawn": _("撤回了撤销%(whom)s证书的提请"),
    "revocation_declined": _("没有同意撤销%(whom)s的证书"),
    "showing_made": _("生成了一个出示证书的链接"),
    "showing_ended": _("关闭了一个出示证书的链接"),
    "readmission_proposed": _("提请准予%(whom)s重领证书"),
    "readmission_withdrawn": _("撤回了准予%(whom)s重领证书的提请"),
    "readmission_declined": _("没有同意准予%(whom)s重领证书"),
    "certificate_readmitted": _("会签准予%(whom)s重领证书，原证书仍为已撤销"),
    "doubt_found": _("发现%(whom)s的学习记录有一条疑点，没有改变任何学时"),
    "doubt_cleared": _("查看了%(whom)s的学习记录，认为没有问题"),
    "hold_placed": _("暂缓认定%(whom)s的学时"),
    "hold_lifted": _("解除了%(whom)s学时的暂缓认定，全部恢复"),
    "appeal_made": _("对学时暂缓认定提出申诉"),
    "appeal_granted": _("答复%(whom)s的申诉：解除暂缓认定"),
    "appeal_upheld": _("答复%(whom)s的申诉：维持暂缓认定"),
    "export_asked": _("申请了一份导出"),
    "export_made": _("生成了一份导出"),
    "export_fetched": _("下载了一份导出"),
    "export_stopped": _("停止了一份导出"),
    "import_handed_in": _("上传了一份导入表格"),
    "import_looked_at": _("检查完一份导入表格"),
    "import_refused": _("退回了一份导入表格：文件不能导入"),
    "import_columns_chosen": _("为导入表格对应了各列"),
    "import_confirmed": _("确认导入一份表格"),
    "import_cancelled": _("取消了一份导入"),
    "import_finished": _("完成了一份导入"),
    "import_stopped": _("停止了一份导入"),
    "ticket_opened": _("新建了工单 %(number)s"),
    "ticket_written": _("补充了工单 %(number)s"),
    "ticket_reopened": _("重新打开了工单 %(number)s"),
    "ticket_answered": _("答复了工单 %(number)s"),
    "ticket_closed": _("办结了工单 %(number)s"),
    "ticket_taken": _("领取了工单 %(number)s"),
    "ticket_put_back": _("放回了工单 %(number)s"),
    "ticket_handed_over": _("移交了工单 %(number)s"),
    "ticket_merged": _("把工单 %(number)s 并入了另一个工单"),
    "agent_appointed": _("指定%(whom)s为%(role)s"),
    "agent_dismissed": _("收回了%(whom)s的%(role)s权限"),
    "agent_sought": _("查找了一个手机号，准备指定客服"),
    "person_sought": _("凭两项信息查找了%(whom)s，打开了她的情况"),
    "nobody_found": _("凭两项信息查找老师，没有找到"),
    "person_looked_at": _("从工单 %(ticket)s 打开了%(whom)s的情况"),
    "fact_unmasked": _("为工单 %(ticket)s 查看了%(whom)s的完整%(what)s（%(why)s）"),
    "canned_answer_written": _("写了常用答复“%(title)s”"),
    "canned_answer_ended": _("停用了常用答复“%(title)s”"),
    "notices_chosen": _("更改了接收消息的方式"),
    "subscription_begun": _("在一台设备上开启了消息通知"),
    "subscription_ended": _("关闭了一台设备上的消息通知"),
    "window_extended": _("%(training)s因停机（%(why)s）顺延了学习时间"),
    "lesson_withdrawn": _("“%(training)s”的《%(lesson)s》已下线（%(why)s）"),
    "hours_amending": _("提请更正%(whom)s“%(course)s”的学时 %(seconds)s 秒（%(why)s）"),
    "hours_amended": _("确认更正%(whom)s“%(course)s”的学时 %(seconds)s 秒（%(why)s）"),
    "hours_not_amended": _("没有更正%(whom)s“%(course)s”的学时"),
    "hours_differ": _("核对发现%(whom)s的学时与学习记录不一致，已报警"),
    "media_replaced": _("替换了视频“%(title)s”（第 %(version)s 版：%(why)s）"),
    "rules_changed": _("%(training)s启用了第 %(version)s 版规则（%(why)s）"),
    "laggards_reminded": _("提醒了范围内尚未完成的老师"),
    "school_request_added": _("答复了找不到学校的申请：已经新增"),
    "school_request_exists": _("答复了找不到学校的申请：平台里已有"),
    "school_request_declined": _("没有同意新增学校的申请"),
    "school_renamed": _("更改了学校名称，现为%(where)s"),
    "school_moved": _("变更了%(where)s的隶属"),
    "school_merged": _("把一所学校并入%(where)s"),
    "school_closed": _("停办了%(where)s"),
    "school_retyped": _("更正了%(where)s的办学类型"),
    "type_confirmed": _("确认了%(where)s更正办学类型的申请"),
    "type_declined": _("没有同意%(where)s更正办学类型的申请"),
    "school_opened": _("新增了学校：%(where)s"),
    "school_asked": _("申请新增一所找不到的学校"),
    "school_request_withdrawn": _("撤回了新增学校的申请"),
    "type_proposed": _("申请更正%(where)s的办学类型"),
    "type_proposal_withdrawn": _("撤回了更正办学类型的申请"),
    "roster_entry_added": _("在%(where)s的名册里添加了一位教师"),
    "roster_entry_ended": _("从%(where)s的名册里移除了一位教师"),
}


class Known(dict[str, object]):
    """Be the facts of an entry, some of which it does not tell."""

    def __missing__(self, name: str) -> str:
        """Leave out what is not known."""
        return "…"


def told(verb: str, facts: Mapping[str, object]) -> str:
    """Return what an entry tells; an act whose words nobody wrote is still an act."""
    return str(SENTENCES.get(verb, _("做了一项操作"))) % Known(facts)


def verbs(group: str) -> list[str]:
    """Return the verbs of a group of acts; none for a group that we do not have."""
    _label, beginnings = (GROUPS | DESK).get(group, ("", ()))
    return [verb for verb in SENTENCES if verb.startswith(beginnings)] if beginnings else []
