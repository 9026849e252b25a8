"""Print how many scans of certificates a second are answered, beside a view that answers nothing.

`python -m bench.verify [SECONDS]`: a scratch PostgreSQL with fsync on and 2,000 certificates; one
thread calls Django's WSGI handler, with all middleware, in turns for the answer to a valid token
and for a view that returns an empty page. SECONDS are a side's (10). Then the medians of what has
to take the same time: wrong number and wrong code, wrong and right claims.
"""

from bench import scratch

SECONDS = 10.0

if __name__ == "__main__":
    scratch.run(
        f"from bench import verifying; verifying.main({scratch.argument(SECONDS)})", has_static=True
    )
