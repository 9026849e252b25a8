"""Say of certificates who may come in and who may do what, for `tests/test_access.py`."""

from collections.abc import Callable

from tests.support import objects
from tests.support.whom import (
    ANY,
    OFFICERS,
    OWN_SCHOOL_UP,
    PEOPLE,
    POST_ONLY,
    SIGNED_IN,
    TOP,
    only,
)
from yanxiu.training.certificates.models import Certificate

# Of a certificate of the neighbours, in the same city, and of one of another city of the province.
NEIGHBOURS = TOP | dict.fromkeys(("officer", "county", "foreign"), 404) | {"neighbour": 403}
FAR = TOP | dict.fromkeys(("officer", "county", "city", "foreign"), 404)

TABLE: dict[str, dict[str, int]] = {
    "verify": ANY,
    "verify_file": ANY,
    "verify_token": ANY,
    "verify_showing": ANY,
    "certificate": SIGNED_IN,
    "paper": only("holder", others=404),
    "my_certificates": SIGNED_IN,
    "my_showings": only("holder", others=404),
    "my_showing_ending": POST_ONLY,
    "office_certificates": only(*OFFICERS, others=403),
    "office_certificate_archives": POST_ONLY,
    "office_certificate": only(*OWN_SCHOOL_UP, others=403) | {"foreign": 404},
    "office_certificate_revocation": TOP | {"foreign": 404},
    # Who serves another province finds what waits there.
    "office_revocations": TOP | {"abroad": 200},
    "office_revocation": NEIGHBOURS,
    "office_certificate_readmission": FAR,
    "office_readmission": FAR,
}
type Typed = dict[str, str | Callable[[], object]]

ACTS: dict[str, tuple[str, Typed, dict[str, int]]] = {
    "end_showing": (
        "my_showing_ending",
        {},
        dict.fromkeys(PEOPLE, 404) | {"visitor": 302, "holder": 303},
    ),
    "countersign": (
        "office_revocation",
        {"outcome": "countersign"},
        TABLE["office_revocation"] | {"province": 403, "nation": 303},
    ),
    # The province has proposed it; neither had part in the revocation.
    "readmit": (
        "office_readmission",
        {"outcome": "countersign"},
        TABLE["office_readmission"] | {"province": 403, "nation": 303},
    ),
    # Without a sentence nothing is proposed.
    "propose_readmission": (
        "office_certificate_readmission",
        {"sentence": ""},
        TABLE["office_certificate_readmission"] | {"province": 400, "nation": 400},
    ),
    "propose": (
        "office_certificate_revocation",
        {"reason": "discipline", "sentence": "依规。"},
        TABLE["office_certificate_revocation"] | {"province": 303, "nation": 303},
    ),
    # A school that nobody has; whose school may be packed is shown beside the page.
    "pack": (
        "office_certificate_archives",
        {"training": "demo", "school": "0000000000"},
        dict.fromkeys(PEOPLE, 403) | dict.fromkeys(OFFICERS, 404) | {"visitor": 302},
    ),
}


def parameters(name: str, path: str) -> dict[str, object]:
    """Return which object of the demo country an address is asked for; `path` is a school's."""
    if name in {"verify_showing", "my_showing_ending"}:
        return objects.showing(name)
    found: dict[str, Callable[[], dict[str, object]]] = {
        **dict.fromkeys(("verify_token", "paper", "my_showings"), _first),
        "office_revocation": lambda: {"proposal_id": objects.doubted().pk},
        "office_readmission": lambda: {"proposal_id": objects.regretted().pk},
        "office_certificate_readmission": lambda: {
            "certificate_id": objects.regretted().revocation_id
        },
        **dict.fromkeys(
            ("office_certificate", "office_certificate_revocation"), lambda: _of_school(path)
        ),
    }
    return found[name]() if name in found else {}


def _first() -> dict[str, object]:
    return {"token": Certificate.objects.order_by("number")[0].token}


def _of_school(path: str) -> dict[str, object]:
    own = Certificate.objects.filter(path=path).order_by("number")[0]
    return {"certificate_id": own.pk}
