"""Rebuild every hour from its evidence, for whoever runs the machine."""

from yanxiu.foundation import clock
from yanxiu.training.credits import following
from yanxiu.training.journeys import recomputing


def run(*, is_check: bool) -> bool:
    """Name every difference on standard output; return whether there is none.

    Unless it is a check, lines that are missing are added first.
    """
    began = clock.now()
    if not is_check:
        added = following.follow(at=clock.now()) + recomputing.repair(at=clock.now())
        print(f"{added} lines added to the ledger")
    many = 0
    for each in recomputing.check(at=clock.now()):
        many += 1
        print(each.said, flush=True)
    took_s = (clock.now() - began).total_seconds()
    print(f"{many} differences, looked for in {took_s:.1f} s")
    return not many
