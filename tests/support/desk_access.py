"""Say who may come in at the help desk; joined into tests/test_access."""

from collections.abc import Callable

from tests.support import parts
from tests.support.whom import AGENTS, PEOPLE, POST_ONLY, only
from yanxiu.foundation import clock
from yanxiu.training.support import looking
from yanxiu.training.support.models import Agent, Attachment, CannedAnswer, Handling, Look, Ticket

type Typed = dict[str, str | Callable[[], object]]

TABLE: dict[str, dict[str, int]] = {
    "desk": only(*AGENTS, others=403),
    "desk_next": POST_ONLY,
    "desk_mine": only(*AGENTS, others=403),
    "desk_ticket": only(*AGENTS, others=403),
    "desk_ticket_taking": POST_ONLY,
    "desk_ticket_release": POST_ONLY,
    "desk_ticket_handover": POST_ONLY,
    "desk_ticket_closing": POST_ONLY,
    "desk_ticket_merging": POST_ONLY,
    "desk_ticket_picture": only(*AGENTS, others=403),
    "desk_ticket_looking": POST_ONLY,
    "desk_search": only(*AGENTS, others=403),
    # Whoever has not looked herself finds nothing.
    "desk_look": only("agent", others=403) | {"lead": 404},
    "desk_look_fact": only("agent", others=403) | {"lead": 404},
    "desk_canned_answers": only(*AGENTS, others=403),
    "desk_canned_new": only("lead", others=403),
    "desk_canned_change": only("lead", others=403),
    "desk_canned_ending": POST_ONLY,
    "desk_numbers": only("lead", others=403),
    "desk_trail": only("lead", others=403),
    "desk_agents": only("lead", others=403),
    "desk_agent_ending": POST_ONLY,
}
NOBODY = dict.fromkeys(PEOPLE, 403) | {"visitor": 302}


def colleague() -> object:
    return parts.account("lead").person_id


# The ticket is in the agent's hand: who leads the desk has to be handed it first.
ACTS: dict[str, tuple[str, Typed, dict[str, int]]] = {
    "take_next": ("desk_next", {}, NOBODY | dict.fromkeys(AGENTS, 303)),
    "take_ticket": ("desk_ticket_taking", {}, NOBODY | {"agent": 303, "lead": 409}),
    "answer_ticket": (
        "desk_ticket",
        {"text": "请刷新页面。"},
        NOBODY | {"agent": 303, "lead": 409},
    ),
    "release_ticket": ("desk_ticket_release", {}, NOBODY | {"agent": 303, "lead": 409}),
    "hand_over": ("desk_ticket_handover", {"to": colleague}, NOBODY | {"agent": 303, "lead": 400}),
    "close_ticket": (
        "desk_ticket_closing",
        {"code": "solved"},
        NOBODY | {"agent": 303, "lead": 409},
    ),
    "look_from_ticket": ("desk_ticket_looking", {}, NOBODY | {"agent": 303, "lead": 409}),
    # One fact is not enough, and without a reason nothing is shown.
    "search": ("desk_search", {"phone": "13800000001"}, NOBODY | dict.fromkeys(AGENTS, 400)),
    "unmask": ("desk_look_fact", {}, NOBODY | {"agent": 400, "lead": 404}),
    "write_canned": (
        "desk_canned_new",
        {"title": "节假日", "text": "「称呼」您好"},
        NOBODY | {"lead": 303},
    ),
    "change_canned": (
        "desk_canned_change",
        {"title": "节假日", "text": "「称呼」您好"},
        NOBODY | {"lead": 303},
    ),
    "end_canned": ("desk_canned_ending", {}, NOBODY | {"lead": 303}),
    "name_agent": (
        "desk_agents",
        {"phone": parts.PHONES["editor"], "name": "许静怡"},
        NOBODY | {"lead": 303},
    ),
    "end_agent": ("desk_agent_ending", {}, NOBODY | {"lead": 303}),
}


def parameters(name: str) -> dict[str, object]:
    """Return which object an address is asked for."""
    if name == "desk_ticket_picture":
        return {"attachment_id": Attachment.objects.order_by("id")[0].pk}
    agent = parts.account("agent").person_id
    if name == "desk_agent_ending":
        return {"right_id": Agent.objects.get(person_id=agent, until=None).pk}
    if name.startswith("desk_canned_") and name not in {"desk_canned_answers", "desk_canned_new"}:
        return {"answer_id": CannedAnswer.objects.filter(ended_at=None).order_by("title")[0].pk}
    if name.startswith("desk_look"):
        return {"look_id": _look().pk}
    return {"ticket_id": _held().pk} if name.startswith("desk_ticket") else {}


def _held() -> Ticket:
    """Return the ticket that the demo's agent has taken last."""
    agent = parts.account("agent").person_id
    held = Handling.objects.filter(agent_id=agent, until=None).select_related("ticket")
    return held.order_by("-since")[0].ticket


def _look() -> Look:
    """Return what the agent has opened from that ticket today."""
    return looking.open_from(_held(), by=parts.account("agent").person, at=clock.now())
