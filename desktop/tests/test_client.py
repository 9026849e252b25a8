"""Show what the client decides without a window."""

from pathlib import Path

import pytest

from desktop import agent, downloads, links, memory, pages, place, single

HOSTS = frozenset({"yanxiu.example.cn", "zhi.example.cn"})


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://yanxiu.example.cn/trainings/season/", "inside outside"),
        ("https://ZHI.example.cn/", "inside outside"),
        ("https://yanxiu.example.cn.evil.example/", "outside"),
        ("https://yanxiu.example.cn@evil.example/", "outside"),
        ("http://yanxiu.example.cn:8080/", "outside"),
        ("tel:4001910910", "outside"),
        ("mailto:help@example.cn", "outside"),
        ("about:blank", "inside"),
        ("blob:https://yanxiu.example.cn/1", "inside"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("smb://share/program.exe", ""),
    ],
)
def test_a_link_opens_in_the_window_in_the_browser_or_nowhere(address: str, opens: str) -> None:
    assert links.is_inside(address, HOSTS) == ("inside" in opens)
    assert links.is_outside(address) == ("outside" in opens)


def test_a_download_never_writes_over_another(tmp_path: Path) -> None:
    for name in ("证书.pdf", "证书 (2).pdf"):
        goal = downloads.goal(tmp_path, "证书.pdf")
        assert goal == tmp_path / name
        goal.touch()


@pytest.mark.parametrize("name", ["../../证书.pdf", "a/b\\c:d?.pdf", "", "..", "字" * 300 + ".pdf"])
def test_a_download_stays_in_its_folder_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    goal = downloads.goal(tmp_path, name)
    assert goal.parent == tmp_path
    goal.touch()


def write(folder: Path, text: str) -> list[Path]:
    (folder / place.FILE).write_text(text, encoding="utf-8")
    return [folder / "missing.ini", folder / place.FILE]


def test_one_file_says_where_the_platform_is(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        "\ufeff[platform]\naddress = https://Yanxiu.example.cn/\nname = 甲县研修\n"
        f"also = zhi.example.cn, portal.example.cn\ndownloads = {tmp_path}/papers\n",
    )
    read = place.read(paths)
    assert (read.address, read.name) == ("https://Yanxiu.example.cn", "甲县研修")
    assert read.hosts == {"yanxiu.example.cn", "zhi.example.cn", "portal.example.cn"}
    assert read.downloads == tmp_path / "papers"


@pytest.mark.parametrize(
    "text",
    ["", "address = x", "[platform]\n", "[platform]\naddress = ftp://a", "[platform]\naddress"],
)
def test_a_file_that_names_no_platform_is_named_itself(text: str, tmp_path: Path) -> None:
    with pytest.raises(place.Misconfigured) as said:
        place.read(write(tmp_path, text))
    assert str(said.value).endswith(place.FILE)
    assert str(said.value) in pages.unset(str(said.value))


@pytest.mark.parametrize("system", ["Linux", "Windows", "Darwin"])
def test_each_system_has_its_folders_and_says_who_asks(system: str) -> None:
    assert place.candidates(system, {"YANXIU_DESKTOP_CONFIG": "/x"})[0] == Path("/x")
    assert "anxiu" in str(place.profile(system, {}))
    assert agent.text(system, "1.2.3").endswith(" YanxiuDesktop/1.2.3")


def test_size_of_letters_goes_by_steps_and_ends(tmp_path: Path) -> None:
    assert memory.stepped(1.0, 1) == 1.1
    assert memory.stepped(1.1, -1) == 1.0
    assert (memory.stepped(3.0, 1), memory.stepped(0.5, -1)) == (3.0, 0.5)
    assert memory.stepped(2.5, 0) == 1.0


def test_what_is_remembered_survives_and_what_is_broken_is_forgotten(tmp_path: Path) -> None:
    kept = memory.Memory(zoom=1.5, width=900, height=700, downloads="/papers")
    memory.write(tmp_path, kept)
    assert memory.read(tmp_path) == kept
    (tmp_path / memory.FILE).write_text('{"zoom": "large"}')
    assert memory.read(tmp_path) == memory.Memory()


def test_a_second_start_calls_the_first(tmp_path: Path) -> None:
    called: list[str] = []
    first = single.Running(tmp_path, "Linux")
    assert not first.calls_the_first()
    # What a first one that was killed has left behind is in nobody's way.
    Path(first.address).touch()
    assert not first.calls_the_first()
    first.listens(lambda: called.append("shown"))
    assert single.Running(tmp_path, "Linux").calls_the_first()
    # Only when the next one is answered the last one surely was.
    assert single.Running(tmp_path, "Linux").calls_the_first()
    assert called


def test_the_pages_of_its_own_say_what_to_do_and_let_nothing_in() -> None:
    for page in (pages.offline, pages.unsafe, pages.crashed, pages.waiting):
        said = page("<甲>", 'https://a.example/?a="><script>')
        assert "<script>" not in said
        assert 'href="https://a.example/' in said
    assert f"{pages.AGAIN_S} 秒" in pages.offline("甲", "https://a.example/")


def test_a_home_far_down_keeps_to_one_window_too(tmp_path: Path) -> None:
    far = tmp_path / ("folder" * 20)
    far.mkdir()
    single.Running(far, "Linux").listens(lambda: None)
    assert single.Running(far, "Linux").calls_the_first()
    assert not single.Running(tmp_path, "Linux").calls_the_first()
