"""Show what the environment may say about platforms."""

import pytest

from yanxiu.config import platforms
from yanxiu.foundation import environment


def test_without_a_word_one_platform_runs_here_and_the_others_are_named() -> None:
    basic, vocational, higher = platforms.read(is_demo=False)
    assert (basic.serves, basic.is_here) == ("basic", True)
    assert not vocational.is_here
    assert higher.name == "国家高等教育智慧教育平台"


def test_each_has_its_name_host_and_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "YANXIU_BRANCHES": "vocational,basic",
        "YANXIU_VOCATIONAL_PLATFORM": "甲职教",
        "YANXIU_VOCATIONAL_HOST": "Zhi.example.cn",
        "YANXIU_VOCATIONAL_COLOUR": "ochre",
        "YANXIU_HIGHER_ADDRESS": "https://higher.example.cn/",
    }.items():
        monkeypatch.setenv(name, value)
    main, basic, higher = found = platforms.read(is_demo=False)
    assert (main.serves, main.name, main.host) == ("vocational", "甲职教", "zhi.example.cn")
    assert (main.colour, basic.colour) == ("ochre", "azurite")
    assert (higher.is_here, higher.address) == (False, "https://higher.example.cn/")
    assert platforms.hosts(found, "portal.example.cn") == ["zhi.example.cn", "portal.example.cn"]


@pytest.mark.parametrize(
    ("name", "value"), [("YANXIU_BRANCHES", "basic,other"), ("YANXIU_HIGHER_COLOUR", "red")]
)
def test_what_there_is_not_stops_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.Misconfigured, match=name):
        platforms.read(is_demo=False)
