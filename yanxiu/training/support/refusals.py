"""Say no about tickets."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class NothingSaid(Refused):
    """Refuse a message without a word."""

    code = "nothing_said"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请用文字写明您遇到的问题。")


class SaidTooMuch(Refused):
    """Refuse a message that nobody would read."""

    code = "said_too_much"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("最多 %(most)d 字，现在有 %(count)d 字；已为您保留草稿。")


class TooManyPictures(Refused):
    """Refuse more pictures than a message takes."""

    code = "too_many_pictures"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("一次最多 %(most)d 张图片，没有提交；文字已保留，请重新选择图片。")


class TooManyTickets(Refused):
    """Refuse one ticket more than a person may have open."""

    code = "too_many_tickets"
    sentence = _(
        "您已有 %(most)d 个没有办结的工单，没有再新建；已为您保留草稿。请在原来的工单里补充。"
    )


class TooManyMessages(Refused):
    """Refuse somebody who writes faster than anybody reads."""

    code = "too_many_messages"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("您写得太频繁，这一条没有提交；已为您保留草稿，请一小时后再发。")


class TicketOver(Refused):
    """Refuse to add to a ticket that ended long ago."""

    code = "ticket_over"
    sentence = _("这个工单办结已超过 %(days)d 天，不能再补充；已为您保留草稿，请新建工单。")


class GoesOnElsewhere(Refused):
    """Refuse to add to a ticket that was merged into another one."""

    code = "goes_on_elsewhere"
    sentence = _("这个工单已并入工单 %(number)s，没有提交；已为您保留草稿，请在那个工单里补充。")


class NotOnePersons(Refused):
    """Refuse to merge what two people have asked."""

    code = "not_one_persons"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("只能合并同一位老师的两个未办结的工单，没有合并。请重新选择。")


class HasMerged(Refused):
    """Refuse to merge a ticket into which others were merged before."""

    code = "has_merged"
    sentence = _("已有工单并入这个工单，没有合并。请到另一个工单里，把它并到这里来。")


class TicketClosed(Refused):
    """Refuse to end what has ended."""

    code = "ticket_closed"
    sentence = _("这个工单已经办结，页面已更新。")


class ReasonMissing(Refused):
    """Refuse to close a ticket without one of the codes."""

    code = "reason_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请选择办结的结果。")


class OwnTicket(Refused):
    """Refuse an agent who would answer herself."""

    code = "own_ticket"
    status = HTTPStatus.FORBIDDEN
    sentence = _("这是您自己的工单，须由其他客服处理。")


class AlreadyTaken(Refused):
    """Refuse a ticket that another agent has in hand, and say who."""

    code = "already_taken"
    sentence = _("该工单已由%(agent)s处理，没有重复处理；您写好的内容已存为草稿。")


class NotInHand(Refused):
    """Refuse an agent who has not taken the ticket."""

    code = "not_in_hand"
    sentence = _("这个工单不在您手里，没有改变。请先领取。")


class NoAgent(Refused):
    """Refuse to hand a ticket to whoever does not answer at the desk."""

    code = "no_agent"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("对方现在不是客服，没有移交。请重新选择。")


class NotLead(Refused):
    """Refuse whoever would say who answers at the desk and is no lead, or would name a lead."""

    code = "not_lead"
    status = HTTPStatus.FORBIDDEN
    sentence = _("客服由客服组长指定，组长由系统维护人员指定；没有改变任何数据。")


class OwnRight(Refused):
    """Refuse a lead who would take her own right or give herself another."""

    code = "own_desk_right"
    status = HTTPStatus.FORBIDDEN
    sentence = _("不能改变自己的客服权限，没有改变任何数据。请由系统维护人员处理。")


class ServesToo(Refused):
    """Refuse to let an officer answer at the desk: one alone would hold two keys."""

    code = "serves_too"
    sentence = _("对方是平台的管理员，不能同时做客服，没有指定。请先收回其管理员权限。")


class ServesNow(Refused):
    """Refuse the desk to an agent who has become an officer: one alone would hold two keys."""

    code = "serves_now"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "您现在是平台的管理员，不能同时做客服。请由客服组长收回客服权限，或由上级收回管理员权限。"
    )


class AnswersAlready(Refused):
    """Refuse to give a right that somebody has."""

    code = "answers_already"
    sentence = _("对方已经是客服，没有改变。")


class NobodyCalledSo(Refused):
    """Refuse a phone and a name that are not one person's; which of both is wrong is not told."""

    code = "nobody_called_so"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("没有手机号和姓名都相符的人。请核对；对方要先注册，并填好姓名和证件。")


class SoughtTooOften(Refused):
    """Refuse to look up one number more within the hour."""

    code = "agent_sought_too_often"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("一小时内查找得太多，请稍后再试。填写的内容都还在。")


class TitleTaken(Refused):
    """Refuse a second canned answer under a title."""

    code = "title_taken"
    sentence = _("已有同名的常用答复，没有保存；填写的内容都还在，请换一个名称。")


class TooManyCanned(Refused):
    """Refuse more canned answers than anybody finds her way in."""

    code = "too_many_canned"
    sentence = _("常用答复已有 %(most)d 条，没有保存；填写的内容都还在，请先停用几条。")


class TwoFacts(Refused):
    """Refuse to search by less than two exact facts."""

    code = "two_facts"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请填写至少两项：完整的手机号、姓名、证件号码。没有查找。")


class NobodyFits(Refused):
    """Refuse facts that do not fit one person; which of them is wrong is not told."""

    code = "nobody_fits"
    status = HTTPStatus.NOT_FOUND
    sentence = _("没有各项都相符的人，已计入今天的查找次数。请与对方逐字核对。")


class TooManyPeople(Refused):
    """Refuse to search for one person more in a day."""

    code = "too_many_people"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("每天最多查找 %(most)d 位，今天已经用完，没有查找。请明天再查，或请老师提交工单。")


class NeedsTicket(Refused):
    """Refuse to show anything whole without a ticket of hers in hand."""

    code = "needs_ticket"
    status = HTTPStatus.FORBIDDEN
    sentence = _("查看完整信息须有她的工单在您手里。请先请她提交工单，领取后再查看。")


class UnmaskReasonMissing(Refused):
    """Refuse to show something whole for a reason that nobody wrote."""

    code = "unmask_reason_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("选择“其他”时，请写明原因。没有显示。")


class NothingToUnmask(Refused):
    """Tell that she has not given what is asked for."""

    code = "nothing_to_unmask"
    sentence = _("她还没有填写这一项，没有可显示的内容。")


class TooManyUnmasked(Refused):
    """Refuse to show one fact more in a day."""

    code = "too_many_unmasked"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("24 小时内最多查看 %(most)d 次完整信息，已经用完，没有显示。")
