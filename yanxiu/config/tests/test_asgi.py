"""Show that the one port answers files and odd requests in words, and waits for no slow sender."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from yanxiu.config import asgi
from yanxiu.foundation import media

type Message = Mapping[str, object]


class Caller:
    """Be one connection: what is sent, and what came back."""

    def __init__(self, method: str, path: str, body: Iterable[Message] = ()) -> None:
        self.scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }
        self.parts = iter([*body, {"type": "http.request"}])
        self.answers: list[Message] = []

    async def receive(self) -> Message:
        for part in self.parts:
            return part
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        self.answers.append(message)

    def status(self) -> object:
        asyncio.run(asgi.application(self.scope, self.receive, self.send))  # type: ignore[arg-type]  # read only
        return self.answers[0]["status"] if self.answers else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["none.mp4", "", "..%2fsecret", "../secret", "a\0b", "é", "a" * 3000]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_file_that_is_not_there_is_told_as_pages_tell_it(method: str, key: str) -> None:
    assert Caller(method, f"/media/{key}").status() == 404


def test_a_file_is_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    media.put("film/small.mp4", b"film", under=tmp_path)
    monkeypatch.setattr(asgi.application.media, "all_directories", [tmp_path])
    assert Caller("GET", "/media/film/small.mp4").status() == 200


def test_a_file_may_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(asgi.application, "media", asgi.Films(directory=tmp_path))
    caller = Caller("GET", f"{media.PREFIX}a.txt")
    assert caller.status() == 200
    headers = dict(caller.answers[0]["headers"])  # type: ignore[call-overload]  # pairs of bytes
    assert b"immutable" in headers[b"cache-control"]
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_the_process_says_that_it_lives() -> None:
    assert Caller("GET", "/healthz").status() == 200


def test_headers_without_end_are_refused() -> None:
    caller = Caller("GET", "/healthz")
    caller.scope["headers"] = [(b"x-long", b"a" * 64 * 1024)]
    assert caller.status() == 431


@pytest.mark.parametrize(
    ("path", "many"),
    [
        ("/office/imports/new/roster/", 21 * 1024 * 1024),
        ("/me/information/correction/", 11 * 1024 * 1024),
        ("/office/imports/", 1024 * 1024),
        ("/nowhere/", 1024 * 1024),
    ],
)
def test_a_page_gets_as_much_of_a_body_as_it_takes(
    path: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[int] = []

    async def page(scope: Message, receive: Callable[[], Any], send: Callable[..., Any]) -> None:
        got.append(len((await receive())["body"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})

    monkeypatch.setattr(asgi.application, "pages", page)
    part = b"a" * 1024 * 1024
    parts = [{"type": "http.request", "body": part, "more_body": True} for _ in range(40)]
    caller = Caller("POST", path, parts)
    caller.scope["headers"] = [(b"content-length", str(len(part) * 40).encode())]
    assert caller.status() == 200
    assert many <= got[0] <= many + len(part)


def test_half_a_form_is_no_form() -> None:
    half = {"type": "http.request", "body": b"phone=138", "more_body": True}
    assert Caller("POST", "/sign-in/", [half, {"type": "http.disconnect"}]).status() is None


def test_a_body_without_end_is_not_read_to_it() -> None:
    part = {"type": "http.request", "body": b"a" * 700_000, "more_body": True}
    caller = Caller("POST", "/verify/", [part] * 9)
    assert caller.status() == 403
    assert len(list(caller.parts)) == 8


def test_a_slow_sender_holds_up_no_thread() -> None:
    async def slow() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def meet() -> None:
        callers = [Caller("POST", "/verify/") for _ in range(2 * asgi.PAGE_THREADS)]
        stuck = [
            asyncio.create_task(asgi.application(caller.scope, slow, caller.send))  # type: ignore[arg-type]  # read only
            for caller in callers
        ]
        prompt = Caller("GET", "/verify/")
        await asgi.application(prompt.scope, prompt.receive, prompt.send)  # type: ignore[arg-type]  # read only
        assert prompt.answers[0]["status"] == 200
        for task in stuck:
            task.cancel()

    asyncio.run(meet())
