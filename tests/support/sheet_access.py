"""Say of imports and rosters who may come in and who may do what, for `tests/test_access.py`."""

from collections.abc import Callable

from tests.support.whom import OFFICERS, OUTSIDE_404, OWN_SCHOOL_UP, PEOPLE, POST_ONLY, only
from yanxiu.training.organisations.models import Import, Kinship, RosterEntry

TABLE: dict[str, dict[str, int]] = {
    "office_imports": only(*OFFICERS, others=403),
    "office_import_new": only(*OFFICERS, others=403),
    "office_import_template": only(*OFFICERS, others=403),
    "office_import": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_import_columns": POST_ONLY,
    "office_import_confirmation": POST_ONLY,
    "office_import_cancellation": POST_ONLY,
    # The cells are those of whoever has handed the sheet in.
    "office_import_refused": only("officer", others=403) | {"foreign": 404},
    "office_roster": only(*OFFICERS, others=403),
    "office_roster_ending": only("officer", others=403) | {"foreign": 404},
    # Students are minors: each school's officers come to their own, nobody above them.
    "office_students": only("officer", "foreign", others=403) | {"neighbour": 403, "abroad": 403},
    "office_student_codes": POST_ONLY,
    "office_kinship": POST_ONLY,
    # Nobody was chosen: back to the register.
    "office_students_ending": only(others=403)
    | dict.fromkeys(("officer", "foreign"), 303)
    | {"neighbour": 403, "abroad": 403},
}
type Typed = dict[str, str | Callable[[], object]]

ACTS: dict[str, tuple[str, Typed, dict[str, int]]] = {
    # Nothing was chosen to be handed in.
    "hand_in": (
        "office_import_new",
        {},
        dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OFFICERS, 400) | {"visitor": 302},
    ),
    # The demo's import has ended: there is nothing to stop, nor to confirm.
    **{
        act: (name, {}, dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 409})
        for act, name in (
            ("cancel_import", "office_import_cancellation"),
            ("confirm_import", "office_import_confirmation"),
            ("choose_columns", "office_import_columns"),
        )
    },
    "end_entry": (
        "office_roster_ending",
        {},
        dict.fromkeys(PEOPLE, 403) | OUTSIDE_404 | {"officer": 303},
    ),
    "add_student": (
        "office_students",
        {"name": "林小满", "number": "G110101201509010016", "group": "三年级 2 班"},
        dict.fromkeys(PEOPLE, 403)
        | {"officer": 303, "foreign": 303, "visitor": 302}
        | {"neighbour": 403, "abroad": 403},
    ),
    # No student was chosen, and nobody has said that her guardians agree.
    "print_codes": (
        "office_student_codes",
        {},
        dict.fromkeys(PEOPLE, 403)
        | {"officer": 400, "foreign": 400, "visitor": 302}
        | {"neighbour": 403, "abroad": 403},
    ),
    # Nobody was chosen to end.
    "end_students": (
        "office_students_ending",
        {},
        dict.fromkeys(PEOPLE, 403)
        | {"officer": 303, "foreign": 303, "visitor": 302}
        | {"neighbour": 403, "abroad": 403},
    ),
    # A parent asks for a child of this school; no other school answers.
    "answer_kinship": (
        "office_kinship",
        {"outcome": "agree"},
        dict.fromkeys(PEOPLE, 403)
        | {"officer": 303, "foreign": 404, "visitor": 302}
        | {"neighbour": 403, "abroad": 403},
    ),
    # Each school's officer keeps her own; nobody above a school keeps any.
    "add_entry": (
        "office_roster",
        {"name": "王芳", "document_kind": "resident_id", "number": "330106198806159974"},
        dict.fromkeys(PEOPLE, 403)
        | {"officer": 303, "foreign": 303, "visitor": 302}
        | {"neighbour": 403, "abroad": 403},
    ),
}


def parameters(name: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for."""
    if name in {"office_import_new", "office_import_template"}:
        return {"kind": "roster"}
    if name == "office_roster_ending":
        return {"entry_id": RosterEntry.objects.order_by("listed_at", "id")[0].pk}
    if name == "office_kinship":
        return {"link_id": Kinship.objects.filter(agreed_at=None).order_by("asked_at")[0].pk}
    if name in {"office_imports", "office_roster"} or name.startswith("office_student"):
        return {}
    return {"import_id": Import.objects.exclude(finished_at=None).order_by("at")[0].pk}
