"""Print and sign papers, as the `work` process alone can: PAdES, and nothing may be changed after.

Several processes may sign side by side: each takes rows that no other holds, and a row goes in the
transaction that keeps its paper. Whatever is killed has signed nothing.
"""

import hashlib
import logging
import os
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yanxiu.training.certificates import paper, papers, refusals, signers
from yanxiu.training.certificates.handwriting import Hand
from yanxiu.training.certificates.models import Paper, Unsigned
from yanxiu.training.certificates.paper import Facts
from yanxiu.training.certificates.signers import Pen

log = logging.getLogger(__name__)

# As many papers in a transaction, and in a run: others' turn comes every few seconds.
BATCH, MOST = 24, 480
# Drawing leaves Python's lock, signing does not: more hands than this would wait for each other.
HANDS = min(4, os.cpu_count() or 1)
# What could not be drawn is tried again after this time; the log says why.
AGAIN = timedelta(hours=1)


def sign_due(*, at: datetime) -> int:
    """Print and sign the papers that wait, the oldest first; return how many were signed."""
    return sign(signers.pen(), at=at) if _waiting(at).exists() else 0


def sign(pen: Pen, *, at: datetime) -> int:
    """Do what `sign_due` does, with this pen."""
    taken = signed = 0
    by = Hand(pen)
    with ThreadPoolExecutor(HANDS) as hands:
        while taken < MOST:
            took, made = _sign_some(pen, by, hands, at=at)
            if not took:
                break
            taken, signed = taken + took, signed + made
    return signed


def _waiting(at: datetime) -> QuerySet[Unsigned]:
    return Unsigned.objects.filter(due_at__lte=at)


@transaction.atomic
def _sign_some(pen: Pen, by: Hand, hands: Executor, *, at: datetime) -> tuple[int, int]:
    """Take some that nobody else has taken; return how many, and how many were signed."""
    ours = _waiting(at).select_for_update(skip_locked=True, of=("self",))
    rows = list(ours.select_related("certificate").order_by("due_at", "certificate_id")[:BATCH])
    told = [papers.facts(row.certificate, address=settings.YANXIU_ADDRESS) for row in rows]
    made = list(hands.map(lambda facts: _made(by, facts, at), told))
    done = {row.pk: pdf for row, pdf in zip(rows, made, strict=True) if pdf}
    Paper.objects.bulk_create(
        Paper(
            certificate_id=certificate_id,
            pdf=pdf,
            sha256=hashlib.sha256(pdf).digest(),
            signer=pen.fingerprint,
            signed_at=at,
        )
        for certificate_id, pdf in done.items()
    )
    Unsigned.objects.filter(pk__in=done).delete()
    Unsigned.objects.filter(pk__in=[row.pk for row in rows if row.pk not in done]).update(
        due_at=at + AGAIN
    )
    return len(rows), len(done)


def _made(by: Hand, facts: Facts, at: datetime) -> bytes | None:
    """Return the signed paper, or None where no font here shows it: another machine's may."""
    try:
        return by.signed(paper.draw(facts), at=at)
    except refusals.Unprintable:
        log.exception("paper %s cannot be drawn", facts.number)
        return None
