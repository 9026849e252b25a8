"""Say no about how somebody is told."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class NoPushService(Refused):
    """Refuse an address that no browser has given out."""

    code = "no_push_service"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("这个浏览器的推送服务我们不认识，没有开启通知。站内消息和短信不受影响。")


class TooManyBrowsers(Refused):
    """Refuse one browser more than a person can have."""

    code = "too_many_browsers"
    sentence = _("最多在 %(most)d 台设备上开启通知，没有再增加。请先关闭一台不用的设备。")
