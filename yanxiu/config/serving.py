"""Run the servers: one process on one port, or pools behind a proxy."""

import os
from collections.abc import Sequence

import uvicorn

from yanxiu.foundation import environment

# libraries measured: granian's default of 512 threads exhausts the database's connections.
PAGE_THREADS = 4
PAGE_BACKPRESSURE = 16


def port() -> int:
    """Return the port to listen on: PORT, by default 8000."""
    return environment.number("PORT", 8000)


def serve(pool: str) -> None:
    """Serve until told to stop: "all" on one port, or only "pages" or only "beats"."""
    if pool == "pages":
        _pages()
        return
    target = "yanxiu.config.asgi:application" if pool == "all" else "yanxiu.config.asgi:beats_only"
    uvicorn.run(
        target,
        host=environment.text("HOST", "127.0.0.1"),
        port=port(),
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def _pages() -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "yanxiu.config.wsgi:application",
        address=environment.text("HOST", "127.0.0.1"),
        port=port(),
        interface=Interfaces.WSGI,
        workers=os.cpu_count() or 1,
        blocking_threads=PAGE_THREADS,
        backpressure=PAGE_BACKPRESSURE,
    ).serve()


def welcome(sign_ins: Sequence[tuple[str, str]]) -> str:
    """Return what a person reads when the demo is up: the address and who can sign in."""
    lines = [f"  {phone}  {who}" for phone, who in sign_ins]
    return "\n".join(
        [
            "",
            f"  智慧研修 · http://127.0.0.1:{port()}/",
            "",
            *lines,
            "",
            "  验证码显示在登录页上，也写入 var/outbox/sms.jsonl。按 Ctrl+C 停止。",
            "",
        ]
    )
