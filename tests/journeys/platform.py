"""Run the whole platform as a person would, in a folder and on a port of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from threading import Lock

import httpx

from tests.support import servers

START_S = 300
CODE_S = 10
# Python that runs inside the program: a line is code to run, and is answered by one.
TAKE = """
import contextlib, io, json, sys, traceback
for line in sys.stdin:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), {})
    except Exception:
        answer = {"failed": traceback.format_exc()}
    else:
        answer = {"printed": printed.getvalue()}
    print(json.dumps(answer), flush=True)
"""


@dataclass(frozen=True)
class Platform:
    """Be a platform that runs: its address, and the folder where it keeps its files."""

    address: str
    var: Path

    def code_for(self, phone: str) -> str:
        """Return the newest code that the outbox holds for a number."""
        until = time.monotonic() + CODE_S
        outbox = self.var / "outbox" / "sms.jsonl"
        while time.monotonic() < until:
            lines = outbox.read_text().splitlines() if outbox.exists() else []
            sent = [m for m in map(json.loads, lines) if m["to"] == phone]
            if sent:
                return str(sent[-1]["code"])
            time.sleep(0.05)
        raise TimeoutError(phone)

    def manage(self, code: str) -> str:
        """Run lines of Python inside the program, beside the platform; return what they print."""
        return _programs.setdefault(self.var, Program(self.var)).run(code)

    def run(self, *words: str, typed: str = "") -> str:
        """Run a command of the program beside the platform; return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "yanxiu", *words],
            env=_environment(self.var, 0),
            input=typed,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def session(self, phone: str) -> dict[str, str]:
        """Return the cookies that `yanxiu session` prints."""
        printed = self.manage(
            f"from yanxiu.config import sessions\nprint(sessions.header({phone!r}))"
        )
        cookies = re.search(r"^Cookie: (.+)$", printed, re.MULTILINE)
        assert cookies, printed
        return dict(pair.split("=", 1) for pair in cookies[1].split("; "))


class Program:
    """Be `yanxiu manage shell`, which takes one piece of code after the other: it starts slowly."""

    def __init__(self, var: Path) -> None:
        """Be the program in the folder of a platform; it starts once it is needed."""
        self.var = var
        self.taking = Lock()
        self.process: subprocess.Popen[str] | None = None

    def run(self, code: str) -> str:
        """Run this code; return what it prints."""
        with self.taking:
            program = self.process = self.process or self._start()
            assert program.stdin
            assert program.stdout
            program.stdin.write(f"{json.dumps(code)}\n")
            program.stdin.flush()
            answer: dict[str, str] = json.loads(program.stdout.readline())
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer["printed"]

    def end(self) -> None:
        """Let it go."""
        if self.process:
            self.process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "yanxiu", "manage", "shell", "-v", "0", "-c", TAKE]
        return subprocess.Popen(
            command, env=_environment(self.var, 0), stdin=PIPE, stdout=PIPE, text=True
        )


# One a platform, by its folder.
_programs: dict[Path, Program] = {}


def _environment(var: Path, port: int) -> dict[str, str]:
    # The run's own settings stay out: this is the platform as `bin/dev` starts it.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YANXIU_", "DJANGO_"))}
    return kept | {"YANXIU_VAR": str(var), "YANXIU_DEMO": "1", "PORT": str(port)}


@contextmanager
def running() -> Iterator[Platform]:
    """Bring a fresh platform up with its demo country, and take it down again."""
    with tempfile.TemporaryDirectory(prefix="yanxiu-journey-", dir="/tmp") as folder:
        var, port = Path(folder), servers.free_port()
        var.chmod(0o711)
        log = var / "platform.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "yanxiu", "dev"],
                env=_environment(var, port),
                stdout=out,
                stderr=out,
            )
            try:
                platform = Platform(f"http://127.0.0.1:{port}", var)
                _wait(platform, process, log)
                yield platform
            finally:
                if var in _programs:
                    _programs.pop(var).end()
                process.terminate()
                process.wait(timeout=30)


def _wait(platform: Platform, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{platform.address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError(log.read_text(errors="replace")[-3000:])
