"""Show what a package is told, and what is told of it."""

import configparser
import json
from pathlib import Path

import msgspec
import pytest

from desktop import VERSION, place
from desktop.packaging import releases, staging
from yanxiu.foundation import versions
from yanxiu.web.shared.releases import Release


def test_the_countys_file_stands_in_the_package_with_its_explanations(tmp_path: Path) -> None:
    stage = staging.prepare(tmp_path, "https://a.example.cn", "甲县研修", "b.example.cn")
    read = place.read([stage.file])
    assert (read.address, read.name, read.also) == (
        "https://a.example.cn",
        "甲县研修",
        ("b.example.cn",),
    )
    assert "/etc/yanxiu-desktop/client.ini" in stage.file.read_text()
    assert (stage.program / "desktop" / "frame.html").is_file()
    assert not (stage.program / "desktop" / "tests").exists()


def test_an_address_that_is_none_packs_nothing(tmp_path: Path) -> None:
    with pytest.raises(place.Misconfigured):
        staging.prepare(tmp_path, "a.example.cn", "甲")


def test_the_platform_reads_what_packing_writes(tmp_path: Path) -> None:
    for name, system in (("a.deb", "Linux"), ("a.exe", "Windows"), ("b.deb", "Linux")):
        (tmp_path / name).write_bytes(name.encode())
        releases.write(tmp_path, tmp_path / name, system)
    release = msgspec.json.decode((tmp_path / releases.FILE).read_bytes(), type=Release)
    assert {each.system: each.name for each in release.packages} == {
        "windows": "a.exe",
        "linux": "b.deb",
    }
    assert str(versions.read(release.version)) == VERSION


def test_files_of_another_version_are_left_behind(tmp_path: Path) -> None:
    old = {"system": "macos", "name": "old.dmg", "size": 1, "sha256": "0" * 64}
    path = tmp_path / releases.FILE
    path.write_text(json.dumps({"version": "0.1.0", "packages": [old]}))
    (tmp_path / "a.deb").write_bytes(b"a")
    releases.write(tmp_path, tmp_path / "a.deb", "Linux")
    assert "old.dmg" not in path.read_text()


def test_the_file_in_the_repository_is_one() -> None:
    shown = Path(place.__file__).with_name(place.FILE)
    read = configparser.ConfigParser(interpolation=None)
    read.read_string(shown.read_text())
    assert {*read["platform"]} == {"address", "name", "also", "downloads"}
