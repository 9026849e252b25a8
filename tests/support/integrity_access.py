"""Say of doubts, holds, amendments who may come in and do what, for `tests/test_access.py`."""

from collections.abc import Callable

from tests.support import objects, parts
from tests.support.school_access import ABOVE, BY_COUNTY_UP, COUNTY_UP, ELSEWHERE
from tests.support.whom import TOP, only
from yanxiu.training.catalogue.models import Course

# School officers see of it what the page of a teacher says.
LISTED = only(*ABOVE, others=403) | ELSEWHERE
TABLE: dict[str, dict[str, int]] = {
    "my_hold": only(others=404),
    "office_doubts": LISTED,
    "office_doubt": COUNTY_UP,
    "office_holds": LISTED,
    "office_hold": COUNTY_UP,
    # Who serves another province finds what waits there.
    "office_amendments": TOP | {"abroad": 200},
    "office_amendment": TOP | {"foreign": 404},
    "office_teacher_amendment": TOP | {"foreign": 404},
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
    # The province has proposed it.
    "confirm_amendment": (
        "office_amendment",
        {"outcome": "countersign"},
        TABLE["office_amendment"] | {"province": 403, "nation": 303},
    ),
    # She has learned nothing yet, and what comes of it was seen.
    "propose_amendment": (
        "office_teacher_amendment",
        {
            "direction": "add",
            "amount": "20",
            "unit": "seconds",
            "sentence": "少记一节。",
            "seen": "0+20",
        },
        TABLE["office_teacher_amendment"] | {"province": 303, "nation": 303},
    ),
}


def parameters(name: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for."""
    found: dict[str, Callable[[], dict[str, object]]] = {
        "office_doubt": lambda: {"doubt_id": objects.doubt().pk},
        **dict.fromkeys(("my_hold", "office_hold"), lambda: {"hold_id": objects.hold().pk}),
        "office_amendment": lambda: {"amendment_id": objects.amendment().pk},
        "office_teacher_amendment": _course_of_the_teacher,
    }
    return found[name]() if name in found else {}


def _course_of_the_teacher() -> dict[str, object]:
    course = Course.objects.filter(training__slug="demo").order_by("position")[0]
    return {"person_id": parts.account("teacher").person_id, "course_id": course.pk}
