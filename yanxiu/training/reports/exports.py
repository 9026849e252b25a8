"""Make files for officers in the background: asked for once, gathered in batches, bound, fetched.

An export belongs to the grant with which it was asked for: the right is looked at before every
batch and before every fetch, and each row must lie below the grant's node. What is gathered is
kept sealed batch by batch, so that a run takes up where a killed one stopped.

What there is to export stands in `reports.kinds`. Rules: docs/rules/exports.md.
"""

import logging
import tempfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import IO, Any
from uuid import UUID

import msgspec
from django.db import transaction

from yanxiu.foundation import ciphers, clock, ids
from yanxiu.training.organisations import grants, levels, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people import languages
from yanxiu.training.people.models import Person
from yanxiu.training.reports import kinds, refusals
from yanxiu.training.reports.kinds import Batch, Kind
from yanxiu.training.reports.models import Export, ExportPart
from yanxiu.training.trail import entries

log = logging.getLogger(__name__)

# How long a finished file can be fetched, and how many are under way for one officer at a time.
KEPT = timedelta(hours=24)
AT_ONCE = 5
PIECE_BYTES, SMALL_PIECES = 512 * 1024, 16
# Rows that are bound between two looks at the right: far less than the five seconds promised.
LOOK_ROWS = 1_000
_PURPOSE = "export"
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder().decode


class Stopped(Exception):
    """End a run: the right is gone, or the officer has stopped the export."""

    def __init__(self, why: str) -> None:
        """Keep why."""
        super().__init__(why)
        self.why = why


@transaction.atomic
def ask(
    kind: str, *, path: str, wanted: dict[str, Any], held: list[Officer], by: Person, at: datetime
) -> Export:
    """Note down what an officer wants exported from the node at `path`; a job does the rest.

    `journeys.exporting.ask` also hands it to the job. Raises `OutOfScope` or `TooManyExports`.
    """
    grant = next((each for each in held if levels.covers(each.path, path)), None)
    if grant is None:
        raise refusals.OutOfScope
    under_way = Export.objects.filter(by_id=by.id, finished_at=None, stopped_at=None)
    if under_way.count() >= AT_ONCE:
        raise refusals.TooManyExports(most=AT_ONCE)
    export = Export.objects.create(
        kind=kind,
        by_id=by.id,
        grant_id=grant.id,
        path=path,
        wanted=wanted,
        token=ids.token(),
        at=at,
    )
    _note("export_asked", export, by=by.id, at=at)
    return export


def carry_on(export_id: UUID, *, at: datetime) -> None:
    """Gather what is not gathered yet and bind it; done or stopped already changes nothing."""
    export = Export.objects.filter(pk=export_id, finished_at=None, stopped_at=None).first()
    if export is None:
        return
    kind = kinds.KINDS[export.kind]
    try:
        with languages.speaking_to(export.by_id):
            _count(export, kind, at)
            while not export.is_gathered:
                _gather(export, kind)
            _bind(export, kind)
    except Stopped as stopped:
        _stop(export, stopped.why, by=None, at=clock.now())


def stop(export: Export, *, by: Person, at: datetime) -> None:
    """End an export that is under way, or throw a finished file away."""
    _stop(export, Export.Why.CANCELLED, by=by.id, at=at)


def own(by: Person, *, most: int) -> list[Export]:
    """Return the newest exports that somebody has asked for."""
    return list(Export.objects.filter(by_id=by.id).order_by("-at", "-id")[:most])


def find(by: Person, export_id: UUID) -> Export | None:
    """Return an export that this person asked for, or None."""
    return Export.objects.filter(by_id=by.id, pk=export_id).first()


def fetch(token: str, *, held: list[Officer], by: Person, at: datetime) -> Export | None:
    """Return a file to fetch by its link, and note that it was; None where there is none.

    Raises `ExportRight` where the grant it was asked with is gone, `ExportOver` where it expired.
    """
    export = Export.objects.filter(by_id=by.id, token=token).exclude(finished_at=None).first()
    if export is None:
        return None
    if export.stopped_at or not export.expires_at or export.expires_at <= at:
        raise refusals.ExportOver
    if not grants.still_holds(export.grant_id, at) or not scopes.exports.may("fetch", held, export):
        raise refusals.ExportRight
    _note("export_fetched", export, by=by.id, at=at)
    return export


