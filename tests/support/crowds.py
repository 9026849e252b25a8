"""Let many do the same thing at the same moment, each on a connection of her own."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from yanxiu.config import databases
from yanxiu.foundation.refusals import Refused

# More would wait for a connection and not for each other, on a slow machine longer than a page may.
SEATS = int(databases.POOL["max_size"])


def together(many: int, act: Callable[[int], str]) -> Counter[str]:
    """Return how often each answer came: what `act` said for each number, or a refusal's code.

    The test needs a database of its own: others' transactions see nothing of one that is open.
    """
    ready, seats = threading.Barrier(many), threading.BoundedSemaphore(SEATS)

    def each(number: int) -> str:
        ready.wait()
        with seats:
            try:
                return act(number)
            except Refused as refused:
                return refused.code
            finally:
                connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return Counter(pool.map(each, range(many)))
