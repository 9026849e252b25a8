"""A lease is opened by us alone, and only as it was sealed."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.foundation import ciphers
from yanxiu.training.learning import sealing
from yanxiu.training.learning.tests.seasons import DAY, NOW, lease


def test_a_lease_comes_back_as_it_was_sealed() -> None:
    token = sealing.seal(lease(player="网页-1"))
    assert sealing.unseal(token) == lease(player="网页-1")


def test_a_lease_sealed_before_identities_were_kept_still_opens() -> None:
    *before, _identity = msgspec.msgpack.decode(msgspec.msgpack.encode(lease()))
    sealed = ciphers.seal(msgspec.msgpack.encode(before), purpose="lease")
    assert sealing.unseal(sealing.text(sealed)) == lease()


def test_a_token_is_short_and_plain_enough_for_json() -> None:
    token = sealing.seal(lease(player="p" * 64))
    assert token.isascii()
    assert token.isprintable()
    assert len(token) < 400


def test_a_change_of_any_character_is_found() -> None:
    token = sealing.seal(lease())
    # The last four characters may hold bits that stand for nothing.
    for place, character in enumerate(token[:-4]):
        forged = token[:place] + ("A" if character != "A" else "B") + token[place + 1 :]
        with pytest.raises(sealing.Unknown):
            sealing.unseal(forged)


@given(st.text())
def test_no_text_is_a_lease(text: str) -> None:
    with pytest.raises(sealing.Unknown):
        sealing.unseal(text)


@pytest.mark.parametrize("plain", [b"", b"\x90", b"\x93\x01\x02\x03", b"\xff" * 40])
def test_what_we_sealed_for_another_shape_is_not_a_lease(plain: bytes) -> None:
    sealed = ciphers.seal(plain, purpose="lease")
    with pytest.raises(sealing.Unknown):
        sealing.unseal(sealing.text(sealed))


def test_what_we_sealed_for_another_purpose_is_not_a_lease() -> None:
    with pytest.raises(sealing.Unknown):
        sealing.unseal(sealing.text(ciphers.seal(b"lease", purpose="identity")))


def test_a_lease_lives_seven_days() -> None:
    assert not lease().is_over(NOW + 7 * DAY)
    assert lease().is_over(NOW + 7 * DAY + 1)
    assert not lease().is_over(NOW - DAY)
