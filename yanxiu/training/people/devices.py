"""Say in words from which device and program somebody comes, as far as its browser tells."""

import re
from dataclasses import dataclass

from yanxiu.foundation.marking import marked as _

# The first that fits: programs that pretend to be others stand before them.
PROGRAMS = (
    (r"YanxiuDesktop", _("桌面端")),
    (r"MicroMessenger", _("微信")),
    (r"DingTalk", _("钉钉")),
    (r"QQ/", "QQ"),
    (r"MQQBrowser|QQBrowser", _("QQ 浏览器")),
    (r"UCBrowser|UBrowser", _("UC 浏览器")),
    (r"HuaweiBrowser", _("华为浏览器")),
    (r"MiuiBrowser", _("小米浏览器")),
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"OpenHarmony|HarmonyOS", _("鸿蒙设备")),
    (r"Android.*Mobile", _("安卓手机")),
    (r"Android", _("安卓平板")),
    (r"Windows", _("Windows 电脑")),
    (r"Macintosh|Mac OS X", _("Mac 电脑")),
    (r"CrOS", "Chromebook"),
    (r"Linux", _("Linux 电脑")),
)


@dataclass(frozen=True, slots=True)
class Device:
    """Hold the program and the system; "" for what nobody could tell."""

    program: str
    system: str


def read(agent: str) -> Device:
    """Return what a browser's own description says."""
    return Device(_first(PROGRAMS, agent), _first(SYSTEMS, agent))


def words(device: Device) -> str:
    """Return system and program in one go; "" where nobody could tell either."""
    return " · ".join(filter(None, (device.system, device.program)))


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((words for pattern, words in known if re.search(pattern, agent)), "")
