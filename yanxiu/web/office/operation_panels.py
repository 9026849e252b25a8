"""Turn an hour of what servers did into charts, with what they say now and when they are red."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.learning import history
from yanxiu.training.learning.history import Moment
from yanxiu.training.reports import health
from yanxiu.training.reports.health import Sign
from yanxiu.web.shared import time_chart
from yanxiu.web.shared.time_chart import Chart, Series

MEDIAN, NEARLY_ALL = 0.5, 0.99
# Below it a number is shown with one decimal.
_WHOLE = 10
_SECONDS = history.STEP / timedelta(seconds=1)
_MINUTES = history.STEP / timedelta(minutes=1)

REASONS: dict[str, str | Promise] = {
    "faster_than_time": gettext_lazy("看得比实际时间快"),
    "question_waiting": gettext_lazy("等回答问题"),
    "too_fragmented": gettext_lazy("片段太碎"),
    "old_version": gettext_lazy("视频已更新"),
    "withdrawn": gettext_lazy("已下线"),
    "past_end": gettext_lazy("超出结尾"),
    "window_closed": gettext_lazy("培训已结束"),
}

type Read = Callable[[Moment], float | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """Be a chart with its unit, what it says now, and the sentence that says when it is red."""

    code: str
    title: str
    unit: str
    now: str
    hint: str
    is_red: bool
    chart: Chart | None


def every(told: Sequence[Moment], red: Collection[Sign]) -> list[Panel]:
    """Return the charts in their order."""
    return [
        _beats(told, red),
        _waiting(told, red),
        _commits(told, red),
        _refused(told, red),
        _rhythm(told, red),
        _batches(told),
    ]


def number(value: float | None) -> str:
    """Return a measured number as it is read: 1,234 or 3.4; a dash where nothing was measured."""
    if value is None:
        return "–"
    shown = round(value, 1)
    return f"{shown:,.0f}" if shown >= _WHOLE or shown == int(shown) else f"{shown:.1f}"


def _beats(told: Sequence[Moment], red: Collection[Sign]) -> Panel:
    hint = _(
        "“没有写进”和“请回”应当一直是 0：前者看数据库和磁盘，后者再开一台 yanxiu serve beats。"
    )
    lines: list[tuple[str, Read]] = [
        (_("已写进数据库"), lambda m: m.beats.get("settled", 0) / _SECONDS),
        (_("没有写进"), lambda m: m.beats.get("unsaved", 0) / _SECONDS),
        (_("请回稍后再来"), lambda m: m.faults.get("busy", 0) / _SECONDS),
    ]
    is_red = bool({Sign.SAVED, Sign.TURNED_AWAY, Sign.PROCESSES} & set(red))
    return _panel("beats", (_("上报"), _("次/秒")), told, lines, hint, is_red=is_red)


def _waiting(told: Sequence[Moment], red: Collection[Sign]) -> Panel:
    hint = _("超过一批（%(most)d）是来不及写：看落盘用时，也变长就是磁盘慢，没有变长就加服务进程。")
    lines: list[tuple[str, Read]] = [(_("最多同时在等"), lambda m: float(m.waiting))]
    told_hint = hint % {"most": health.MOST_WAITING}
    return _panel(
        "waiting", (_("排队"), _("次")), told, lines, told_hint, is_red=Sign.WAITING in red
    )


def _commits(told: Sequence[Moment], red: Collection[Sign]) -> Panel:
    hint = _("最慢的 1%% 超过 %(most)d 毫秒：看磁盘是否被备份占用，一直慢就换更快的固态硬盘。")
    lines: list[tuple[str, Read]] = [
        (_("99% 不超过"), lambda m: m.commit_ms(NEARLY_ALL)),
        (_("一半不超过"), lambda m: m.commit_ms(MEDIAN)),
    ]
    told_hint = hint % {"most": health.MOST_COMMIT_MS}
    return _panel(
        "commits", (_("落盘用时"), _("毫秒")), told, lines, told_hint, is_red=Sign.COMMIT in red
    )


def _refused(told: Sequence[Moment], red: Collection[Sign]) -> Panel:
    hint = _("有一些是正常的，各有原因；“看得比实际时间快”忽然变多，先查数据库服务器的时间。")
    found = {reason for moment in told for reason in moment.refused}
    lines = [(str(REASONS.get(each, each)), _reason(each)) for each in REASONS if each in found]
    if not lines:
        lines = [(_("没有计入的"), lambda _moment: 0.0)]
    return _panel(
        "refused", (_("没有计入的段"), _("段/分钟")), told, lines, hint, is_red=Sign.CLOCKS in red
    )


def _rhythm(told: Sequence[Moment], red: Collection[Sign]) -> Panel:
    hint = _("负载越高，播放器报得越少越长，学时不会丢；超过 %(most)d 秒持续十分钟，就加服务进程。")
    lines: list[tuple[str, Read]] = [(_("最长的间隔"), lambda m: float(m.beat_every_s))]
    told_hint = hint % {"most": health.MOST_EVERY_S}
    return _panel(
        "rhythm", (_("上报间隔"), _("秒")), told, lines, told_hint, is_red=Sign.RHYTHM in red
    )


def _batches(told: Sequence[Moment]) -> Panel:
    hint = _("同时来的上报合成一批写一次盘；每批越大，越省磁盘。只供了解，没有红线。")
    lines: list[tuple[str, Read]] = [
        (_("批/秒"), lambda m: m.batches / _SECONDS),
        (_("每批多少次"), lambda m: sum(m.beats.values()) / m.batches if m.batches else None),
    ]
    return _panel("batches", (_("批次"), ""), told, lines, hint, is_red=False)


def _reason(name: str) -> Read:
    return lambda moment: moment.refused.get(name, 0) / _MINUTES


def _panel(
    code: str,
    named: tuple[str, str],
    told: Sequence[Moment],
    lines: Sequence[tuple[str, Read]],
    hint: str,
    *,
    is_red: bool,
) -> Panel:
    series = [
        Series(label, [read(moment) if moment.is_told else None for moment in told])
        for label, read in lines
    ]
    title, unit = named
    chart = time_chart.draw([moment.at for moment in told], series)
    return Panel(code, title, unit, number(series[0].values[-1]), hint, is_red, chart)
