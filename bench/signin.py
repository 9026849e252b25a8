"""Print how many sign-ins a second are answered, beside a view that answers nothing.

`python -m bench.signin [SECONDS]`: a scratch PostgreSQL with fsync on; as many processes as the
pool of pages takes requests at once call Django's WSGI handler, with all middleware, in turns for a
password, for a code that was sent before, and for a view that returns an empty page. SECONDS are a
side's (6). Then the medians of wrong passwords and of codes asked for, for numbers that are known
and that are not; and what becomes of 20 right codes and of 100 registrations at once.
"""

import os

from bench import scratch

SECONDS = 6.0

if __name__ == "__main__":
    # A thousand wrong passwords are no news here.
    os.environ.setdefault("YANXIU_LOG", "ERROR")
    scratch.run(
        f"from bench import signing_in; signing_in.main({scratch.argument(SECONDS)})",
        has_static=True,
    )
