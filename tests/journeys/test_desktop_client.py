"""Learn in the desktop client as it is handed out: the manual's third way, and its window."""

import hashlib
import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import browsers, desktops, lessons, ways
from tests.journeys.desktops import Desktop, Installed
from tests.journeys.platform import Platform

# She teaches, and has not enrolled; somebody else holds a certificate.
NEWCOMER, HOLDER = "13800000007", "13800000005"
# The demo's shortest lesson takes ten seconds at double speed.
PLAYED_S = 10
PLAYER = "document.querySelector('yx-player')"

pytestmark = pytest.mark.skipif(bool(desktops.missing()), reason=desktops.missing())


@pytest.fixture
def display() -> Iterator[str]:
    """Give a screen that nobody sees."""
    with desktops.screen() as name:
        yield name


def test_the_client_is_fetched_and_learned_in_to_the_end(
    platform: Platform, display: str, tmp_path: Path
) -> None:
    client = fetch(platform, tmp_path)
    with desktops.opened(client, display) as window:
        sign_in(window, platform, NEWCOMER)
        comes_to_the_training(window)
        enrols(window)
        watches_to_the_end(window, platform)
    assert_completed(platform, NEWCOMER)
    with desktops.opened(client, display) as window:
        signs_out(window, client)
        sign_in(window, platform, HOLDER)
        saves_her_certificate(window, client)
        leaves_by_a_link(window, client)
        reads_larger(window)
        is_the_only_one(client, display)
    client.be("0.9.1")
    with desktops.opened(client, display) as window:
        is_told_to_update(window)


def test_without_network_it_says_so_and_goes_on_when_it_is_back(
    display: str, tmp_path: Path
) -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), Greeter, bind_and_activate=False)
    server.server_bind()
    package = desktops.pack(tmp_path, f"http://127.0.0.1:{server.server_port}")
    client = desktops.install(package, tmp_path)
    with desktops.opened(client, display) as window:
        window.read("现在连不上智慧研修")
        server.server_activate()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        window.press_on("再试一次")
        window.read("YanxiuDesktop/")
        server.shutdown()
    server.server_close()


class Greeter(http.server.BaseHTTPRequestHandler):
    """Be a platform that only says who asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.headers["User-Agent"].encode())

    def log_message(self, *said: object) -> None:
        """Say nothing."""


def fetch(platform: Platform, folder: Path) -> Installed:
    """Download the client from the page that the web's top right leads to, and install it."""
    published = platform.var / "media" / "clients"
    published.mkdir(parents=True, exist_ok=True)
    desktops.pack(published, platform.address)
    with browsers.opened() as browser:
        page = browsers.seat(browser, "desk").new_page()
        page.goto(platform.address)
        page.locator(".bar-end").get_by_role("link", name="桌面端").click()
        expect(page.get_by_role("heading", name="桌面端", exact=True)).to_be_visible()
        page.get_by_text("校验码").first.click()
        told = page.locator(".sum").first.inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name="下载 Linux 版").click()
        package = folder / download.value.suggested_filename
        download.value.save_as(package)
    assert hashlib.sha256(package.read_bytes()).hexdigest() == told
    return desktops.install(package, folder)


def sign_in(window: Desktop, platform: Platform, phone: str) -> None:
    """Sign in with a code, from the top right."""
    window.press_through("登录", ".bar-end", "/sign-in/")
    window.fill("phone", phone)
    window.press_on("获取验证码", "main")
    window.reach("/sign-in/code/")
    window.fill("code", platform.code_for(phone))
    window.press_on("确认", "main")
    window.wait("!location.pathname.startsWith('/sign-in/') && document.querySelector('.menu')")


def comes_to_the_training(window: Desktop) -> None:
    """Go the third way: 资源 in the bar on the left, then the carousel."""
    window.press_on("我", ".rail")
    window.reach("/me/")
    window.press_on("资源", ".rail")
    window.reach("/")
    window.press_on("体验专题", ".slide h2")
    window.reach("/trainings/demo/")


