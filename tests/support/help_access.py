"""Say who may come in where people are told, ask, and are helped; joined into tests/test_access."""

from uuid import UUID

from tests.support import parts
from tests.support.whom import ANY, POST_ONLY, SIGNED_IN, only
from yanxiu.training.support.models import Attachment

TABLE: dict[str, dict[str, int]] = {
    "language": POST_ONLY,
    "my_telling": SIGNED_IN,
    "my_browsers": POST_ONLY,
    "my_browser_ending": POST_ONLY,
    "notices_worker": ANY,
    "help": ANY,
    "help_watching": ANY,
    "my_tickets": SIGNED_IN,
    "my_ticket_new": SIGNED_IN,
    "my_ticket": only("teacher", others=404),
    "my_ticket_closing": POST_ONLY,
    "my_ticket_picture": only("teacher", others=404),
}


def parameters(name: str) -> dict[str, object]:
    """Return which object an address is asked for."""
    if name in {"my_ticket", "my_ticket_closing"}:
        return {"ticket_id": _picture().message.ticket_id}
    if name == "my_ticket_picture":
        return {"attachment_id": _picture().pk}
    return {"subscription_id": UUID(int=1)} if name == "my_browser_ending" else {}


def _picture() -> Attachment:
    """Return the picture of the ticket that a teacher of the demo country has opened."""
    hers = Attachment.objects.filter(
        message__ticket__person__account__phone=parts.PHONES["teacher"]
    )
    return hers.select_related("message").order_by("id")[0]
