"""Say of personas, students and families who may come in; joined into tests/test_access."""

from tests.support.whom import PEOPLE, POST_ONLY, SIGNED_IN, VISITORS_ONLY, only
from yanxiu.training.organisations.models import Kinship

TABLE: dict[str, dict[str, int]] = {
    "student_sign_in": VISITORS_ONLY,
    "student_register": dict.fromkeys(PEOPLE, 302),
    "my_persona": SIGNED_IN,
    "my_viewings": SIGNED_IN,
    "my_family": SIGNED_IN,
    "my_child": only("parent", others=404),
    "my_kinship_confirmation": POST_ONLY,
    "my_kinship_ending": POST_ONLY,
}


def parameters(name: str) -> dict[str, object]:
    """Return which object an address is asked for: a link that both sides have agreed to."""
    if name != "my_child" and not name.startswith("my_kinship"):
        return {}
    return {"link_id": Kinship.objects.exclude(agreed_at=None).order_by("asked_at")[0].pk}
