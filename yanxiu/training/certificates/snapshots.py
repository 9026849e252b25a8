"""Hold what a certificate says: the facts as they were, sealed, and what its holder saw of them."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ciphers
from yanxiu.training.certificates.models import Certificate

PURPOSE = "certificate"

# What the holder sees before she confirms, each by its words.
SEEN = {
    "holder_name": _("姓名"),
    "document_kind": _("证件类型"),
    "document_number": _("证件号码"),
    "school_name": _("任教学校"),
    "training_title": _("专题名称"),
    "authority": _("发证单位"),
    "enrolled_at": _("开始日期"),
    "completed_at": _("完成日期"),
    "hours": _("认定学时"),
    "courses": _("各课程学时"),
}
# Hexadecimal digits of a digest: those for all together, which decide, and those for each field.
_WHOLE, _EACH = 24, 4


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold all that a paper says; `digest` changes with any of what the holder sees.

    The school's id and path say where it stood in the tree, `serves` which branch of education
    the training is for; certificates from before these were kept leave them empty.
    """

    holder_name: str
    document_kind: str
    document_number: str
    identity_version: int
    training_title: str
    authority: str
    school_name: str
    enrolled_at: str
    completed_at: str
    hours: str
    courses: list[list[str]]
    rulebook_version: int
    school_id: str = ""
    school_path: str = ""
    serves: str = "basic"

    @property
    def digest(self) -> str:
        """Return a fingerprint of the data, for the form that confirms exactly these."""
        facts = {name: getattr(self, name) for name in SEEN}
        each = (_print({name: value}, _EACH) for name, value in facts.items())
        return _print(facts, _WHOLE) + "".join(each)


def of(certificate: Certificate) -> Snapshot:
    """Return what a certificate says."""
    return Snapshot(**json.loads(ciphers.unseal(certificate.sealed, purpose=PURPOSE)))


def is_ours(certificate: Certificate) -> bool:
    """Tell whether what a certificate says was sealed here; a row that was smuggled in is not."""
    try:
        of(certificate)
    except ciphers.Broken:
        return False
    return True


def sealed(snapshot: Snapshot) -> bytes:
    """Return the snapshot as it is kept."""
    facts = {name: getattr(snapshot, name) for name in Snapshot.__dataclass_fields__}
    return ciphers.seal(_written(facts), purpose=PURPOSE)


def differences(snapshot: Snapshot, seen: str) -> list[str]:
    """Return the words of what is no longer as it was `seen`; nothing for what is no digest."""
    now = snapshot.digest
    if len(seen) != len(now):
        return []
    starts = range(_WHOLE, len(now), _EACH)
    return [
        str(words)
        for start, words in zip(starts, SEEN.values(), strict=True)
        if seen[start : start + _EACH] != now[start : start + _EACH]
    ]


def _print(facts: dict[str, Any], digits: int) -> str:
    return ciphers.fingerprint(_written(facts).decode(), purpose="preview").hex()[:digits]


def _written(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
