"""Kill processes at each step between a claim and its signed paper, and see what they leave.

Whoever is to be killed is forked from a process that has everything ready but no connection. The
typesetter has threads, which do not survive that: no process that has used it forks one that will.
"""

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import NoReturn

from django.db import connections, transaction

from tests.support import claims, crashes, season
from tests.support.claims import Claimant
from tests.support.season import Scene
from yanxiu.foundation import paper
from yanxiu.training.cast import casting
from yanxiu.training.cast.casting import Call
from yanxiu.training.certificates import numbering, signers, signing, standing
from yanxiu.training.certificates.models import Certificate, Paper, Unsigned
from yanxiu.training.certificates.signers import Pen
from yanxiu.training.people.models import Person

# The deed is done and committed, and whoever asked for it never learns of it.
DONE = "done"
CLAIM, CORRECTION, SIGNING = (
    (*steps, DONE) for steps in (claims.CLAIM, claims.CORRECTION, claims.SIGNING)
)
HANDS = 2
# Those before have the officers of the scene; behind the teachers come those who confirm them.
FIRST_PHONE, FIRST_PERSON, OFFICERS = casting.LATER_PHONE + 100, casting.LATER_PERSON + 100, 2_000
APART = timedelta(milliseconds=1)
# An officer who confirms fifty at once whom no roster knows hands the rest up to the county.
EACH = 20

type Deed = Callable[[], object]


def main(runs: int) -> None:
    """Kill `runs` processes at each step; exit with what is wrong where anything is."""
    began_s = time.monotonic()
    season.publish()
    scene, pen = season.scene(), signers.pen()
    nation = casting.nations(scene.call)
    gc.freeze()
    for place, steps in enumerate(zip(CLAIM, CORRECTION, strict=True)):
        numbers = range(place * runs, (place + 1) * runs)
        _side_by_side(
            [partial(_live, scene, nation, numbers[hand::HANDS], steps) for hand in range(HANDS)]
        )
        _check(f"claim {steps[0]}, correction {steps[1]}")
        _say("claim", steps[0], runs)
        _say("correction", steps[1], runs)
    for step in SIGNING:
        for number in range(runs):
            _sign(pen, step, after=number % 2 == 1)
        _check(f"signing {step}")
        _say("signing", step, runs)
    _finish(pen, 2 * len(CLAIM) * runs, scene.call.now + timedelta(days=1))
    deaths = (len(CLAIM) + len(CORRECTION) + len(SIGNING)) * runs
    print(
        f"crashes: {deaths:,} processes killed, {Certificate.objects.count():,} certificates, one"
        f" valid each, no number missing, {Paper.objects.count():,} papers signed once;"
        f" {time.monotonic() - began_s:.0f} s"
    )


def _live(scene: Scene, nation: Person, numbers: range, steps: tuple[str, str]) -> None:
    """Let each of some teachers claim and be corrected, and both deeds die once."""
    for place, number in enumerate(numbers):
        if place % EACH == 0:
            call = _call(scene, number + OFFICERS)
            scene = replace(scene, desk=casting.desk(call, scene.desk.school, by=nation))
        _die_twice(_claimant(scene, number), steps, after=place % 2 == 1)


def _die_twice(hers: Claimant, steps: tuple[str, str], *, after: bool) -> None:
    claim_step, correction_step = steps
    _killed(hers.claim, claim_step, after=after)
    _check_hers(hers, [1] if claim_step == DONE else [])
    hers.claim()
    _check_hers(hers, [1])
    hers.ask(hers.better_name)
    _killed(hers.correct, correction_step, after=after)
    _check_hers(hers, [1, 2] if correction_step == DONE else [1])
    hers.correct()
    _check_hers(hers, [1, 2])


def _claimant(scene: Scene, number: int) -> Claimant:
    """Return a teacher at an instant of her own whose certificate is due."""
    with transaction.atomic():
        hers = Claimant(replace(scene, call=_call(scene, number)))
    # What is known to be printable is not asked of the typesetter again.
    paper.lacks_glyphs(hers.teacher.asked.identity.name + hers.better_name + scene.desk.school.name)
    return hers


