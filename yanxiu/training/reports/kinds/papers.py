"""Export the signed certificates of a school for a training, as one archive of PDFs."""

import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation import periods
from yanxiu.training.certificates import listing, snapshots
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.reports.kinds import teachers
from yanxiu.training.reports.kinds.shape import Batch, Kind
from yanxiu.training.reports.models import Export

# A batch is kept in one piece: about three megabytes.
PAPERS = 30


def _many(export: Export, *, at: datetime) -> int:
    del at
    return listing.papers(teachers.outline(export).training.id, export.path).count()


def _batch(export: Export, after: str, *, at: datetime) -> Batch:
    del at
    found = listing.papers(teachers.outline(export).training.id, export.path).defer(None)
    beyond = found.filter(pk__gt=UUID(after)) if after else found
    papers = list(beyond[:PAPERS])
    rows = [(each.path, [_name(each), bytes(each.paper.pdf)]) for each in papers]
    return Batch(rows, str(papers[-1].id) if len(papers) == PAPERS else "")


def _name(certificate: Certificate) -> str:
    return f"{snapshots.of(certificate).holder_name}-{certificate.number}.pdf"


def _bind(export: Export, rows: Iterator[Any]) -> IO[bytes]:
    """Return the archive; its files are compressed already and say when they were asked for."""
    asked = export.at.astimezone(periods.CHINA)
    date = (asked.year, asked.month, asked.day, asked.hour, asked.minute, asked.second)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, pdf in rows:
            archive.writestr(zipfile.ZipInfo(name, date), pdf)
    file.seek(0)
    return file


def _filename(export: Export) -> str:
    words = {"school": export.wanted["node"], "training": teachers.outline(export).training.title}
    return _("%(school)s-%(training)s-证书.zip") % words


KIND = Kind(gettext_lazy("证书打包"), _many, _batch, _bind, _filename)
