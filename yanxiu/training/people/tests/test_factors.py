"""A code is taken once, near its time, and not guessed; the last way in stays; a reset ends all."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import accounts, factors, refusals
from yanxiu.training.people.models import Account, FactorTry, Persona, Session
from yanxiu.training.trail.models import Entry

NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=factors.STEP_S)


def code(at: datetime = NOW, secret: str = SECRET) -> str:
    return factors._code(secret, factors._now(at))


def fresh(phone: str = "13900139000") -> Account:
    return accounts.open_for(phone, kind=Persona.Kind.TEACHER, at=NOW)


@pytest.fixture
def account(db: None) -> Account:
    """Give an account whose app was set up an hour ago."""
    made, at = fresh(), NOW - timedelta(hours=1)
    factors.add_app(made, SECRET, code(at), at=at)
    return made


def refused(account: Account, typed: str, at: datetime = NOW) -> Refused:
    with pytest.raises(Refused) as said:
        factors.take(account, typed, at=at)
    return said.value


def test_the_secret_is_sealed_where_it_is_kept(account: Account) -> None:
    kept = Authenticator.objects.get(user=account).data["secret"]
    assert SECRET not in kept
    assert decrypt(kept) == SECRET


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_that_is_a_step_off_is_forgiven(account: Account, drift: int) -> None:
    factors.take(account, code(NOW + drift * STEP), at=NOW)


@pytest.mark.parametrize("drift", [-2, 2])
def test_a_clock_that_is_further_off_is_not(account: Account, drift: int) -> None:
    assert isinstance(refused(account, code(NOW + drift * STEP)), refusals.WrongFactor)


def test_no_code_is_taken_twice_nor_one_before_it(account: Account) -> None:
    factors.take(account, code(), at=NOW)
    assert refused(account, code()).code == "factor_wrong"
    assert refused(account, code(NOW - STEP)).code == "factor_wrong"
    factors.take(account, code(NOW + STEP), at=NOW)


def test_the_code_that_set_the_app_up_opens_nothing(db: None) -> None:
    account = fresh()
    factors.add_app(account, SECRET, code(), at=NOW)
    assert refused(account, code()).code == "factor_wrong"


def test_five_wrong_codes_close_the_door_even_for_the_right_one(account: Account) -> None:
    said = [refused(account, "000000").code for _ in range(factors.TRIES)]
    assert said == ["factor_wrong"] * 4 + ["factor_too_many_tries"]
    assert refused(account, code()).code == "factor_too_many_tries"
    later = NOW + factors.PERIOD + STEP
    factors.take(account, code(later), at=later)
    assert not FactorTry.objects.filter(person=account.person_id).exists()


def test_who_has_no_factor_is_answered_like_who_mistypes(account: Account) -> None:
    nobody = fresh("13900139001")
    assert refused(nobody, "123456").message == refused(account, "000000").message


def test_a_recovery_code_opens_once(account: Account) -> None:
    first, second, *rest = factors.renew_recovery_codes(account, at=NOW)
    factors.take(account, first, at=NOW)
    assert refused(account, first).code == "factor_wrong"
    factors.take(account, second, at=NOW)
    assert factors.recovery_codes_left(account) == len(rest) == 8


def test_new_recovery_codes_make_the_old_ones_worthless(account: Account) -> None:
    old = factors.renew_recovery_codes(account, at=NOW)
    new = factors.renew_recovery_codes(account, at=NOW)
    assert refused(account, old[0]).code == "factor_wrong"
    factors.take(account, new[0], at=NOW)


def test_an_app_that_shows_another_code_is_not_kept(db: None) -> None:
    account = fresh()
    with pytest.raises(refusals.AppDiffers):
        factors.add_app(account, SECRET, "000000", at=NOW)
    assert not factors.of(account).exists()


def test_there_is_one_app_and_the_last_way_in_stays(account: Account) -> None:
    with pytest.raises(refusals.HasApp):
        factors.add_app(account, SECRET, code(), at=NOW)
    app = factors.of(account).get()
    with pytest.raises(refusals.LastFactor):
        factors.remove(account, app.pk, at=NOW)
    factors.add_passkey(account, "办公室电脑", {"id": "x"}, at=NOW)
    factors.remove(account, app.pk, at=NOW)
    assert [each.type for each in factors.of(account)] == [factors.PASSKEY]


def test_nobody_removes_another_s_factor(account: Account) -> None:
    other = fresh("13900139001")
    factors.add_app(other, SECRET, code(), at=NOW)
    factors.add_passkey(other, "电脑", {"id": "y"}, at=NOW)
    factors.remove(account, factors.of(other)[0].pk, at=NOW)
    assert factors.of(other).count() == 2


def test_a_reset_forgets_all_of_it_and_ends_every_session(account: Account) -> None:
    factors.renew_recovery_codes(account, at=NOW)
    Session.objects.create(session_key="a", account=account, expire_date=NOW)
    factors.reset(account, by=account.person, at=NOW)
    assert not Authenticator.objects.filter(user=account).exists()
    assert not Session.objects.filter(account=account).exists()


def test_every_change_is_in_the_trail_without_any_secret(account: Account) -> None:
    codes = factors.renew_recovery_codes(account, at=NOW)
    factors.add_passkey(account, "电脑", {"id": "x"}, at=NOW)
    factors.remove(account, factors.of(account)[0].pk, at=NOW)
    factors.reset(account, by=account.person, at=NOW)
    entries = Entry.objects.filter(subject_id=str(account.person_id)).order_by("id")
    assert [each.verb for each in entries][1:] == [
        *("factor_added", "recovery_codes_renewed", "factor_added", "factor_removed"),
        "factors_forgotten",
    ]
    told = str([each.detail for each in entries])
    assert SECRET not in told
    assert not [each for each in codes if each in told]


def test_only_a_lent_app_shows_its_code_and_each_code_once(account: Account) -> None:
    assert factors.shown_code(account, at=NOW) == ""
    lent = fresh("13900139001")
    factors.lend(lent.person, at=NOW)
    shown = factors.shown_code(lent, at=NOW)
    factors.take(lent, shown, at=NOW)
    following = factors.shown_code(lent, at=NOW)
    assert following not in {shown, ""}
    factors.take(lent, following, at=NOW)
    assert factors.shown_code(lent, at=NOW) == ""


def test_of_many_who_give_the_same_code_at_once_one_comes_in(own_database: Scratch) -> None:
    account, at = fresh(), NOW - timedelta(hours=1)
    factors.add_app(account, SECRET, code(at), at=at)

    def give(_number: int) -> str:
        factors.take(account, code(), at=NOW)
        return "in"

    assert crowds.together(4, give)["in"] == 1
