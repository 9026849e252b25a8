"""Print codes by which students sign in for the first time, or after a password was forgotten.

A code is shown once, on the slip; only its fingerprint stays. It is good for one student, once, for
thirty days; the next one for her replaces it. Rule: docs/rules/students.md.
"""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from yanxiu.foundation import ciphers
from yanxiu.training.organisations import student_refusals as no
from yanxiu.training.organisations import students
from yanxiu.training.organisations.models import School, StudentCode, StudentEntry
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

LIFE = timedelta(days=30)
# Neither 0 and O nor 1, I and L: children type them from paper. Eight of 31: 8.5 × 10^11 codes.
SIGNS, LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 8
# One sheet of slips.
MOST = 100

_FILLING = re.compile(r"[\s\-—–]+")


@dataclass(frozen=True, slots=True)
class Slip:
    """Be what is cut out and handed to one student."""

    name: str
    group: str
    number: str
    code: str


@transaction.atomic
def issue(
    school: School, chosen: Sequence[StudentEntry], *, by: Person, at: datetime
) -> list[Slip]:
    """Give each of these a new code; whoever had one has no other now.

    The officer has said that the guardians of these students agree; the trail says so.
    """
    if not chosen:
        raise no.StudentsGone
    StudentCode.objects.filter(entry__in=chosen, used_at=None).delete()
    made = [(entry, "".join(secrets.choice(SIGNS) for _ in range(LENGTH))) for entry in chosen]
    StudentCode.objects.bulk_create(
        StudentCode(entry=entry, fingerprint=_fingerprint(code), issued_at=at, expires_at=at + LIFE)
        for entry, code in made
    )
    detail: dict[str, object] = {"count": len(made), "guardians_agree": True}
    subject = ("school", school.id)
    entries.record(
        "student_codes_issued", subject=subject, by=by.id, at=at, detail=detail, path=school.path
    )
    return [_slip(entry, code) for entry, code in made]


def find(number_fingerprint: bytes, typed: str, *, at: datetime) -> StudentCode | None:
    """Return the open code of a student, if this is it; it is not used up."""
    open_ones = StudentCode.objects.filter(
        entry__number_fingerprint=number_fingerprint,
        entry__ended_at=None,
        used_at=None,
        expires_at__gt=at,
    )
    code = open_ones.select_related("entry__school").first()
    given = _fingerprint(normalise(typed))
    kept = bytes(code.fingerprint) if code else b""
    return code if hmac.compare_digest(kept, given) else None


def waiting(code_id: int, *, at: datetime) -> StudentCode | None:
    """Return a code that is still good, with whose it is."""
    good = StudentCode.objects.filter(
        pk=code_id, used_at=None, expires_at__gt=at, entry__ended_at=None
    )
    return good.select_related("entry__school").first()


def spend(code_id: int, *, at: datetime) -> StudentEntry:
    """Use a code up and return whose it is; raise `StudentCodeSpent` where it is used or too old.

    Of any number of simultaneous tries one succeeds. Runs in its caller's transaction.
    """
    good = StudentCode.objects.filter(
        pk=code_id, used_at=None, expires_at__gt=at, entry__ended_at=None
    )
    code = good.select_for_update(of=("self",)).select_related("entry__school").first()
    if code is None:
        raise no.StudentCodeSpent
    StudentCode.objects.filter(pk=code.pk).update(used_at=at)
    return code.entry


def normalise(typed: str) -> str:
    """Return a code as it was printed: capitals, without what stands between its halves."""
    return _FILLING.sub("", unicodedata.normalize("NFKC", typed[: 4 * LENGTH])).upper()


def _slip(entry: StudentEntry, code: str) -> Slip:
    half = LENGTH // 2
    shown = f"{code[:half]}-{code[half:]}"
    return Slip(entry.name, entry.group, students.opened(entry.number_sealed), shown)


def _fingerprint(code: str) -> bytes:
    return ciphers.fingerprint(code, purpose="student code")
