"""Show that messages are sealed as RFC 8291 says, and go to push services alone."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from yanxiu.foundation import webpush
from yanxiu.foundation.webpush import Browser


def known(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_standard_comes_out_to_the_byte() -> None:
    """Take the keys of RFC 8291, appendix A."""
    own = int.from_bytes(known("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    browser = Browser(
        "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        known(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
            "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        known("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    sealed = webpush.sealed(
        b"When I grow up, I want to be a watermelon",
        browser,
        own=ec.derive_private_key(own, ec.SECP256R1()),
        salt=known("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert sealed == known(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://sg2p.notify.windows.com/w/?token=abc",
        "https://web.push.apple.com/abc",
    ],
)
def test_browsers_services_are_known(endpoint: str) -> None:
    assert webpush.is_service(endpoint, webpush.SERVICES)


@pytest.mark.parametrize(
    "endpoint",
    [
        *("http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "file:///etc/passwd"),
        *("https://169.254.169.254/latest", "https://127.1/", "https://[::ffff:7f00:1]/", ""),
        *("https://fcm.googleapis.com@e.com/", "https://e.com/.push.apple.com"),
        *(
            "https://e.com\\.push.apple.com/",
            "https://a.b.push.apple.com/",
            "https://push.apple.com",
        ),
        "https://x:y@web.push.apple.com/",
    ],
)
def test_nothing_is_sent_anywhere_else(endpoint: str) -> None:
    assert not webpush.is_service(endpoint, webpush.SERVICES)


def test_a_key_is_a_point_of_the_curve() -> None:
    assert webpush.is_key(known(webpush.public_key()))
    assert not webpush.is_key(b"\x04" + bytes(64))
    assert not webpush.is_key(b"")
