"""Print what simulated attackers take of the running server, beside what the law gives them.

`python -m bench.attackers [SECONDS]`: `yanxiu serve` on a scratch PostgreSQL with fsync on; ten
attackers (tests/attackers), up to a hundred tabs each, and an honest twin beside each, all at once
for SECONDS (60). Spare is how far the worst interval stays below the law. Exits with an error where
an attacker took more than time gave, or where a twin has not exactly what she watched.
"""

from bench import scratch

SECONDS = 60.0

if __name__ == "__main__":
    scratch.run(f"from tests.attackers import runner; runner.main({scratch.argument(SECONDS)})")
