"""Name what can be exported: the one place where a kind of export is added.

A kind says how many rows there are, gives them batch by batch, binds them into a file, and names
the file. To add one, write a module beside this one with a `Kind` in it and enter it in `KINDS`;
asking, progress, scope, stopping, sealing, link and expiry are the same for all of them. A row is
whatever msgpack can hold (texts, numbers, moments, bytes), paired with the path of the node it
belongs to: the engine asserts of every row that the grant covers it. A kind that packs files, such
as a school's certificates, gives rows of (name, bytes) in small batches and binds them to an
archive. Sheets share `sheets.bind`.
"""

from yanxiu.training.reports.kinds import days, papers, schools, teachers
from yanxiu.training.reports.kinds.shape import Batch, Kind

KINDS: dict[str, Kind] = {
    "teachers": teachers.KIND,
    "schools": schools.KIND,
    "days": days.KIND,
    "papers": papers.KIND,
}

__all__ = ["KINDS", "Batch", "Kind"]
