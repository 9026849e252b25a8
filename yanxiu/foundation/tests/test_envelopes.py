"""Show that a content opens with its own key alone, for its own purpose alone."""

import pytest

from yanxiu.foundation import ciphers, envelopes
from yanxiu.foundation.envelopes import Envelope

PLAIN = b"a picture" * 100


def test_what_was_closed_opens() -> None:
    closed = envelopes.close(PLAIN, purpose="p")
    assert PLAIN not in closed.content
    assert envelopes.opened(closed, purpose="p") == PLAIN


def test_every_content_has_a_key_of_its_own() -> None:
    one, other = envelopes.close(PLAIN, purpose="p"), envelopes.close(PLAIN, purpose="p")
    with pytest.raises(ciphers.Broken):
        envelopes.opened(Envelope(one.content, other.key), purpose="p")


def test_another_purpose_or_a_changed_byte_opens_nothing() -> None:
    closed = envelopes.close(PLAIN, purpose="p")
    with pytest.raises(ciphers.Broken):
        envelopes.opened(closed, purpose="q")
    spoilt = closed.content[:-1] + bytes([closed.content[-1] ^ 1])
    with pytest.raises(ciphers.Broken):
        envelopes.opened(Envelope(spoilt, closed.key), purpose="p")
