"""Let students in by their own number: a printed code first, then a password of their own.

Tries are counted as those at passwords are, by number and network, and cost the same whether a
number is listed, registered, or neither. Rule: docs/rules/students.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.training.organisations import student_codes, students
from yanxiu.training.organisations import student_refusals as no
from yanxiu.training.organisations.models import StudentCode, StudentEntry, StudentNumber
from yanxiu.training.people import accounts, masking, passwords, refusals, student_numbers
from yanxiu.training.people.models import Account, Person


def sign_in(typed: str, secret: str, *, network: str, at: datetime) -> Account | StudentCode:
    """Return the account whose number and password these are, or the code that was typed.

    A code is not used up yet: `register` does that with the password. Raises `WrongStudent`,
    `StudentWait` or `StudentTomorrow`.
    """
    number = student_numbers.read(typed).number
    mark = students.fingerprint(number)
    home = {"account__person__student_number__number_fingerprint": mark}
    try:
        tried = passwords.begin(f"student:{number}", home=home, network=network, at=at)
    except refusals.TooManyPasswords as wait:
        raise no.StudentWait(**wait.facts) from wait
    except refusals.CodeInstead as wait:
        raise no.StudentTomorrow from wait
    code = student_codes.find(mark, secret, at=at)
    account = _of(mark)
    if passwords.fits(account, secret) and account:
        passwords.forgive(tried)
        passwords.renew(account, secret)
        return account
    if code is None:
        raise no.WrongStudent
    passwords.forgive(tried)
    return code


def check(entry: StudentEntry, text: str) -> str:
    """Return a password in its normal form; raise `UnfitPassword` with what is wrong with it."""
    number = students.opened(entry.number_sealed)
    known = (number, number[1:], entry.name, entry.group, entry.school.name)
    return passwords.check(None, text, personal=known)


@transaction.atomic
def register(code_id: int, plain: str, *, at: datetime) -> Account:
    """Use a code up and keep the password: a new account, or another password for hers.

    `plain` comes from `check`. Raises `StudentCodeSpent`.
    """
    entry = student_codes.spend(code_id, at=at)
    account = _of(bytes(entry.number_fingerprint)) or _opened(entry, at=at)
    passwords.put(account, plain, keep="", at=at)
    return account


def is_registered(entry: StudentEntry) -> bool:
    """Tell whether somebody has an account under an entry's number."""
    return StudentNumber.objects.filter(pk=bytes(entry.number_fingerprint)).exists()


def masked_number(person_id: UUID) -> str:
    """Return the number that somebody signs in with as screens show it; "" without one."""
    number = StudentNumber.objects.filter(person=person_id).first()
    return masking.document_number(students.opened(number.number_sealed)) if number else ""


def forget(person: Person) -> None:
    """Let go of somebody's number: she leaves for good. Runs in its caller's transaction."""
    StudentNumber.objects.filter(person=person).delete()


def _of(mark: bytes) -> Account | None:
    hers = Account.objects.filter(person__student_number__number_fingerprint=mark)
    return hers.select_related("person").first()


def _opened(entry: StudentEntry, *, at: datetime) -> Account:
    account = accounts.open_for_student(at=at)
    StudentNumber.objects.create(
        number_fingerprint=bytes(entry.number_fingerprint),
        person=account.person,
        number_sealed=bytes(entry.number_sealed),
        since=at,
    )
    return account
