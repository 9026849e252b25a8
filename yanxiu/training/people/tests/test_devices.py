import pytest

from yanxiu.training.people import devices
from yanxiu.training.people.devices import Device

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "program", "system"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0) {APPLE} Chrome/140.0 Safari/537.36", "Chrome", "Windows 电脑"),  # noqa: E501 - as browsers write it
        (f"Mozilla/5.0 (Windows NT 10.0) {APPLE} Chrome/140 Safari/537 Edg/140", "Edge", "Windows 电脑"),  # noqa: E501 - as browsers write it
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {APPLE} Version/18 Safari/605", "Safari", "Mac 电脑"),  # noqa: E501 - as browsers write it
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {APPLE} MicroMessenger/8.0", "微信", "iPhone"),  # noqa: E501 - as browsers write it
        (f"Mozilla/5.0 (Linux; Android 15; V2) {APPLE} Chrome/140 Mobile Safari/537", "Chrome", "安卓手机"),  # noqa: E501 - as browsers write it
        (f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {APPLE} Chrome/114 Safari ArkWeb HuaweiBrowser/5", "华为浏览器", "鸿蒙设备"),  # noqa: E501 - as browsers write it
        ("", "", ""),
        ("curl/8.5", "", ""),
    ],
)  # fmt: skip
def test_what_a_browser_tells_of_itself(agent: str, program: str, system: str) -> None:
    assert devices.read(agent) == Device(program, system)


@pytest.mark.parametrize(
    ("device", "words"),
    [
        (Device("Edge", "Windows 电脑"), "Windows 电脑 · Edge"),
        (Device("Edge", ""), "Edge"),
        (Device("", "iPhone"), "iPhone"),
        (Device("", ""), ""),
    ],
)
def test_system_and_program_are_said_as_far_as_they_are_known(device: Device, words: str) -> None:
    assert devices.words(device) == words
