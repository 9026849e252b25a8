"""Be the two servers of the bench of beats: the real one, and one that answers a constant.

`python -m bench.servers beats|constant PORT`: both as `yanxiu serve beats` serves.
"""

import os
import socket
import sys

import uvloop

from yanxiu.config import beats as pool
from yanxiu.web.beats import app, rsgi

BACKLOG = 2_048
CONSTANT = (
    b'{"lease":"active","covered":[[0,30000]],"missing_ms":14370000,"done":false,'
    b'"refused":[],"beat_every_s":30}'
)
HEADERS = [("content-type", "application/json"), ("cache-control", "private, no-store")]


class Constant(rsgi.Server):
    """Read the whole body and answer the same bytes to everybody."""

    async def __rsgi__(self, _scope: rsgi.Scope, exchange: rsgi.Exchange) -> None:
        """Answer one request."""
        await exchange()
        exchange.response_bytes(200, HEADERS, CONSTANT)


def main(name: str, port: int) -> None:
    """Serve until told to stop."""
    made = {"beats": rsgi.Server, "constant": Constant}[name]
    server = made(app.Beats(os.environ["BENCH_DSN"]))
    with socket.create_server(("127.0.0.1", port), backlog=BACKLOG) as listening:
        uvloop.run(pool.live(server, listening))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
