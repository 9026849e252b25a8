"""Show that the platform can be installed on a phone, and what of it is kept there."""

import io
import json
import re

import pytest
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.usefixtures("country")


def test_every_page_names_the_manifest_and_the_worker(client: Client) -> None:
    said = client.get("/").content.decode()
    assert '<link rel="manifest" href="/app/manifest.webmanifest">' in said
    assert 'data-update="/worker.js?language=zh-hans"' in said


def test_the_manifest_is_complete_and_its_icons_are_there(client: Client) -> None:
    answer = client.get("/app/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert (manifest["name"], manifest["display"]) == ("智慧研修", "standalone")
    assert {each["purpose"] for each in manifest["icons"]} == {"any", "maskable"}
    for each in manifest["icons"]:
        picture = Image.open(io.BytesIO(client.get(each["src"]).content))
        assert f"{picture.width}x{picture.height}" == each["sizes"]
    for each in manifest["shortcuts"]:
        assert client.get(each["url"]).status_code == 302
    assert client.get("/app/icon-77.png").status_code == 404


def test_the_worker_keeps_the_frame_alone_and_names_its_version(client: Client) -> None:
    answer = client.get("/worker.js")
    assert answer["Cache-Control"] == "no-cache"
    script = answer.content.decode()
    found = re.match(r'const SHELL=(\[.*?\]),VERSION="(\w{12})",LANGUAGE="zh-hans";', script)
    assert found
    shell = json.loads(found[1])
    pages = ("/app/offline/", "/app/saved/", "/app/saved/lesson/")
    assert shell[:3] == [f"{path}?kept=zh-hans" for path in pages]
    assert all(path.startswith("/static/") for path in shell[3:])
    for path in shell[:3]:
        said = client.get(path).content.decode()
        # Their scripts, styles and pictures are kept as well, and nobody is named.
        assert set(re.findall(r'(?:src|href)="(/static/[^"#]+)"', said)) <= set(shell)
        assert 'data-owner="" data-kept' in said
    assert client.get("/worker.js").content == answer.content


def test_the_page_without_network_is_nobodys(client: Client) -> None:
    said = client.get("/app/offline/").content.decode()
    assert "现在没有网络" in said
    assert "sessionid" not in client.cookies


def test_the_install_page_has_the_way_for_each_phone_and_a_code(client: Client) -> None:
    said = client.get("/app/").content.decode()
    for words in (
        "安卓手机",
        "苹果手机",
        "添加到主屏幕",
        'src="data:image/svg+xml',
        "二维码，内容是 http",
    ):
        assert words in said


def test_another_language_is_kept_as_the_same_version(client: Client) -> None:
    chinese = client.get("/worker.js").content.decode().partition(";")[0]
    english = client.get("/worker.js?language=en").content.decode().partition(";")[0]
    assert english == chinese.replace("zh-hans", "en")
    page = client.get("/app/saved/?kept=en").content.decode()
    assert '<html lang="en"' in page
    assert "已保存的视频" not in page
    assert client.get("/app/saved/?kept=tlh").status_code == 200
