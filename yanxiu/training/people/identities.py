"""Record what the law knows of a person: name and document, one row a version, number sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from yanxiu.foundation import ciphers, periods
from yanxiu.training.people import (
    document_words,
    documents,
    held_numbers,
    masking,
    names,
    refusals,
)
from yanxiu.training.people.identity_change import Known
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

PURPOSE = "identity"


@dataclass(frozen=True, slots=True)
class _Facts:
    """Hold what a version says, in normal form."""

    name: str
    document_kind: str
    number: str
    born_on: date | None


def current(person_id: UUID) -> Identity | None:
    """Return the version that counts now, or None before the first."""
    return Identity.objects.filter(person_id=person_id, until=None).first()


def name_of(field: str) -> Subquery:
    """Return the present name of whoever's id stands in a field of a query."""
    known = Identity.objects.filter(person=OuterRef(field), until=None)
    return Subquery(known.values("name")[:1])


def number(identity: Identity) -> str:
    """Return the document's whole number."""
    return opened(identity.number_sealed)


def sealed(number: str) -> bytes:
    """Return a document's number so that only `opened` reads it."""
    return ciphers.seal(number.encode(), purpose=PURPOSE)


def opened(sealed: bytes | memoryview) -> str:
    """Return the number that `sealed` has closed."""
    return ciphers.unseal(sealed, purpose=PURPOSE).decode()


def masked_number(identity: Identity) -> str:
    """Return the number as screens show it: its ends alone."""
    return masking.document_number(number(identity))


def findings(*, name: str, document_kind: str, number: str, on: date) -> dict[str, str]:
    """Return what is wrong on the day `on`, a sentence for each field; nothing when all is well."""
    found = {
        "name": _about_name(names.read(name).finding, document_kind),
        "document_kind": document_words.against_kind(document_kind),
        "number": document_words.against_number(
            document_kind, documents.read(document_kind, number, on=on)
        ),
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def name_finding(name: str) -> str:
    """Return what is wrong with a name alone; "" when it is well."""
    return _about_name(names.read(name).finding, documents.Kind.RESIDENT_ID)


def check(
    person: Person, *, name: str, document_kind: str, number: str, at: datetime
) -> tuple[str, str]:
    """Return name and number in normal form, if this person may give them now.

    Stands outside of its caller's transaction: tries at others' numbers are counted. Raises
    `Unacceptable` with every field's finding, `NumberInUse` or `TooManyNumbers`.
    """
    facts = _read(name, document_kind, number, at=at)
    held_numbers.ask(person, fingerprint(document_kind, facts.number), at=at)
    return facts.name, facts.number


@transaction.atomic
def record(
    person: Person, *, name: str, document_kind: str, number: str, by: Person, at: datetime
) -> Identity:
    """Write the next version down; the current one comes back where nothing changes.

    Raises `Unacceptable` with every field's finding, or `NumberInUse` where an officer has
    confirmed the number as somebody else's. What nobody has confirmed two people may give.
    """
    facts = _read(name, document_kind, number, at=at)
    # Two changes of one person go one after the other, so that versions count without a gap.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = current(person.id)
    if before and _says(before, facts):
        return before
    if not held_numbers.is_free(fingerprint(facts.document_kind, facts.number), person.id):
        raise refusals.NumberInUse
    return _next(person, facts, before, by=by, at=at)


def fingerprint(document_kind: str, number: str) -> bytes:
    """Return what is equal for the same document, of a number in normal form."""
    return ciphers.fingerprint(f"{document_kind}:{number}", purpose=PURPOSE)


def known(identity: Identity) -> Known:
    """Return what makes the person of an identity the same."""
    return Known(identity.name, bytes(identity.number_fingerprint))


def says(identity: Identity, *, name: str, document_kind: str, number: str) -> bool:
    """Tell whether a version says this already; the facts are in normal form."""
    same_number = bytes(identity.number_fingerprint) == fingerprint(document_kind, number)
    return same_number and identity.name == name


def _read(name: str, document_kind: str, number: str, *, at: datetime) -> _Facts:
    on = at.astimezone(periods.CHINA).date()
    found = findings(name=name, document_kind=document_kind, number=number, on=on)
    reading = documents.read(document_kind, number, on=on)
    if found:
        raise refusals.Unacceptable(found)
    return _Facts(names.normalise(name), document_kind, reading.number, reading.born_on)


def _says(identity: Identity, facts: _Facts) -> bool:
    return says(identity, name=facts.name, document_kind=facts.document_kind, number=facts.number)


def _next(
    person: Person, facts: _Facts, before: Identity | None, *, by: Person, at: datetime
) -> Identity:
    if before:
        Identity.objects.filter(pk=before.pk).update(until=at)
    identity = Identity.objects.create(
        person=person,
        version=before.version + 1 if before else 1,
        name=facts.name,
        document_kind=facts.document_kind,
        number_sealed=sealed(facts.number),
        number_fingerprint=fingerprint(facts.document_kind, facts.number),
        born_on=facts.born_on,
        recorded_at=at,
    )
    entries.record(
        "identity_recorded",
        subject=("identity", identity.id),
        by=by.id,
        at=at,
        detail={"version": identity.version},
    )
    return identity


def _about_name(finding: names.Finding | None, document_kind: str) -> str:
    if finding is None:
        return ""
    is_resident = document_kind == documents.Kind.RESIDENT_ID
    as_it_stands = _("请按身份证填写。") if is_resident else _("请按证件填写。")
    said = {
        names.Code.EMPTY: _("请填写姓名。"),
        names.Code.MALFORMED: _("内容编码有误，请重新输入。"),
        names.Code.UNSUPPORTED: _("姓名中含有不支持的字符“%(character)s”，%(as_it_stands)s"),
        names.Code.TOO_LONG: _("姓名最多 %(most)d 个字，%(as_it_stands)s"),
    }[finding.code]
    return said % {
        "character": _visible(finding.character),
        "most": names.LENGTH_MOST,
        "as_it_stands": as_it_stands,
    }


def _visible(character: str) -> str:
    """Return the character itself, or its number where nothing would be seen of it."""
    if not character:
        return ""
    return character if character.isprintable() else f"U+{ord(character):04X}"