def _call(scene: Scene, number: int) -> Call:
    """Return the call of one life, whose phones and people nobody else has."""
    return replace(
        scene.call,
        now=scene.call.now + number * APART,
        phones=count(FIRST_PHONE + number),
        indices=count(FIRST_PERSON + number),
    )


def _sign(pen: Pen, step: str, *, after: bool) -> None:
    """Let the signing of one teacher's papers die, and sign them."""
    due = Unsigned.objects.order_by("due_at").values_list("due_at", flat=True)[0]
    papers, waiting = Paper.objects.count(), Unsigned.objects.filter(due_at__lte=due).count()
    deed = partial(signing.sign, pen, at=due)
    _killed(deed, step, after=after)
    signed = waiting if step == DONE else 0
    _expect(Paper.objects.count() == papers + signed, f"signing {step} is torn")
    _side_by_side([deed])
    _expect(Paper.objects.count() == papers + waiting, f"signing {step} is not made up for")


def _finish(pen: Pen, wanted: int, at: datetime) -> None:
    """Sign what is left, and see that everything is there."""
    while Unsigned.objects.exists():
        before = Unsigned.objects.count()
        _side_by_side([partial(signing.sign, pen, at=at)])
        _expect(Unsigned.objects.count() < before, "papers cannot be signed")
    _check("at the end")
    found = Certificate.objects.filter(edition=1).count(), Certificate.objects.filter(edition=2)
    _expect(found[0] == found[1].count() == wanted // 2, "certificates are missing")
    _expect(Paper.objects.count() == wanted, "papers are missing")


def _check(when: str) -> None:
    """See that everybody has one valid certificate, and that the numbers have no gap."""
    plain = (each.replace("-", "") for each in Certificate.objects.values_list("number", flat=True))
    serials = sorted(int(number[-numbering.SERIAL_DIGITS - 1 : -1]) for number in plain)
    _expect(serials == list(range(1, len(serials) + 1)), f"{when}: numbers have a gap")
    _expect(claims.is_whole(), f"{when}: certificates, trail and papers differ")


def _check_hers(hers: Claimant, editions: list[int]) -> None:
    """See that she has these editions, and that the newest alone is valid."""
    held = Certificate.objects.filter(person_id=hers.person_id).order_by("edition")
    valid = standing.valid().filter(person_id=hers.person_id)
    _expect([each.edition for each in held] == editions, f"not the editions {editions}")
    _expect([each.edition for each in valid] == editions[-1:], f"not one valid of {editions}")


def _killed(deed: Deed, step: str, *, after: bool) -> None:
    """Do a deed in a process of its own that is killed at this step."""

    def dying() -> None:
        if step == DONE:
            deed()
            _kill()
        with crashes.dying(step, after=after, by=_kill):
            deed()

    _expect(_ended(_forked(dying)) == -signal.SIGKILL, f"{step} was not reached")


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _side_by_side(deeds: list[Deed]) -> None:
    """Do each deed in a process of its own, all at once; exit where one of them fails."""
    ends = [_ended(process) for process in [_forked(deed) for deed in deeds]]
    _expect(not any(ends), f"processes ended with {ends}")


def _forked(deed: Deed) -> int:
    """Begin a deed in a process of its own; it ends with status 1 where the deed fails."""
    connections.close_all()
    sys.stdout.flush()
    process = os.fork()
    if not process:
        _be(deed)
    return process


def _be(deed: Deed) -> NoReturn:
    status = 1
    try:
        deed()
        status = 0
    finally:
        if status:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)


def _ended(process: int) -> int:
    """Return how a process has ended: its status, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _expect(is_so: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not is_so:
        sys.exit(f"crashes: {otherwise}")


def _say(deed: str, step: str, runs: int) -> None:
    print(f"{deed:<11}{step:<10}{runs:>5} killed, {runs:>5} made up for", flush=True)
