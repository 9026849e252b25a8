"""Print how long 200,000 rows of a roster take, beside the same rows copied without a thought.

`bin/bench import [ROWS]`: a scratch PostgreSQL with fsync on; a county's roster as XLSX, written by
a program; first what an officer's request does, then what jobs do: the look before the preview, and
rows read by the child, checked, staged sealed, taken in. The reference reads the same rows from a
CSV and copies them into a bare table: no check, no seal, no outcome. All on this machine's cores.
"""

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROWS = 200_000
WANTED_S, WANTED_MB = 80, 300
TITLES = ("学校标识码", "学校名称", "姓名", "证件类型", "证件号码", "职务", "任教学科")
CHILD = "yanxiu.foundation.sheets.child"
LOOK_EVERY_S = 0.05


@dataclass
class Step:
    """Hold what a step took, of the clock and of all processors that worked for us."""

    took_s: float = 0.0
    cpu_s: float = 0.0


@dataclass
class Watch:
    """Remember the most memory that any reading child held, while a thread looks."""

    most_mb: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look at our children until it is over."""
        while not self.over.wait(LOOK_EVERY_S):
            for pid in _children():
                self.most_mb = max(self.most_mb, _peak_mb(pid))


def main() -> None:
    """Measure and print; exit with an error when it took too long, too much, or lost a row."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex()}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yanxiu.config.settings"
        os.environ.pop("DATABASE_URL", None)
        from yanxiu.foundation import postgres

        with postgres.running():
            subprocess.run([sys.executable, "-m", "yanxiu", "migrate"], check=True)
            os.environ["YANXIU_ROLE"] = "work"
            import django

            django.setup()
            sys.exit(_measured(many))


def _measured(many: int) -> int:
    """Return 0 when everything was as it should be."""
    from bench import sheets

    by, grant = sheets.officer()
    print(f"making a sheet of {many:,} rows …", flush=True)
    content = sheets.written(many, TITLES)
    watch = Watch()
    threading.Thread(target=watch.run, daemon=True).start()
    request, look, job, reference = Step(), Step(), Step(), Step()
    with _timed(request):
        sheet = sheets.hand_in(content, by, grant)
    with _timed(look):
        sheets.look(sheet)
    with _timed(job):
        taken, refused = sheets.carry_on(sheet, by)
    watch.over.set()
    with _timed(reference):
        sheets.copied(many)
    steps = (request, look, job)
    whole_s = sum(step.took_s for step in steps)
    cpu_s = sum(step.cpu_s for step in steps)
    print(
        f"import    {whole_s:>6.1f} s   request {request.took_s:.1f} s, look {look.took_s:.1f} s,"
        f" rows {job.took_s:.1f} s"
        f"   {cpu_s:.1f} s CPU without the database's   (wanted: ≤ {WANTED_S} s)",
        f"child     {watch.most_mb:>6.0f} MB  at most   (wanted: ≤ {WANTED_MB} MB)",
        f"file      {len(content) / 1e6:>6.1f} MB",
        f"reference {reference.took_s:>6.1f} s   CSV read and copied, unchecked and unsealed",
        f"ratio     {whole_s / reference.took_s:>6.1f}",
        f"rows      {taken:,} taken, {refused:,} refused",
        sep="\n",
    )
    is_well = taken + refused == many and refused == sheets.WRONG
    return 0 if is_well and whole_s <= WANTED_S and watch.most_mb <= WANTED_MB else 1


@contextmanager
def _timed(step: Step) -> Iterator[None]:
    began_s, cpu_s = time.monotonic(), _cpu_s()
    yield
    step.took_s, step.cpu_s = time.monotonic() - began_s, _cpu_s() - cpu_s


def _cpu_s() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _children() -> list[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in listed]


def _peak_mb(pid: int) -> float:
    """Return the most memory that a process has held, if it is a reading child; proc(5)."""
    try:
        if CHILD not in Path(f"/proc/{pid}/cmdline").read_text():
            return 0.0
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    held = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(held[0]) / 1024 if held else 0.0


if __name__ == "__main__":
    main()
