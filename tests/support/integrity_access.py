"""Say of doubts and holds who may come in and who may do what, for `tests/test_access.py`."""

from collections.abc import Callable

from tests.support import objects
from tests.support.school_access import ABOVE, BY_COUNTY_UP, COUNTY_UP, ELSEWHERE
from tests.support.whom import only

# School officers see of it what the page of a teacher says.
LISTED = only(*ABOVE, others=403) | ELSEWHERE
TABLE: dict[str, dict[str, int]] = {
    "my_hold": only(others=404),
    "office_doubts": LISTED,
    "office_doubt": COUNTY_UP,
    "office_holds": LISTED,
    "office_hold": COUNTY_UP,
}
type Typed = dict[str, str | Callable[[], object]]

ACTS: dict[str, tuple[str, Typed, dict[str, int]]] = {
    "clear_doubt": (
        "office_doubt",
        {"outcome": "clear", "seen": lambda: objects.doubt().pk, "sentence": "问过本人。"},
        BY_COUNTY_UP,
    ),
    "hold_hours": (
        "office_doubt",
        {"outcome": "hold", "reason": "unexplained", "sentence": "请说明。"},
        BY_COUNTY_UP,
    ),
    "lift_hold": ("office_hold", {"deed": "lift", "sentence": "已核实。"}, BY_COUNTY_UP),
    # The county has placed it: the answer is given above.
    "answer_appeal": (
        "office_hold",
        {"deed": "answer", "outcome": "granted", "sentence": "已核实。"},
        BY_COUNTY_UP | {"county": 403},
    ),
}


def parameters(name: str) -> dict[str, object]:
    """Return which doubt or hold of the demo country an address is asked for."""
    if name == "office_doubt":
        return {"doubt_id": objects.doubt().pk}
    return {"hold_id": objects.hold().pk} if name in {"my_hold", "office_hold"} else {}
