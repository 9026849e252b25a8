"""Say what the window itself says, in the language of the system: everything else is the pages'."""

from __future__ import annotations

import locale
import os

CHINESE = {
    "connecting": "正在连接{name}…",
    "offline": "现在连不上{name}",
    "offline_why": "请看看这台电脑的网络是否接通。"
    "您已经看过的时长存在本机，联网后会自动补报，不会丢失。",
    "offline_again": "再试一次",
    "offline_itself": "每 {seconds} 秒会自动再试。",
    "unsafe": "这个连接不安全，没有打开",
    "unsafe_why": "对方出示的证书不可信，可能有人在中间。没有发送任何数据。"
    "请联系本单位的信息技术人员。",
    "unset": "还没有设置平台地址",
    "unset_why": "请本单位的信息技术人员在下面的文件里写上 address = https://…，然后重新打开。",
    "crashed": "这一页意外停止了",
    "crashed_why": "您已经看过的时长没有丢失。请重新打开这一页。",
    "saved": "已保存：{path}",
    "not_saved": "没有下载成功，请检查网络和磁盘空间后再试。",
    "open_folder": "打开文件夹",
    "close": "关闭",
    "file": "文件",
    "downloads": "下载到哪个文件夹…",
    "print": "打印…",
    "quit": "退出",
    "view": "查看",
    "larger": "放大",
    "smaller": "缩小",
    "plain": "原始大小",
    "full": "全屏",
    "go": "转到",
    "home": "首页",
    "back": "后退",
    "forward": "前进",
    "again": "刷新",
}
ENGLISH = {
    "connecting": "Connecting to {name}…",
    "offline": "{name} cannot be reached now",
    "offline_why": "Please check this computer's network. What you have watched is kept here"
    " and reported once the network is back; nothing is lost.",
    "offline_again": "Try again",
    "offline_itself": "It is tried again every {seconds} seconds.",
    "unsafe": "The connection is not safe and was not opened",
    "unsafe_why": "The other side's certificate cannot be trusted; somebody may be in between."
    " Nothing was sent. Please ask your IT staff.",
    "unset": "The platform's address is not set",
    "unset_why": "Your IT staff writes address = https://… into the file below;"
    " then open this again.",
    "crashed": "This page has stopped",
    "crashed_why": "What you have watched is not lost. Please open the page again.",
    "saved": "Saved: {path}",
    "not_saved": "The download failed. Please check network and disk space, and try again.",
    "open_folder": "Open folder",
    "close": "Close",
    "file": "File",
    "downloads": "Folder for downloads…",
    "print": "Print…",
    "quit": "Quit",
    "view": "View",
    "larger": "Larger",
    "smaller": "Smaller",
    "plain": "Actual size",
    "full": "Full screen",
    "go": "Go",
    "home": "Home",
    "back": "Back",
    "forward": "Forward",
    "again": "Reload",
}


def say(word: str, **facts: object) -> str:
    """Return a sentence with its facts; Chinese unless the system speaks English."""
    return (ENGLISH if _language().startswith("en") else CHINESE)[word].format(**facts)


def _language() -> str:
    told = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return (next(filter(None, told), None) or locale.getlocale()[0] or "").lower()
