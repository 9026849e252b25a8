"""Measure what `bench.verify` prints, inside Django and in a database of its own."""

import contextlib
import io
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.said import SAID
from yanxiu.config import urls
from yanxiu.foundation import clock, ids
from yanxiu.training.certificates import claims, editions, numbering, refusals, verifying
from yanxiu.training.certificates.models import Certificate, Guess

CERTIFICATES, SLICES, TIMES, GUESSES = 2_000, 5, 200, 10_000


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer nothing."""
    return HttpResponse()


def main(seconds: float) -> None:
    """Measure both sides in turns and print the ratio."""
    urls.urlpatterns.append(path("empty/", empty))
    tokens = itertools.cycle(_certificates())
    handler = WSGIHandler()
    scan, nothing = (f"/verify/{token}/" for token in tokens), itertools.repeat("/empty/")
    _rate(handler, scan, 0.5)
    _rate(handler, nothing, 0.5)
    sides: list[tuple[float, float]] = [
        (_rate(handler, scan, seconds / SLICES), _rate(handler, nothing, seconds / SLICES))
        for _ in range(SLICES)
    ]
    scans, empties = (statistics.median(side) for side in zip(*sides, strict=True))
    ratio = scans / empties
    print(f"verify: {scans:,.0f} scans/s, empty view {empties:,.0f}/s, ratio {ratio:.2f}")
    _same_times()
    _guess()


def _certificates() -> list[str]:
    with transaction.atomic():
        made = [
            editions.first(ids.uuid7(), ids.uuid7(), SAID, prefix="2025SQ", at=clock.now())
            for _ in range(CERTIFICATES)
        ]
    return [each.token for each in made]


def _rate(handler: WSGIHandler, addresses: Iterator[str], seconds: float) -> float:
    """Return how many requests a second one thread gets answered."""
    began, many = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        _ask(handler, next(addresses))
        many += 1
    return many / (time.perf_counter() - began)


def _ask(handler: WSGIHandler, address: str) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "203.0.113.9",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    statuses: list[str] = []

    def start(status: str, *_rest: object) -> Callable[[bytes], object]:
        statuses.append(status)
        return len

    response = handler(environ, start)
    body = b"".join(response)
    response.close()
    if statuses != ["200 OK"] or (address != "/empty/" and "证书有效".encode() not in body):
        sys.exit(f"{address} was answered {statuses}")


def _same_times() -> None:
    """Print medians in milliseconds, each try from a network or at a certificate of its own."""
    at, found = clock.now(), list(Certificate.objects.order_by("number")[: 2 * TIMES])
    networks = (f"10.{n // 250}.{n % 250}.0/24" for n in itertools.count())

    def by_number(number: str, code: str) -> Callable[[], object]:
        place = next(networks)
        return lambda: verifying.by_number(number, code, network=place, at=at)

    never = [numbering.number("2025SQ", 9_000_000_000 + n) for n in range(TIMES)]
    wrong_code = [by_number(each.number, "AAAA-AAAA") for each in found[:TIMES]]
    wrong_number = [by_number(number, "AAAA-AAAA") for number in never]
    right = [_claim(each, SAID.document_number[-6:]) for each in found[:TIMES]]
    wrong = [_claim(each, "000000") for each in found[TIMES:]]
    for name, acts in (
        ("wrong number", wrong_number),
        ("wrong code", wrong_code),
        ("claim fits", right),
        ("claim differs", wrong),
    ):
        print(f"  {name}: {_median_ms(acts):.2f} ms")
    Guess.objects.all().delete()


def _guess() -> None:
    """Guess the codes of one certificate ten thousand times from one network; exit on any hit."""
    at, dice = clock.now(), random.Random(7)
    certificate = Certificate.objects.order_by("number")[0]
    answered = 0
    for _ in range(GUESSES):
        code = "".join(dice.choices(numbering.ALPHABET, k=8))
        with contextlib.suppress(refusals.TooManyGuesses):
            if verifying.by_number(certificate.number, code, network="10.9.9.0/24", at=at):
                sys.exit("a guess was right")
            answered += 1
    print(f"  {GUESSES:,} guesses: {answered} answered, none right")


def _claim(certificate: Certificate, claim: str) -> Callable[[], object]:
    return lambda: claims.fits(certificate.token, claim, at=clock.now())


def _median_ms(acts: list[Callable[[], object]]) -> float:
    took = []
    for act in acts:
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1_000)
    return statistics.median(took)
