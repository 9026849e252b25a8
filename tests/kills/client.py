"""Hand in what teachers watched without a network, and write down what was answered.

`python -m tests.kills.client ADDRESS CAST JOURNAL PART PARTS`: whatever kills this process, what it
has written stays; begun again it goes on from there, and sends again what has no answer.
"""

import itertools
import json
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, TextIO

import httpx

STEP_MS = 5_000
# Seconds. A server that is killed meanwhile never answers.
PATIENCE_S, PAUSE_S = 5.0, 0.2
# Beats a second of one client: the load is there to be interrupted, not to be the most.
PACE_S = 0.02


def main(address: str, cast: Path, journal: Path, part: int, parts: int) -> None:
    """Report for every so-manieth teacher, until killed."""
    teachers = json.loads(cast.read_text())[part::parts]
    answered = read(journal)
    with httpx.Client(base_url=address, timeout=PATIENCE_S) as web, journal.open("a") as kept:
        # A line that the end has cut short is none.
        kept.write("\n")
        turns = [_turns(web, each, answered, kept) for each in teachers]
        for turn in itertools.cycle(turns):
            next(turn)
            time.sleep(PACE_S)


def read(journal: Path) -> dict[str, list[list[int]]]:
    """Return the newest answer for each lease's lesson that the journal holds."""
    answered: dict[str, list[list[int]]] = {}
    lines = journal.read_text().splitlines() if journal.exists() else []
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        answered.setdefault(said["key"], []).extend(said["covered"])
    return answered


def _turns(
    web: httpx.Client, teacher: dict[str, Any], answered: dict[str, list[list[int]]], kept: TextIO
) -> Iterator[None]:
    """Hand in a step of one lesson at each turn, lesson after lesson, then all over again."""
    for lesson in itertools.cycle(teacher["lessons"]):
        key = f"{teacher['person']} {lesson['lesson']}"
        known = answered.get(key, [])
        first = max((end for _start, end in known), default=0)
        for start in range(first, lesson["duration_ms"], STEP_MS):
            span = (start, min(start + STEP_MS, lesson["duration_ms"]))
            while not (said := _report(web, lesson["lease"], span)):
                yield
            kept.write(json.dumps({"key": key, "covered": said["covered"]}) + "\n")
            kept.flush()
            yield
        yield


def _report(web: httpx.Client, lease: str, span: tuple[int, int]) -> dict[str, Any]:
    """Return the answer; nothing where there was none, or a plea to come again."""
    try:
        reply = web.post("/learning/beats/", json={"lease": lease, "spans": [span]})
    except httpx.TransportError:
        time.sleep(PAUSE_S)
        return {}
    if reply.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        time.sleep(PAUSE_S)
        return {}
    if reply.status_code != HTTPStatus.OK:
        sys.exit(f"{reply.status_code}: {reply.text}")
    said: dict[str, Any] = reply.json()
    return said


if __name__ == "__main__":
    address, cast, journal, part, parts = sys.argv[1:]
    main(address, Path(cast), Path(journal), int(part), int(parts))
