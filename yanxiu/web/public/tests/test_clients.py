"""Show that the desktop client is handed out with its version, its size and its checksum."""

import os
from pathlib import Path

import pytest
from django.test import Client

from tests.support.releases import SUM, publish

pytestmark = pytest.mark.usefixtures("country")

WINDOWS = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"}


def test_without_a_release_the_page_says_how_to_do_without(client: Client, tmp_path: Path) -> None:
    said = client.get("/clients/").content.decode()
    for words in ("还没有提供桌面端安装包", 'href="/app/"', "1.0.0", "不能选择播放速度"):
        assert words in said


def test_the_visitors_own_system_comes_first(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(monkeypatch, tmp_path, version="1.2.0")
    said = client.get("/clients/", headers=WINDOWS).content.decode()
    assert said.count(SUM) == 3
    assert said.count("这台电脑") == 1
    own, rest = said.split("这台电脑", 1)
    assert "Windows <span" in own
    assert "macOS" in rest
    assert "Linux" in rest
    assert 'href="/media/clients/yanxiu-1.2.0.exe" download' in said
    assert "2.4 MB" in said


def test_a_new_release_counts_at_once(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(monkeypatch, tmp_path, version="1.2.0")
    assert "下载 1.2.0" in client.get("/clients/").content.decode()
    path = publish(monkeypatch, tmp_path, version="1.10.0")
    os.utime(path, (1, 1))
    assert "下载 1.10.0" in client.get("/clients/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "newest"},
        {"packages": [{"system": "linux", "name": "../a", "size": 1, "sha256": SUM}]},
        {"packages": [{"system": "amiga", "name": "a", "size": 1, "sha256": SUM}]},
        {"packages": [{"system": "linux", "name": "a", "size": 1, "sha256": "00"}]},
        {"also": 1},
    ],
)
def test_a_release_that_makes_no_sense_is_an_alarm_and_none(
    wrong: dict[str, object],
    client: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    publish(monkeypatch, tmp_path, **({"version": "1.2.0"} | wrong))  # type: ignore[arg-type]  # a test says what is wrong
    assert "还没有提供桌面端安装包" in client.get("/clients/").content.decode()
    assert "clients cannot be given out" in caplog.text
