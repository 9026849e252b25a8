"""Lay out the help desk: its cases, and those who answer them."""

from yanxiu.training.support.models.desk import Agent, CannedAnswer, Look, Merge
from yanxiu.training.support.models.tickets import (
    Attachment,
    Closure,
    Draft,
    Handling,
    Message,
    Ticket,
)

__all__ = [
    "Agent",
    "Attachment",
    "CannedAnswer",
    "Closure",
    "Draft",
    "Handling",
    "Look",
    "Merge",
    "Message",
    "Ticket",
]
