"""Show that only a device's own proof signs in; what a real one does: tests/journeys."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.test import Client
from django.urls import reverse

from tests import test_access
from tests.support.pages import text

PAGE, OPTIONS = reverse("sign_in_passkey"), reverse("sign_in_passkey_options")


def test_any_device_is_asked_the_same_with_its_owner_present(client: Client, db: None) -> None:
    asked = client.post(OPTIONS).json()["publicKey"]
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials"), "which passkeys there are is nobody's business"
    assert asked["challenge"] != client.post(OPTIONS).json()["publicKey"]["challenge"]


@pytest.mark.parametrize(
    "answer",
    [
        *("", "{", "[]", "{}", '{"response": {}}', '{"response": {"userHandle": "AA"}}'),
        '{"response": {"userHandle": null}}',
    ],
)
def test_nonsense_is_refused_and_opens_nothing(client: Client, db: None, answer: str) -> None:
    client.post(OPTIONS)
    refused = client.post(PAGE, {"credential": answer, "next": "/office/"})
    assert refused.status_code == 400
    assert "通行密钥没有通过验证" in text(refused)
    assert client.get("/me/").status_code == 302


def test_a_name_without_a_signature_opens_nothing(client: Client, country: None) -> None:
    """Whoever knows an account's id is still nobody."""
    client.post(OPTIONS)
    handle = urlsafe_b64encode(test_access.account("officer").pk.bytes).decode().rstrip("=")
    parts = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}
    told = parts | {"userHandle": handle}
    answer = {"id": "AA", "rawId": "AA", "type": "public-key", "response": told}
    assert client.post(PAGE, {"credential": json.dumps(answer)}).status_code == 400
    assert client.get("/me/").status_code == 302
