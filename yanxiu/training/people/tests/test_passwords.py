from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id as Derivation
from django.contrib.auth.hashers import check_password
from django.db import connection

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.training.people import accounts, hashing, passwords, refusals
from yanxiu.training.people.models import Account, PasswordTry, Session

NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)
PHONE, NOBODY = "13800138000", "13900139000"
RIGHT, WRONG = "山高月小 水落石出", "山高月小 水落石头"
HERE, THERE = "203.0.113.0/24", "198.51.100.0/24"


@pytest.fixture
def account(db: None) -> Account:
    made = accounts.open_for(PHONE, kind="teacher", at=NOW)
    passwords.put(made, passwords.check(made, RIGHT), keep="", at=NOW)
    return made


def take(
    text: str = RIGHT, phone: str = PHONE, *, network: str = HERE, at: datetime = NOW
) -> Account:
    return passwords.take(phone, text, network=network, at=at)


def fail(many: int, *, phone: str = PHONE, network: str = HERE, at: datetime = NOW) -> None:
    for _ in range(many):
        with pytest.raises(refusals.WrongPassword):
            take(WRONG, phone, network=network, at=at)


def test_the_hash_is_argon2id_with_the_parameters_of_owasp(account: Account) -> None:
    assert account.password.startswith("argon2$argon2id$v=19$m=7168,t=5,p=1$")
    assert check_password(RIGHT, account.password)
    assert not check_password(WRONG, account.password)
    assert not hashing.Argon2id().must_update(account.password)


def test_a_hash_with_other_parameters_is_read_and_renewed_when_it_is_used(account: Account) -> None:
    older = Derivation(salt=b"salt" * 4, length=32, iterations=2, lanes=1, memory_cost=19_456)
    account.password = f"argon2{older.derive_phc_encoded(RIGHT.encode())}"
    account.save(update_fields=["password"])
    fail(1)
    account.refresh_from_db()
    assert hashing.Argon2id().must_update(account.password)
    assert take() == account
    account.refresh_from_db()
    assert not hashing.Argon2id().must_update(account.password)
    assert take() == account


def test_number_and_password_let_her_in(account: Account) -> None:
    assert take() == account
    assert take("山高月小　水落石出") == account, "whatever the width of its space"
    assert not PasswordTry.objects.exists()


@pytest.mark.parametrize("phone", [PHONE, NOBODY])
def test_known_and_unknown_numbers_cost_and_say_the_same(account: Account, phone: str) -> None:
    fail(passwords.PER_PLACE, phone=phone)
    with pytest.raises(refusals.TooManyPasswords) as refused:
        take(WRONG, phone)
    assert "用短信验证码登录" in refused.value.message
    fail(1, phone=phone, network=THERE)
    fail(1, phone=phone, at=NOW + passwords.PLACE_PERIOD)


def test_a_number_without_a_password_is_no_different(db: None) -> None:
    accounts.open_for(PHONE, kind="teacher", at=NOW)
    fail(1)


def test_who_guesses_elsewhere_keeps_nobody_out(account: Account) -> None:
    fail(passwords.PER_PLACE, network=THERE)
    assert take() == account


def test_a_number_guessed_from_everywhere_opens_where_she_is_known(account: Account) -> None:
    key = passwords._key(PHONE)
    spread = [
        PasswordTry(number=key, network=f"10.{n}.0.0/24", at=NOW)
        for n in range(passwords.PER_NUMBER)
    ]
    PasswordTry.objects.bulk_create(spread)
    with pytest.raises(refusals.CodeInstead):
        take()
    Session.objects.create(
        session_key="hers", account=account, network=HERE, expire_date=NOW + timedelta(days=1)
    )
    assert take() == account


def test_one_network_tries_so_many_numbers_and_no_more(account: Account) -> None:
    spread = [
        PasswordTry(number=passwords._key(str(n)), network=HERE, at=NOW)
        for n in range(passwords.PER_NETWORK)
    ]
    PasswordTry.objects.bulk_create(spread)
    with pytest.raises(refusals.TooManyPasswords):
        take()
    assert take(network=THERE) == account


def test_a_new_password_ends_the_other_sessions(account: Account) -> None:
    later = NOW + timedelta(days=1)
    for key in ("this", "other"):
        Session.objects.create(session_key=key, account=account, expire_date=later)
    passwords.put(account, "另一个很长的密码", keep="this", at=NOW)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["this"]
    fail(1)
    passwords.forget(account, keep="", at=NOW)
    assert not Session.objects.exists()
    with pytest.raises(refusals.WrongPassword):
        take("另一个很长的密码")


@pytest.mark.parametrize("typed", ["12345678", "1234567", "x" * 129, PHONE])
def test_what_is_guessed_first_is_refused(account: Account, typed: str) -> None:
    with pytest.raises(refusals.UnfitPassword):
        passwords.check(account, typed)


def test_old_tries_are_swept(account: Account) -> None:
    fail(1)
    assert passwords.sweep(at=NOW + timedelta(hours=1)) == 0
    assert passwords.sweep(at=NOW + passwords.KEPT) == 1


def test_counting_a_try_costs_the_database_no_log(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'people_passwordtry'")
        assert cursor.fetchone() == ("u",), "unlogged"


def test_parallel_guesses_are_all_counted(own_database: Scratch) -> None:
    def guess(_number: int) -> str:
        return str(take(WRONG, NOBODY).id)

    said = crowds.together(passwords.PER_PLACE + 5, guess)
    assert said.total() == passwords.PER_PLACE + 5
    assert said.keys() <= {"password_wrong", "password_too_many_tries"}
    went_on = said["password_wrong"]
    assert went_on <= passwords.PER_PLACE, "each saw all the others"
    assert PasswordTry.objects.count() == went_on, "what was refused is not counted"
    fail(passwords.PER_PLACE - went_on, phone=NOBODY)
    with pytest.raises(refusals.TooManyPasswords):
        take(WRONG, NOBODY)
