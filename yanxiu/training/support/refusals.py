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
    """Refuse a ticket that another agent has in hand."""

    code = "already_taken"
    sentence = _("这个工单已由其他客服处理，页面已更新。")


class NotInHand(Refused):
    """Refuse an agent who has not taken the ticket."""

    code = "not_in_hand"
    sentence = _("这个工单不在您手里，没有改变。请先领取。")
