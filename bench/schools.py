"""Print how long a keystroke in the search for schools takes, beside the same asked by ILIKE.

`python -m bench.schools [SCHOOLS]`: a scratch PostgreSQL with invented schools in every county of
the country (462,000), found by name, former name, initials and code as people type them, letter by
letter, everywhere and inside a region. The reference, in the same run: each tenth of these
keystrokes as `name ILIKE '%…%'` on the plain table.
"""

from bench import scratch

SCHOOLS = 462_000

if __name__ == "__main__":
    scratch.run(
        f"from bench import searching; searching.main({scratch.argument(SCHOOLS)})", is_demo=False
    )
