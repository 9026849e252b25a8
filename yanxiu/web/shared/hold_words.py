"""Say that hours are held: by which office, since when, why, and what goes on meanwhile."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.foundation.facts import because, spoken
from yanxiu.training.integrity.holds import Held
from yanxiu.training.integrity.models import Hold
from yanxiu.web.shared.templatetags import yx


def why(held: Held) -> str:
    """Return the reason with the sentence that the officer wrote behind it."""
    return str(spoken(because(Hold.Reason(held.reason).label, held.sentence.rstrip("。"))))


def of(held: Held, title: str, *, now: datetime) -> dict[str, str]:
    """Return what a notice about a training's held hours says, and where she can appeal."""
    words = {
        "on": yx.time_cn(held.since, now),
        "node": held.node,
        "title": title,
        "why": why(held),
    }
    told = _("“%(title)s”的学时自 %(on)s 起由“%(node)s”暂缓认定：%(why)s。") % words
    after = (
        _("您已申诉，由上一级管理员答复；学习照常记录，解除后全部恢复。")
        if held.appealed_at
        else _("学习照常记录，解除后全部恢复；如有异议，可以申诉。")
    )
    return {"told": told, "after": after, "url": reverse("my_hold", args=[held.id])}
