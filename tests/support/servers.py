"""Run `yanxiu serve` on a database of the caller's, at a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

START_S = 60.0


@contextmanager
def serving(variables: Mapping[str, str], *, pool: str = "all") -> Iterator[str]:
    """Have `yanxiu serve` run; give its address."""
    port = free_port()
    environment = os.environ | variables | {"PORT": str(port), "YANXIU_LOG": "ERROR"}
    command = [sys.executable, "-m", "yanxiu", "serve", pool]
    with subprocess.Popen(command, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            await_answer(address)
            yield address
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def await_answer(address: str, within_s: float = START_S) -> float:
    """Wait until beats are answered; return how long that took."""
    began_s = time.monotonic()
    while time.monotonic() - began_s < within_s:
        try:
            httpx.post(f"{address}/learning/beats/", json={}, timeout=within_s)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return time.monotonic() - began_s
    msg = f"no answer at {address} within {within_s} s"
    raise TimeoutError(msg)
