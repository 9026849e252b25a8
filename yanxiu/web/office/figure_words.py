"""Say in words what the numbers of a node tell."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.credits import hours
from yanxiu.training.reports.models import Figures
from yanxiu.web.shared.templatetags import yx

# The numbers of a page in their order, each by its name and with its tone.
# What each of them counts: docs/rules/figures.md.
NUMBERS: tuple[tuple[str, str | Promise, str], ...] = (
    ("registered", gettext_lazy("在册教师"), ""),
    ("verified", gettext_lazy("已认证"), ""),
    ("enrolled", gettext_lazy("已报名"), ""),
    ("learning", gettext_lazy("已开始学习"), ""),
    ("complete", gettext_lazy("学时已达标"), "enough"),
    ("certified", gettext_lazy("已领证书"), "enough"),
    ("laggards", gettext_lazy("已报名未达标"), "short"),
    ("waiting", gettext_lazy("等待审核"), "waiting"),
    ("held", gettext_lazy("暂缓认定"), "waiting"),
)


def headline(name: str, told: Figures) -> str:
    """Return the one sentence that a node's page begins with."""
    words = {
        "name": name,
        "enrolled": yx.count(told.enrolled),
        "complete": yx.count(told.complete),
        "laggards": yx.count(told.laggards),
    }
    if not told.registered:
        return _("%(name)s还没有老师") % words
    if not told.enrolled:
        return _("%(name)s还没有老师报名") % words
    if not told.complete:
        return _("%(name)s报名的 %(enrolled)s 位老师都还没有达标") % words
    if told.complete == told.enrolled:
        return _("%(name)s报名的 %(enrolled)s 位老师都已达标") % words
    if not told.laggards:
        return _("%(name)s有 %(complete)s 位老师学时已达标，其余暂缓认定") % words
    return _("%(name)s有 %(complete)s 位老师学时已达标，还有 %(laggards)s 位未达标") % words


def held(told: Figures, per_hour: int) -> str:
    """Return how many hours are on hold and how they are counted."""
    words = {
        "teachers": yx.count(told.held),
        "hours": hours.text(told.held_s, seconds_per_hour=per_hour),
    }
    return (
        _(
            "%(teachers)s 位老师的 %(hours)s 学时暂缓认定：每门课程算到上限为止；"
            "暂缓期间不算已认定，也不算达标，解除后全部恢复。"
        )
        % words
    )