def opened(export: Export) -> IO[bytes]:
    """Return the file, open at its beginning; closing it deletes this copy."""
    # What is small never reaches the disk.
    parts = ExportPart.objects.filter(export=export, is_file=True).count()
    file: IO[bytes] = BytesIO()
    if parts > SMALL_PIECES:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        file.writelines(pieces(export))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def pieces(export: Export) -> Iterator[bytes]:
    """Give the file piece by piece; raise `ExportRight` as soon as the right is gone."""
    for number in count():
        if not grants.still_holds(export.grant_id, clock.now()):
            raise refusals.ExportRight
        part = ExportPart.objects.filter(export=export, is_file=True, number=number).first()
        if part is None:
            return
        yield ciphers.unseal(part.sealed, purpose=_PURPOSE)


def sweep(*, at: datetime) -> int:
    """Throw away the files whose links have expired; what was exported when stays known."""
    over = ExportPart.objects.filter(export__expires_at__lte=at)
    return over.delete()[0]


def _count(export: Export, kind: Kind, at: datetime) -> None:
    if export.total is None:
        export.total = kind.many(export, at=at)
        Export.objects.filter(pk=export.pk).update(total=export.total)


def _gather(export: Export, kind: Kind) -> None:
    """Take the next batch and keep it together with where it ended."""
    with transaction.atomic():
        batch = kind.batch(export, export.after, at=clock.now())
        _look(export)
        _check_scope(export, batch)
        number = ExportPart.objects.filter(export=export, is_file=False).count()
        packed = zlib.compress(_pack([row for _path, row in batch.rows]), 1)
        ExportPart.objects.create(
            export=export,
            is_file=False,
            number=number,
            sealed=ciphers.seal(packed, purpose=_PURPOSE),
        )
        export.done += len(batch.rows)
        export.after, export.is_gathered = batch.after, not batch.after
        _keep(export, "done", "after", "is_gathered")


def _bind(export: Export, kind: Kind) -> None:
    """Make one file of all that was gathered; the rows go as the file comes."""
    with kind.bind(export, _rows(export)) as file, transaction.atomic():
        ExportPart.objects.filter(export=export, is_file=True).delete()
        for number, piece in enumerate(iter(lambda: file.read(PIECE_BYTES), b"")):
            sealed = ciphers.seal(piece, purpose=_PURPOSE)
            ExportPart.objects.create(export=export, is_file=True, number=number, sealed=sealed)
        ExportPart.objects.filter(export=export, is_file=False).delete()
        _look(export)
        export.finished_at = clock.now()
        export.expires_at = export.finished_at + KEPT
        export.filename = kind.filename(export)
        export.total = export.bound = export.done
        _keep(export, "finished_at", "expires_at", "filename", "total", "bound")
        _note("export_made", export, by=None, at=export.finished_at)


def _rows(export: Export) -> Iterator[Any]:
    """Give the gathered rows in their order, looking again and again whether to go on."""
    done = 0
    for number in count():
        part = ExportPart.objects.filter(export=export, is_file=False, number=number).first()
        if part is None:
            return
        for row in _unpack(zlib.decompress(ciphers.unseal(part.sealed, purpose=_PURPOSE))):
            yield row
            done += 1
            if done % LOOK_ROWS == 0:
                _look(export)
                Export.objects.filter(pk=export.pk).update(bound=done)


def _look(export: Export) -> None:
    """Raise `Stopped` where the right is gone or the officer has stopped the export."""
    if not grants.still_holds(export.grant_id, clock.now()):
        raise Stopped(Export.Why.RIGHT)
    if not Export.objects.filter(pk=export.pk, stopped_at=None).exists():
        raise Stopped(Export.Why.CANCELLED)


def _check_scope(export: Export, batch: Batch) -> None:
    """Assert of every row that it lies below the node and the grant; one that does not is a bug."""
    grant = Officer.objects.get(pk=export.grant_id)
    for path, _row in batch.rows:
        if not (levels.covers(export.path, path) and levels.covers(grant.path, path)):
            log.error("export %s: a row of %s lies outside of %s", export.id, path, export.path)
            raise Stopped(Export.Why.SCOPE)


def _stop(export: Export, why: str, *, by: UUID | None, at: datetime) -> None:
    with transaction.atomic():
        stopped = Export.objects.filter(pk=export.pk, stopped_at=None)
        if stopped.update(stopped_at=at, why_stopped=why):
            _note("export_stopped", export, by=by, at=at, why=why)
        ExportPart.objects.filter(export=export).delete()


def _keep(export: Export, *fields: str) -> None:
    Export.objects.filter(pk=export.pk).update(**{name: getattr(export, name) for name in fields})


def _note(verb: str, export: Export, *, by: UUID | None, at: datetime, **more: object) -> None:
    detail: dict[str, object] = {"kind": export.kind, "wanted": export.wanted, "rows": export.done}
    entries.record(
        verb, subject=("export", export.id), by=by, at=at, detail=detail | more, path=export.path
    )
