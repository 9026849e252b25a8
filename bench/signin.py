"""Print how many sign-ins a second are answered, beside a view that answers nothing.

`python -m bench.signin [SECONDS]`: the demo country on a scratch PostgreSQL with fsync on, served
as `yanxiu serve pages` serves it, over as many connections as it takes requests at once; whoever
signs in is on the same cores. In turns: a number and its password; a code asked for and given, both
requests counted as one sign-in; and the empty view. SECONDS are a side's (6). Then the medians of
wrong passwords and of codes asked for, for numbers that are known and that are not; and what
becomes of 20 right codes and of 100 registrations at once.
"""

import itertools
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from bench import asking, pooling
from bench.pool import EMPTY
from bench.signing_in import FIRST, KNOWN, PASSWORD
from yanxiu.foundation import postgres

ROUNDS = 3
# Each browser brings a token of its own making, as a page would have given it one.
TOKEN = "a" * 32
WANTED = {"password": 60, "code": 300}


def main(seconds: float) -> None:
    """Measure the three in turns, print the ratios, then times and races."""
    os.environ.setdefault("YANXIU_LOG", "ERROR")
    # Every browser comes from a network of its own, as those do who sign in.
    apart = {"YANXIU_CODES_PER_NETWORK": str(10**9), "YANXIU_PROXIES": "1"}
    with pooling.demo(**apart) as pool:
        pool.run("from bench import signing_in; signing_in.fill()")
        outbox = Outbox(pool.var / "outbox" / "sms.jsonl")
        numbers = itertools.count()
        sides: dict[str, Callable[[], asking.Turn]] = {
            "password": lambda: _password(next(numbers)),
            "code": lambda: _code(next(numbers), outbox),
            "empty view": _empty,
        }
        rates: dict[str, list[float]] = {name: [] for name in sides}
        for _round, (name, turn) in itertools.product(range(ROUNDS), sides.items()):
            _forget_codes()
            took_s = asking.rate(pool.port, [turn] * pooling.ABREAST, seconds / ROUNDS)
            rates[name].append(len(took_s) * ROUNDS / seconds)
        _print({name: statistics.median(each) for name, each in rates.items()})
        print(pool.run("from bench import signing_in; signing_in.main()"), end="")


class Outbox:
    """Read the codes that the demo writes down instead of sending them."""

    def __init__(self, path: Path) -> None:
        """Begin at the end of what has been written so far."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        self._lines: Iterator[str] = path.open(encoding="utf-8")
        self._codes = {line["to"]: line["code"] for line in map(json.loads, self._lines)}

    def code(self, phone: str) -> str:
        """Return the code of a number that was just asked for, once."""
        while phone not in self._codes:
            line = json.loads(next(self._lines))
            self._codes[line["to"]] = line["code"]
        return str(self._codes.pop(phone))


def _print(rates: dict[str, float]) -> None:
    nothing = rates.pop("empty view")
    print(f"empty view: {nothing:,.0f}/s over {pooling.ABREAST} connections")
    for name, rate in rates.items():
        print(
            f"{name}: {rate:,.0f} sign-ins/s, ratio {rate / nothing:.3f} (wanted: {WANTED[name]})"
        )


def _forget_codes() -> None:
    """Let every number ask anew: it is sent one code a minute."""
    with psycopg.connect(postgres.owner_url()) as connection:
        connection.execute("TRUNCATE people_code")


def _empty() -> asking.Turn:
    answer = yield asking.request("GET", EMPTY, {})
    assert answer.status == HTTPStatus.OK, answer.head


def _password(number: int) -> asking.Turn:
    typed = {"phone": str(FIRST + number % KNOWN), "password": PASSWORD}
    answer = yield _post("/sign-in/password/", typed, number)
    _is_in(answer)


def _code(number: int, outbox: Outbox) -> asking.Turn:
    phone = str(FIRST + number % KNOWN)
    asked = yield _post("/sign-in/", {"phone": phone}, number)
    assert asked.status == HTTPStatus.SEE_OTHER, asked
    kept = f"arrival={asking.cookie(asked, 'arrival')}"
    answer = yield _post("/sign-in/code/", {"code": outbox.code(phone)}, number, kept)
    _is_in(answer)


def _is_in(answer: asking.Answer) -> None:
    assert answer.status == HTTPStatus.FOUND, answer
    assert asking.cookie(answer, "sessionid"), answer.head


def _post(path: str, typed: dict[str, str], number: int, *cookies: str) -> bytes:
    headers = {
        "Cookie": "; ".join([f"csrftoken={TOKEN}", *cookies]),
        "X-Forwarded-For": f"10.{number // 250 % 250}.{number % 250}.9",
    }
    return asking.request("POST", path, headers, urlencode({"csrfmiddlewaretoken": TOKEN, **typed}))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 6.0)
