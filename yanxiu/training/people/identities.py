"""Record what the law knows of a person: name and document, one row a version, number sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yanxiu.foundation import ciphers, periods
from yanxiu.training.people import masking, names, refusals, resident_id
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

PURPOSE = "identity"


@dataclass(frozen=True, slots=True)
class _Facts:
    """Hold what a version says, in normal form."""

    name: str
    document_kind: str
    number: str
    born_on: date


def current(person_id: UUID) -> Identity | None:
    """Return the version that counts now, or None before the first."""
    return Identity.objects.filter(person_id=person_id, until=None).first()


def number(identity: Identity) -> str:
    """Return the document's whole number."""
    return ciphers.unseal(identity.number_sealed, purpose=PURPOSE).decode()


def masked_number(identity: Identity) -> str:
    """Return the number as screens show it: its ends alone."""
    return masking.document_number(number(identity))


def findings(*, name: str, document_kind: str, number: str, on: date) -> dict[str, str]:
    """Return what is wrong on the day `on`, a sentence for each field; nothing when all is well."""
    found = {
        "name": _about_name(names.read(name).finding),
        "document_kind": _about_kind(document_kind),
        "number": _about_number(resident_id.read(number, on=on).findings),
    }
    return {field: sentence for field, sentence in found.items() if sentence}


@transaction.atomic
def record(
    person: Person, *, name: str, document_kind: str, number: str, by: Person, at: datetime
) -> Identity:
    """Write the next version down; the current one comes back where nothing changes.

    Raises `Unacceptable` with every field's finding, or `NumberInUse`.
    """
    on = at.astimezone(periods.CHINA).date()
    found = findings(name=name, document_kind=document_kind, number=number, on=on)
    reading = resident_id.read(number, on=on)
    if found or reading.born_on is None:
        raise refusals.Unacceptable(found)
    facts = _Facts(names.normalise(name), document_kind, reading.number, reading.born_on)
    # Two changes of one person go one after the other, so that versions count without a gap.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = current(person.id)
    if before and _says(before, facts):
        return before
    return _next(person, facts, before, by=by, at=at)


def _says(identity: Identity, facts: _Facts) -> bool:
    same_number = bytes(identity.number_fingerprint) == _fingerprint(facts)
    return same_number and identity.name == facts.name


def _next(
    person: Person, facts: _Facts, before: Identity | None, *, by: Person, at: datetime
) -> Identity:
    if before:
        Identity.objects.filter(pk=before.pk).update(until=at)
    try:
        with transaction.atomic():
            identity = Identity.objects.create(
                person=person,
                version=before.version + 1 if before else 1,
                name=facts.name,
                document_kind=facts.document_kind,
                number_sealed=ciphers.seal(facts.number.encode(), purpose=PURPOSE),
                number_fingerprint=_fingerprint(facts),
                born_on=facts.born_on,
                recorded_at=at,
            )
    except IntegrityError as error:
        # The person is locked, so only the number can stand in the way: another has it already.
        raise refusals.NumberInUse from error
    entries.record(
        "identity_recorded",
        subject=("identity", identity.id),
        by=by.id,
        at=at,
        detail={"version": identity.version},
    )
    return identity


def _fingerprint(facts: _Facts) -> bytes:
    return ciphers.fingerprint(f"{facts.document_kind}:{facts.number}", purpose=PURPOSE)


def _about_name(finding: names.Finding | None) -> str:
    if finding is None:
        return ""
    return {
        names.Code.EMPTY: _("请填写姓名。"),
        names.Code.MALFORMED: _("内容编码有误，请重新输入。"),
        names.Code.UNSUPPORTED: _("姓名中含有不支持的字符“%(character)s”，请按身份证填写。")
        % {"character": _visible(finding.character)},
        names.Code.TOO_LONG: _("姓名最多 %(most)d 个字，请按身份证填写。")
        % {"most": names.LENGTH_MOST},
    }[finding.code]


def _visible(character: str) -> str:
    """Return the character itself, or its number where nothing would be seen of it."""
    return character if character.isprintable() else f"U+{ord(character):04X}"


def _about_kind(kind: str) -> str:
    return "" if kind in Identity.Document.values else _("证件类型与号码格式不一致。")


def _about_number(found: tuple[resident_id.Finding, ...]) -> str:
    if not found:
        return ""
    wrong_shape = _("身份证号应为 18 位（末位可为 X）。")
    no_teacher = _("出生日期不符合教师身份，请核对；如确实无误请联系学校管理员。")
    return {
        resident_id.Finding.MISSING: _("请填写身份证号。"),
        resident_id.Finding.OLD: _("请填写 18 位身份证号。"),
        resident_id.Finding.LENGTH: wrong_shape,
        resident_id.Finding.LETTERS: wrong_shape,
        resident_id.Finding.DATE: _("身份证号中的出生日期不存在，请核对。"),
        resident_id.Finding.CHECK_DIGIT: _("身份证号校验不通过，请核对第 18 位。"),
        resident_id.Finding.FUTURE: no_teacher,
        resident_id.Finding.TOO_YOUNG: no_teacher,
        resident_id.Finding.TOO_OLD: no_teacher,
    }[found[0]]
