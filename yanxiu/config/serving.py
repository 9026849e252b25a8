"""Run the servers: one process on one port, or pools behind a proxy."""

import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress

import uvicorn

from yanxiu.config import beside
from yanxiu.foundation import environment

# libraries measured: granian's default of 512 threads exhausts the database's connections.
PAGE_THREADS = 4
PAGE_BACKPRESSURE = 16
# A process that was killed may hold the port for as long as it needs to go.
PORT_TRIES, PORT_RETRY_S = 25, 0.2
# As many may call while a process is begun again.
BACKLOG = 2_048


def port() -> int:
    """Return the port to listen on: PORT, by default 8000."""
    return environment.number("PORT", 8000)


def host() -> str:
    """Return the address to listen on: HOST, by default this machine alone."""
    return environment.text("HOST", "127.0.0.1")


def keep(pool: str, *, processes: int = 1) -> None:
    """Have a pool served until told to stop: whichever process ends is begun again.

    One that never came up has said why: then nothing is served, and the program ends.
    """
    listening = [_listening(is_shared=processes > 1) for _ in range(processes)]
    with _counting_together() if processes > 1 else nullcontext():
        _keep(pool, listening)


def _keep(pool: str, listening: list[socket.socket]) -> None:
    if pool == "pages":
        # Its server opens the port itself, and has as many processes as there are cores.
        listening.pop().close()
    with beside.serving(pool, listening) as over, suppress(KeyboardInterrupt):
        over.wait()
    if over.is_set():
        sys.exit(1)


def serve(pool: str, listening: socket.socket | None) -> None:
    """Answer at a socket, as one of the processes that are kept; pages open their port alone."""
    beside.ends_with_its_parent()
    if listening is None:
        pages()
    elif pool == "beats":
        from yanxiu.config import beats

        beats.answer(listening)
    else:
        _all(listening)


@contextmanager
def _counting_together() -> Iterator[None]:
    """Give processes that share a port a folder to count in; source: prometheus_client's manual."""
    with tempfile.TemporaryDirectory(prefix="yanxiu-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _all(listening: socket.socket) -> None:
    config = uvicorn.Config(
        "yanxiu.config.asgi:application",
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listening(*, is_shared: bool) -> socket.socket:
    """Return a socket that listens; the kernel deals callers out among those that share a port."""
    family = socket.AF_INET6 if ":" in host() else socket.AF_INET
    for left in reversed(range(PORT_TRIES)):
        try:
            return socket.create_server(
                (host(), port()), family=family, backlog=BACKLOG, reuse_port=is_shared
            )
        except OSError as error:
            if not left:
                sys.exit(f"yanxiu: cannot listen at {host()}, port {port()}: {error.strerror}")
            time.sleep(PORT_RETRY_S)
    raise AssertionError


def pages(target: str = "yanxiu.config.wsgi:application") -> None:
    """Serve a WSGI application as the pool of pages until told to stop."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        target,
        address=host(),
        port=port(),
        interface=Interfaces.WSGI,
        workers=os.cpu_count() or 1,
        blocking_threads=PAGE_THREADS,
        backpressure=PAGE_BACKPRESSURE,
        respawn_failed_workers=True,
        respawn_interval=0.5,
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
