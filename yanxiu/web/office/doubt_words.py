"""Say in plain words what was found, what may innocently stand behind it, and draw when it was."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.integrity.models import Doubt
from yanxiu.web.shared import reason_words

WIDTH, LANE, GAP = 720, 18, 6
_DAY_MIN, _HOUR_MIN, _STEP_MIN = 1_440, 60, 360
# Marks of an instant are drawn as wide as can be seen.
_LEAST = 2.0

Kind = Doubt.Kind

# An honest reason, said beside each fact: nobody is judged by a pattern.
PERHAPS: dict[str, Promise] = {
    Kind.PLAYERS: gettext_lazy("也可能是在手机、电脑之间来回看，或网络反复断开后重新打开页面。"),
    Kind.HASTE: gettext_lazy("也可能是离线观看超过两小时后，补传的部分还在等待计入。"),
    Kind.BURST: gettext_lazy("也可能是下载后在没有网络的地方看完，再一起补传；这是允许的。"),
    Kind.NIGHT: gettext_lazy("也可能是截止前赶学，或夜间值班时观看。"),
    Kind.DEVICE: gettext_lazy("也可能是几位老师同时借用一台电脑，轮流登录。"),
}
LANES: dict[str, Promise] = {
    "seen": gettext_lazy("有观看"),
    "short": gettext_lazy("额度用尽"),
    "several": gettext_lazy("多个视频同时推进"),
    "player": gettext_lazy("播放器"),
    "self": gettext_lazy("本人"),
    "other": gettext_lazy("另一人"),
    "done": gettext_lazy("视频完成"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """Be a bar of the drawing, in its units."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Be one line of the drawing: what it shows, when in words, and its bars."""

    name: str
    label: str
    y: int
    bars: list[Bar]
    times: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Be the drawing of one or two days: lanes over hours."""

    lanes: list[Lane]
    hours: list[tuple[float, str]]
    width: int
    height: int


def sentence(doubt: Doubt) -> str:
    """Return what was found, with its numbers."""
    numbers: dict[str, int] = doubt.facts["numbers"]
    return _SENTENCES[doubt.kind](numbers)


def picture(doubt: Doubt) -> Picture:
    """Return when it was: one lane for each thing that was seen, from midnight to midnight."""
    lanes: list[dict[str, Any]] = doubt.facts["lanes"]
    spans = [span for lane in lanes for span in lane["spans"]]
    first = min([0, *(start for start, _end in spans)]) // _STEP_MIN * _STEP_MIN
    scale = WIDTH / (_DAY_MIN - first)
    ticks = range(first, _DAY_MIN + 1, _STEP_MIN)
    return Picture(
        [_lane(place, lane, first, scale) for place, lane in enumerate(lanes)],
        [((minute - first) * scale, _clock(minute)) for minute in ticks],
        WIDTH,
        len(lanes) * (LANE + GAP) + GAP,
    )


def _lane(place: int, lane: dict[str, Any], first: int, scale: float) -> Lane:
    number = f" {lane['number']}" if lane["number"] else ""
    bars = [
        Bar(round((start - first) * scale, 1), round(max(_LEAST, (end - start) * scale), 1))
        for start, end in lane["spans"]
    ]
    times = _("、").join(_span(start, end) for start, end in lane["spans"])
    label = f"{LANES[lane['name']]}{number}"
    return Lane(lane["name"], label, GAP + place * (LANE + GAP), bars, times)


def _span(start: int, end: int) -> str:
    return _clock(start) if end - start == 1 else f"{_clock(start)}–{_clock(end)}"


def _clock(minute: int) -> str:
    day, rest = divmod(minute, _DAY_MIN)
    if rest == 0 and day == 1:
        return "24:00"
    clock = f"{rest // _HOUR_MIN:02d}:{rest % _HOUR_MIN:02d}"
    return _("前一天 %(clock)s") % {"clock": clock} if day < 0 else clock


def _players(numbers: dict[str, int]) -> str:
    if "several" in numbers:
        words = {"time": reason_words.about(numbers["several"] * 60)}
        return _("当天有 %(time)s，每次抽样都有 4 个以上视频同时在推进。") % words
    told = _("1 小时内，%(players)d 个播放器来回接替了 %(returns)d 次。")
    return told % numbers


def _haste(numbers: dict[str, int]) -> str:
    words = {name: reason_words.about(minutes * 60) for name, minutes in numbers.items()}
    return (
        _(
            "当天观看约 %(seen)s，其中 %(short)s 报上来的比真实经过的时间所能容许的还多，"
            "多出的没有计入。"
        )
        % words
    )


def _burst(numbers: dict[str, int]) -> str:
    words = {
        "time": reason_words.about(numbers["credited_s"]),
        "lessons": numbers["lessons"],
        "times": numbers["times"],
    }
    return (
        _(
            "两小时以上没有任何记录，随后 10 分钟内完成 %(lessons)d 个视频，共 %(time)s；"
            "7 天内有 %(times)d 次。"
        )
        % words
    )


def _night(numbers: dict[str, int]) -> str:
    begin, end = numbers["from"], numbers["until"]
    words = {
        "from": _clock(begin),
        "until": _clock(end),
        "time": reason_words.about((end - begin) * 60),
    }
    return _("从%(from)s 到 %(until)s 连续观看 %(time)s，没有半小时以上的停顿。") % words


def _device(numbers: dict[str, int]) -> str:
    told = _("同一台设备上，1 小时内有 %(persons)d 人交替学习，来回接替了 %(returns)d 次。")
    return told % numbers


_SENTENCES: dict[str, Callable[[dict[str, int]], str]] = {
    Kind.PLAYERS: _players,
    Kind.HASTE: _haste,
    Kind.BURST: _burst,
    Kind.NIGHT: _night,
    Kind.DEVICE: _device,
}
