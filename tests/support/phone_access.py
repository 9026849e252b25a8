"""Say who may come in where a number is changed; joined into tests/test_access."""

from collections.abc import Callable

from tests.support.whom import (
    AGENTS,
    ANY,
    OFFICERS,
    OWN_SCHOOL_UP,
    PEOPLE,
    POST_ONLY,
    SIGNED_IN,
    only,
)
from yanxiu.training.cast import phones
from yanxiu.training.organisations import phone_links
from yanxiu.training.organisations.models import PhoneChange

TABLE: dict[str, dict[str, int]] = {
    # A student who came in by the register has no number to change.
    "my_phone": SIGNED_IN | {"student": 303},
    "phone_change": ANY,
    # Whoever holds a link has shown what it takes; nothing there tells whose account it is.
    "phone_change_way": ANY,
    "phone_change_stop": ANY,
    "phone_change_picture": POST_ONLY,
    "sign_in_passkey": POST_ONLY,
    "sign_in_passkey_options": POST_ONLY,
    # Nobody here waits for a second proof.
    "second_proof": dict.fromkeys(PEOPLE, 302),
    "desk_phones": only(*AGENTS, others=403),
    "desk_phone": only(*AGENTS, others=403),
    # Nobody has said why she looks.
    "desk_phone_picture": only(others=403) | dict.fromkeys(AGENTS, 400),
    "office_phone_changes": only(*OFFICERS, others=403),
    "office_phone_change": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
}

_USES = {"phone_change_stop": phone_links.STOP}
AT_DESK = dict.fromkeys(AGENTS, 303)
NOBODY = dict.fromkeys(PEOPLE, 403) | {"visitor": 302}
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
    "look_at_picture": ("desk_phone_picture", {"why": "核对换绑申请"}, NOBODY | AT_DESK),
    # Who has not looked at the picture agrees to nothing.
    "agree": (
        "desk_phone",
        {"name": "顾海棠", "number": "x", "called": "on"},
        NOBODY | dict.fromkeys(AGENTS, 400),
    ),
    "decline_at_desk": ("desk_phone", {"reason": "picture_unclear"}, NOBODY | AT_DESK),
}


def parameters(name: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for."""
    if name.startswith("desk_phone_") or name == "desk_phone":
        return {"change_id": PhoneChange.objects.get(old_phone=phones.AT_DESK).pk}
    if "phone_change" not in name or name in {"phone_change", "office_phone_changes"}:
        return {}
    waits = PhoneChange.objects.get(old_phone=phones.WAITS)
    if name.startswith("office"):
        return {"change_id": waits.pk}
    return {"token": phone_links.token(waits, _USES.get(name, phone_links.FOLLOW))}