def enrols(window: Desktop) -> None:
    """Press 立即报名, and look at what will stand on the certificate."""
    window.press_on("立即报名", "main")
    window.reach("/enrolment/")
    window.press_on("报名", "main form")
    window.reach("/trainings/demo/")


def watches_to_the_end(window: Desktop, platform: Platform) -> None:
    """Play a lesson at double speed until the page says that it is done."""
    address = lessons.address(platform, lessons.TWENTY)
    window.js(f"location.href = '{address}'")
    window.wait(f"{PLAYER} && {PLAYER}.querySelector('video')")
    window.press_on("播放", "yx-player")
    window.wait(f"!{PLAYER}.querySelector('video').paused")
    window.wait(f"{PLAYER}.querySelector('option[value=\"2\"]')")
    window.js(
        f"const speed = {PLAYER}.querySelector('select[aria-label=\"播放速度\"]');"
        "speed.value = '2'; speed.dispatchEvent(new Event('change', { bubbles: true }));"
    )
    window.wait(f"{PLAYER}.querySelector('video').playbackRate === 2")
    window.wait(
        f"{PLAYER}.innerText.includes('这一讲已学完')",
        within_s=PLAYED_S + ways.PATIENCE_MS / 1000,
    )


def assert_completed(platform: Platform, phone: str) -> None:
    """See the row of what she has completed."""
    count = (
        "from yanxiu.training.learning.models import Completion\n"
        "from yanxiu.training.people.models import Account\n"
        f"person = Account.objects.get(phone='{phone}').person_id\n"
        "print([*Completion.objects.filter(person_id=person).values_list('credited_s', flat=True)])"
    )
    assert platform.manage(count).strip() == "[20]"


def signs_out(window: Desktop, client: Installed) -> None:
    """Be signed in still after a start, and leave nothing of herself once she signs out."""
    window.wait("document.querySelector('.menu')")
    assert "sessionid" in client.kept()
    window.press_on("退出", ".menu-body")
    window.wait("document.querySelector('.bar-end a[href=\"/sign-in/\"]')")
    assert "sessionid" not in client.kept()


def saves_her_certificate(window: Desktop, client: Installed) -> None:
    """Download the certificate into the folder for downloads."""
    window.js("location.href = '/trainings/demo/certificate/'")
    window.reach("/certificate/")
    window.press_on("下载", "main")
    paper = client.downloaded("*.pdf")
    assert "结业证书" in paper.name
    assert paper.read_bytes().startswith(b"%PDF")


def leaves_by_a_link(window: Desktop, client: Installed) -> None:
    """Press a link that leads elsewhere: the system's browser opens it, the window stays."""
    window.js(
        "const link = document.createElement('a'); link.href = 'https://www.example.cn/away';"
        "document.body.append(link); link.click();"
    )
    window.reach("/certificate/")
    assert client.went_outside() == "https://www.example.cn/away"


def reads_larger(window: Desktop) -> None:
    """Make everything larger by the keyboard, and go home by it."""
    window.press("ctrl+plus")
    desktops.wait(lambda: window.zoom() == pytest.approx(1.1))
    window.press("ctrl+0")
    desktops.wait(lambda: window.zoom() == pytest.approx(1))
    window.press("alt+Home")
    window.reach("/")


def is_the_only_one(client: Installed, display: str) -> None:
    """Start it once more, as it was installed: the window that is there is shown, no other."""
    program = str(client.root / "usr" / "bin" / "yanxiu-desktop")
    told = desktops.environment(client, display)
    subprocess.run([program], env=told, timeout=desktops.PATIENCE_S, check=True)


def is_told_to_update(window: Desktop) -> None:
    """Be an old one: told which version is needed, why, and where it is."""
    window.read("请更新桌面端")
    window.read("0.9.1")
    window.read("更早的版本不能选择播放速度")
    window.press_on("下载新版本", "main")
    window.reach("/clients/")
