"""Be the two servers of the bench of beats: the real one, and one that answers a constant.

`python -m bench.servers beats|constant PORT`: both as `yanxiu serve beats` serves.
"""

import os
import socket
import sys

import uvloop

from yanxiu.config import beats as pool
from yanxiu.web.beats import app
from yanxiu.web.beats.lines import Answer, Reply, Request, Tell

CONSTANT = (
    b'{"lease":"active","covered":[[0,30000]],"missing_ms":14370000,"done":false,'
    b'"refused":[],"beat_every_s":30}'
)
REPLY = Reply(200, app.HEADERS, CONSTANT)


def constant(_request: Request, tell: Tell) -> None:
    """Answer the same bytes to everybody, once the whole body is read."""
    tell(REPLY)


def main(name: str, port: int) -> None:
    """Serve until told to stop."""
    beats = app.Beats(os.environ["BENCH_DSN"])
    answer: Answer = pool.Pool(beats) if name == "beats" else constant
    with socket.create_server(("127.0.0.1", port), backlog=pool.BACKLOG) as listening:
        uvloop.run(pool.live(beats, answer, listening))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
