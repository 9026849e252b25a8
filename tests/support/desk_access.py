"""Say who may come in at the help desk; joined into tests/test_access."""

from collections.abc import Callable

from tests.support import parts
from tests.support.whom import AGENTS, PEOPLE, POST_ONLY, only
from yanxiu.training.support.models import Agent, Attachment, Handling

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
    if name.startswith("desk_ticket"):
        held = Handling.objects.filter(agent_id=agent, until=None).order_by("-since")
        return {"ticket_id": held[0].ticket_id}
    return {}
