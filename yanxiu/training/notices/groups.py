"""Sort what people are told into groups, and say by which ways each goes out unless she says so.

What law or safety demands stays on, with its reason. Source: docs/rules/notices.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(StrEnum):
    """Name how a notice reaches somebody."""

    INBOX = "inbox"
    TEXT = "text"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class Group:
    """Be the notices that one person wants or does not want together.

    `usual` are the ways for whoever has chosen nothing, `fixed` those that stay on because of
    `why`; what is `urgent` goes out in quiet hours too.
    """

    code: str
    label: Promise | str
    hint: Promise | str
    kinds: frozenset[str]
    usual: frozenset[Way]
    fixed: frozenset[Way] = field(default_factory=frozenset)
    why: Promise | str = ""
    urgent: bool = False


_EVERY, _QUIETLY = frozenset(Way), frozenset({Way.INBOX, Way.PUSH})
_INBOX = frozenset({Way.INBOX})
_DECISION = _("关于您的决定必须告知您，站内消息不能关闭。")

GROUPS = (
    Group(
        "security",
        _("账号安全"),
        _("更换手机号、修改密码、新设备登录、申请注销、重置二次验证"),
        frozenset(
            {
                *("phone_change_started", "phone_change_approved", "phone_change_stopped"),
                *("phone_change_ended", "phone_change_asked", "phone_change_granted"),
                *("phone_changed", "number_set_aside", "password_changed", "departure_asked"),
                *("device_new", "factor_reset"),
            }
        ),
        usual=_EVERY,
        fixed=frozenset({Way.INBOX, Way.TEXT}),
        why=_("关系到账号安全，站内消息和短信不能关闭，免打扰时段也会发送。"),
        urgent=True,
    ),
    Group(
        "verification",
        _("审核与更正"),
        _("审核通过或退回、更正结果、任教信息变化"),
        frozenset(
            {
                *("verification_approved", "verification_rejected", "case_raised", "post_ended"),
                *("correction_approved", "correction_rejected", "correction_raised"),
                "hours_amended",
            }
        ),
        usual=_EVERY,
        fixed=_INBOX,
        why=_DECISION,
    ),
    Group(
        "certificate",
        _("证书"),
        _("可以领取、已生成、已更正、已撤销"),
        frozenset(
            {
                *("certificate_ready", "certificate_issued", "certificate_reissued"),
                *("certificate_revoked", "certificate_readmitted"),
            }
        ),
        usual=_EVERY,
        fixed=_INBOX,
        why=_DECISION,
    ),
    Group(
        "integrity",
        _("学时核查"),
        _("学时暂缓认定、解除、申诉的答复"),
        frozenset({"hold_placed", "hold_lifted", "appeal_upheld"}),
        usual=_EVERY,
        fixed=frozenset({Way.INBOX, Way.TEXT}),
        why=_("关于您学时的决定必须告知您，站内消息和短信不能关闭。"),
    ),
    Group(
        "learning",
        _("报名与学习"),
        _("学时已学满、截止日期临近、管理员的提醒、可以报名"),
        frozenset({"hours_complete", "deadline_near", "reminder", "may_enrol"}),
        usual=_QUIETLY,
    ),
    Group(
        "school",
        _("学校"),
        _("您找的学校有了结果、学校合并或停办"),
        frozenset(
            {
                *("school_added", "school_exists", "school_declined"),
                *("school_merged", "school_closed"),
            }
        ),
        usual=_QUIETLY,
    ),
    Group(
        "family",
        _("家长与孩子"),
        _("关联的请求、同意和解除"),
        frozenset(
            {
                *("kinship_asked", "kinship_agreed", "kinship_agreed_by_school"),
                "kinship_ended",
            }
        ),
        usual=_QUIETLY,
    ),
    Group(
        "support",
        _("客服"),
        _("工单有了回复、已办结、客服查看了您的完整信息"),
        frozenset({"ticket_answered", "ticket_closed", "fact_unmasked"}),
        usual=_EVERY,
    ),
    Group(
        "office",
        _("管理工作"),
        _("授权变化、超期审核、学制更正、学时申诉、导入结果"),
        frozenset(
            {
                *("grant_given", "grant_ended", "deputy_given", "teacher_left"),
                *("case_risen", "correction_risen"),
                *("type_asked", "type_confirmed", "type_declined"),
                *("import_finished", "import_looked_at", "import_refused"),
                *("appeal_made", "appeal_answered"),
            }
        ),
        usual=_INBOX,
        fixed=_INBOX,
        why=_("这是管理员的工作，站内消息不能关闭。"),
    ),
    Group(
        "desk",
        _("客服工作"),
        _("权限变化、移交给您的工单"),
        frozenset({"agent_appointed", "agent_dismissed", "ticket_received"}),
        usual=_INBOX,
        fixed=_INBOX,
        why=_("这是客服的工作，站内消息不能关闭。"),
    ),
)
OF_CODE: Mapping[str, Group] = {group.code: group for group in GROUPS}
_OF_KIND = {kind: group for group in GROUPS for kind in group.kinds}


def of(kind: str) -> Group:
    """Return the group of a kind; raise KeyError where it has none."""
    return _OF_KIND[kind]
