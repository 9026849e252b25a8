"""Print how many pages a second the pool of pages answers, beside a view that answers nothing.

`python -m bench.pages [SECONDS]`: the demo country on a scratch PostgreSQL with fsync on, served as
`yanxiu serve pages` serves it, asked over as many connections as it takes requests at once; whoever
asks is on the same cores. Each page is asked for in turns with the empty view. SECONDS are a side's
(5). Pages go out compressed, as browsers ask for them.
"""

import statistics
import sys
from collections.abc import Callable
from http import HTTPStatus

from bench import asking, pooling
from bench.pool import EMPTY

ROUNDS = 3
TEACHERS = [f"1380000000{number}" for number in range(1, 10)]
# What is wanted of each: a ratio to the empty view, and for a signed-in teacher pages a second.
VISITOR, HERS = (0.6, 0), (0.06, 400)


def main(seconds: float) -> None:
    """Measure page after page and print each with its ratio; an error where one is wrong."""
    with pooling.demo() as pool:
        cookies = [pool.session(phone) for phone in TEACHERS]
        sides = [
            ("home", "/", [""], VISITOR),
            ("training", "/trainings/season/", [""], VISITOR),
            ("training, signed in", "/trainings/demo/", cookies, HERS),
            ("progress, signed in", "/trainings/demo/progress/", cookies, HERS),
        ]
        for name, path, whose, wanted in sides:
            _print(pool.port, name, path, whose, wanted, seconds)


def _print(
    port: int, name: str, path: str, whose: list[str], wanted: tuple[float, int], seconds: float
) -> None:
    empty, page = [], []
    for _ in range(ROUNDS):
        empty.append(_rate(port, EMPTY, [""], seconds / ROUNDS))
        page.append(_rate(port, path, whose, seconds / ROUNDS))
    ratio = statistics.median(each[0] / none[0] for each, none in zip(page, empty, strict=True))
    per_s, p50_ms, p99_ms = (statistics.median(column) for column in zip(*page, strict=True))
    nothing = statistics.median(each[0] for each in empty)
    least, least_per_s = wanted
    goal = f"{least}" + (f" and {least_per_s}/s" if least_per_s else "")
    print(
        f"{name:<20} {per_s:>6,.0f}/s   p50 {p50_ms:>5.1f} ms   p99 {p99_ms:>5.1f} ms"
        f"   empty {nothing:>6,.0f}/s   ratio {ratio:.3f}   (wanted: {goal})",
        flush=True,
    )


def _rate(port: int, path: str, cookies: list[str], seconds: float) -> tuple[float, float, float]:
    """Return pages a second and the milliseconds within which half and 99 of 100 came."""
    turns = [_turn(path, cookies[place % len(cookies)]) for place in range(pooling.ABREAST)]
    took_s = asking.rate(port, turns, seconds)
    halves = took_s[len(took_s) // 2], took_s[len(took_s) * 99 // 100]
    return len(took_s) / seconds, halves[0] * 1_000, halves[1] * 1_000


def _turn(path: str, cookie: str) -> Callable[[], asking.Turn]:
    asked = asking.request("GET", path, {"Cookie": cookie} if cookie else {})

    def turn() -> asking.Turn:
        answer = yield asked
        assert answer.status == HTTPStatus.OK, answer.head

    return turn


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
