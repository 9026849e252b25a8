"""Say of the pages of the school register what they answer to whom; part of `test_access`."""

from collections.abc import Callable
from uuid import UUID

from tests.support.whom import (
    OFFICERS,
    OUTSIDE_404,
    OWN_SCHOOL_UP,
    PEOPLE,
    POST_ONLY,
    SIGNED_IN,
    only,
)
from yanxiu.training.cast.places import HOME
from yanxiu.training.organisations.models import SchoolRequest, TypeProposal

ABOVE = OWN_SCHOOL_UP - {"officer"}
# What only those above a school change of it, and all that is asked for of a school.
CHANGES = tuple(f"office_school_{act}" for act in ("retyping", "moving", "merging", "closing"))
OF_A_SCHOOL = ("office_school", "office_basic", "office_school_renaming", *CHANGES)
# Officers of other counties: not in this branch, and above schools of their own.
ELSEWHERE = {"neighbour": 200, "abroad": 200}

OWN_UP = only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404}
COUNTY_UP = only(*ABOVE, others=403) | {"foreign": 404}
TABLE: dict[str, dict[str, int]] = {
    "my_missing": SIGNED_IN,
    "my_missing_withdrawal": POST_ONLY,
    "office_schools": only(*OFFICERS, others=403),
    "office_school_new": only(*ABOVE, others=403) | ELSEWHERE,
    "office_school": OWN_UP,
    "office_school_renaming": OWN_UP,
    **dict.fromkeys(CHANGES, COUNTY_UP),
    "office_missing": only(*OFFICERS, others=403),
    "office_missing_school": COUNTY_UP | {"officer": 404},
    "office_types": only(*OFFICERS, others=403),
    "office_type": COUNTY_UP | {"officer": 404},
    # Who serves one school is led to it.
    "office_basics": only(*ABOVE, others=403) | {"officer": 303, "foreign": 303} | ELSEWHERE,
    "office_basic": OWN_UP,
}

REFUSED = dict.fromkeys(PEOPLE, 403) | OUTSIDE_404
BY_OWN_UP = REFUSED | dict.fromkeys(OWN_SCHOOL_UP, 303)
BY_COUNTY_UP = REFUSED | dict.fromkeys(ABOVE, 303)
DAY, NAME = "2026-09-01", "杭州市西湖区云谷小学"
type Typed = dict[str, str | Callable[[], object]]

ACTS: dict[str, tuple[str, Typed, dict[str, int]]] = {
    "add_school": (
        "office_school_new",
        {"county": HOME, "code": "3301068888", "name": NAME, "type": "211", "opened_on": DAY},
        BY_COUNTY_UP | {"foreign": 403, "neighbour": 404, "abroad": 404},
    ),
    "rename_school": ("office_school_renaming", {"name": NAME, "on": DAY}, BY_OWN_UP),
    "retype_school": ("office_school_retyping", {"type": "312", "on": DAY}, BY_COUNTY_UP),
    # Out of her own branch a county moves nothing.
    "move_school": (
        "office_school_moving",
        {"county": "330110", "on": DAY},
        BY_COUNTY_UP | {"county": 404},
    ),
    "merge_school": (
        "office_school_merging",
        {"into": f"{UUID(int=1)}", "on": DAY},
        REFUSED | dict.fromkeys(ABOVE, 410),
    ),
    "close_school": ("office_school_closing", {"on": DAY}, BY_COUNTY_UP),
    "decline_school": (
        "office_missing_school",
        {"outcome": "declined", "sentence": "请核对县区。"},
        BY_COUNTY_UP | {"officer": 404},
    ),
    "confirm_type": ("office_type", {"outcome": "confirmed"}, BY_COUNTY_UP | {"officer": 404}),
    "correct_name": ("office_basic", {"what": "name", "name": NAME, "on": DAY}, BY_OWN_UP),
}


def parameters(name: str, school_id: UUID) -> dict[str, object]:
    """Return which object an address is asked for; `school_id` is the home school's."""
    if name in OF_A_SCHOOL:
        return {"school_id": school_id}
    if name in {"my_missing_withdrawal", "office_missing_school"}:
        return {"request_id": SchoolRequest.objects.order_by("asked_at")[0].pk}
    if name == "office_type":
        return {"proposal_id": TypeProposal.objects.order_by("at")[0].pk}
    return {}
