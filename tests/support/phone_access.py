"""Say who may come in where a number is changed; joined into tests/test_access."""

from collections.abc import Callable

from tests.support.whom import ANY, OFFICERS, OWN_SCHOOL_UP, PEOPLE, POST_ONLY, SIGNED_IN, only
from yanxiu.training.cast import phones
from yanxiu.training.organisations import phone_links
from yanxiu.training.organisations.models import PhoneChange

TABLE: dict[str, dict[str, int]] = {
    "my_phone": SIGNED_IN,
    "phone_change": ANY,
    # Whoever holds a link has shown what it takes; nothing there tells whose account it is.
    "phone_change_way": ANY,
    "phone_change_stop": ANY,
    "phone_change_picture": POST_ONLY,
    "sign_in_passkey": POST_ONLY,
    "sign_in_passkey_options": POST_ONLY,
    # Nobody here waits for a second proof.
    "second_proof": dict.fromkeys(PEOPLE, 302),
    "office_phone_changes": only(*OFFICERS, others=403),
    "office_phone_change": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
}

_USES = {"phone_change_stop": phone_links.STOP}
_OUTSIDE = {"foreign": 404, "visitor": 302}

# The school's officer alone says the first word; above her it is too early.
ACTS: dict[str, tuple[str, dict[str, str | Callable[[], object]], dict[str, int]]] = {
    "vouch": (
        "office_phone_change",
        {"outcome": "yes", "means": "in_person"},
        dict.fromkeys(PEOPLE, 403) | _OUTSIDE | {"officer": 303},
    ),
    "decline_phone_change": (
        "office_phone_change",
        {"outcome": "no", "reason": "unknown"},
        dict.fromkeys(PEOPLE, 403) | _OUTSIDE | {"officer": 303},
    ),
}


def parameters(name: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for."""
    if "phone_change" not in name or name in {"phone_change", "office_phone_changes"}:
        return {}
    waits = PhoneChange.objects.get(old_phone=phones.WAITS)
    if name.startswith("office"):
        return {"change_id": waits.pk}
    return {"token": phone_links.token(waits, _USES.get(name, phone_links.FOLLOW))}
