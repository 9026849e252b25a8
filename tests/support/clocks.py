"""Pass time in to the database: its clock stands still until a test turns it."""

from datetime import datetime
from typing import Any

import psycopg

from tests.support.databases import Scratch

# A name without a schema is looked for along the path: ours stands before PostgreSQL's own.
_LAID = """
CREATE SCHEMA passed_in;
CREATE TABLE passed_in.clock (now timestamptz NOT NULL);
CREATE FUNCTION passed_in.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
  RETURN (SELECT now FROM passed_in.clock);
GRANT USAGE ON SCHEMA passed_in TO PUBLIC;
GRANT SELECT ON passed_in.clock TO PUBLIC;
"""


class DatabaseClock:
    """Be the clock of one database, as whoever connects to it from now on reads it."""

    def __init__(self, scratch: Scratch, now: datetime) -> None:
        """Take the clock of a database over and set it."""
        self._owner = psycopg.connect(scratch.owner, autocommit=True)
        self._owner.execute(_LAID)
        path = f'ALTER DATABASE "{scratch.name}" SET search_path = passed_in, pg_catalog, public'
        self._owner.execute(path.encode())
        self.turn(now)

    def turn(self, now: datetime) -> None:
        """Let it be this instant, until it is turned again."""
        with self._owner.transaction(), self._owner.pipeline():
            self._owner.execute("DELETE FROM passed_in.clock")
            self._owner.execute("INSERT INTO passed_in.clock VALUES (%s)", [now])

    def forget(self, *tables: str) -> None:
        """Empty these tables."""
        self._owner.execute(f"TRUNCATE {', '.join(tables)}".encode())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what is stored."""
        return self._owner.execute(query.encode()).fetchall()

    def close(self) -> None:
        """Let go of the database."""
        self._owner.close()
