"""Declare an outage, for whoever runs the machine."""

from datetime import datetime

from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import outages
from yanxiu.training.catalogue.models import Extension

WHY_MOST = 100


def declare(began: str, ended: str, *, why: str) -> str:
    """Extend what was open meanwhile; return which trainings end when from now on."""
    if not why.strip() or len(why) > WHY_MOST:
        msg = f"--why is what everybody reads: 1 to {WHY_MOST} characters"
        raise Misconfigured(msg)
    try:
        extended = outages.declare(
            _moment(began), _moment(ended), sentence=why.strip(), at=clock.now()
        )
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return "\n".join(map(_line, extended))


def _line(extension: Extension) -> str:
    training = extension.training
    after = training.closes_at + extension.length
    return f"{training.title}: open until {after.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA)
    except ValueError as error:
        msg = f"a moment in China is written 2026-08-03T20:00, not {text!r}"
        raise Misconfigured(msg) from error
