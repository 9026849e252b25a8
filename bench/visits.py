"""Name the pages that the benches of first views look at, and whose they are."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys import platform as platforms
from tests.journeys.platform import Platform

TEACHER = "13800000001"


@dataclass(frozen=True)
class Visit:
    """Be a page, opened by a visitor or by a teacher of the demo who is enrolled."""

    name: str
    path: str
    is_hers: bool = False


def every(platform: Platform) -> list[Visit]:
    """Return the pages: those that people open first, and those that everybody needs."""
    course = platform.manage(
        "from yanxiu.training.catalogue.models import Course;"
        "print(Course.objects.filter(training__slug='demo').order_by('position')[0].pk)"
    ).strip()
    return [
        Visit("home", "/"),
        Visit("sign-in", "/sign-in/"),
        Visit("training", "/trainings/season/"),
        Visit("verify", "/verify/"),
        Visit("her training", "/trainings/demo/", is_hers=True),
        Visit("her course with the player", f"/courses/{course}/", is_hers=True),
        Visit("personal centre", "/me/", is_hers=True),
    ]


@contextmanager
def platform() -> Iterator[Platform]:
    """Give the platform at a named address, whose files lie in YANXIU_VAR; else a fresh one."""
    if len(sys.argv) > 1:
        yield Platform(sys.argv[1].rstrip("/"), Path(os.environ["YANXIU_VAR"]))
        return
    with platforms.running() as fresh:
        yield fresh
