"""Put the reasons behind hours into sentences: in the second person, with the next step."""

from django.utils.translation import gettext as _

from yanxiu.foundation.phrases import together
from yanxiu.training.credits import caps, hours, reasons
from yanxiu.training.credits.progress import CourseProgress, Progress
from yanxiu.training.credits.reasons import CourseCode, CourseReason, TrainingCode, TrainingReason
from yanxiu.web.shared.templatetags import yx

# The estimate of what is left is made for a speed that most people find comfortable.
EASY_RATE_MILLI = 1_500

_MINUTE_S = 60


def plain_hours(seconds: int, per_hour: int) -> str:
    """Return hours as people write them: "2", "0.5" or "3.08"."""
    text = hours.text(seconds, seconds_per_hour=per_hour)
    return text.rstrip("0").rstrip(".")


def of_course(walked: CourseProgress, per_hour: int, *, is_over: bool) -> str:
    """Return why a course has the hours that it has, and what adds more while there is time."""
    known = [
        reasons.Lesson(
            each.item.title,
            each.item.duration_ms,
            each.covered,
            is_complete=each.completed_at is not None,
        )
        for each in walked.lessons
    ]
    found = reasons.course(known, walked.tally)
    # What she keeps above a cap that was lowered is no cap: its own line says so.
    cap = plain_hours(walked.offer.cap_s, per_hour)
    said = _over(found, per_hour, cap) if is_over else _said(found, per_hour, cap)
    return together(_held(found.tally.held_s, per_hour), said)


def of_training(walked: Progress) -> TrainingReason:
    """Return why a training has the hours that it has."""
    titled: list[tuple[str, caps.Tally]] = [(c.offer.title, c.tally) for c in walked.courses]
    return reasons.training(titled, required_s=walked.required_s)


def total(found: TrainingReason, per_hour: int, *, max_rate_milli: int | None) -> str:
    """Return what was learned, what is missing and how long that takes.

    `max_rate_milli` is the highest speed offered, in thousandths; None when the time is over.
    """
    learned = _learned(found, per_hour)
    if not found.missing_s:
        return together(learned, _("继续学习，时长仍会记录。") if max_rate_milli else "")
    words = {"missing": hours.missing_text(found.missing_s, seconds_per_hour=per_hour)}
    if max_rate_milli is None:
        return together(learned, _("还差 %(missing)s 学时。") % words)
    rate_milli = min(EASY_RATE_MILLI, max_rate_milli)
    words |= {
        "rate": f"{rate_milli / 1_000:g}",
        "time": about(found.missing_s * 1_000 // rate_milli),
    }
    needed = _("还差 %(missing)s 学时，按 %(rate)s 倍速约需 %(time)s。") % words
    return together(learned, needed)


def _learned(found: TrainingReason, per_hour: int) -> str:
    words = {
        "learned": hours.text(found.learned_s, seconds_per_hour=per_hour),
        "beyond": hours.text(found.beyond_s, seconds_per_hour=per_hour),
    }
    held = _held(found.held_s, per_hour)
    if found.beyond_s:
        beyond = _(
            "已学习 %(learned)s 学时，其中 %(beyond)s 学时超出课程上限，有记录，不计入认定。"
        )
        return together(beyond % words, held)
    return together(_("已学习 %(learned)s 学时。") % words, held) if found.learned_s else ""


def _held(held_s: int, per_hour: int) -> str:
    """Return how much is held, and that it comes back; nothing where nothing is."""
    words = {"held": hours.text(held_s, seconds_per_hour=per_hour)}
    return _("%(held)s 学时暂缓认定，解除后全部恢复。") % words if held_s else ""


def short_of(found: TrainingReason, per_hour: int) -> str:
    """Return which courses lack how many hours; before the first hour, that any may come first."""
    if found.code == TrainingCode.NOT_BEGUN:
        return _("共 %(count)d 门课程，先学哪一门都可以") % {"count": len(found.short)}
    short = _("，").join(
        f"{title} {hours.missing_text(missing_s, seconds_per_hour=per_hour)}"
        for title, missing_s in found.short
    )
    return _("还差学时：%(short)s") % {"short": short}


def about(seconds: int) -> str:
    """Return a stretch of time to the next minute: "1 小时 24 分钟"; below one, in seconds."""
    if seconds < _MINUTE_S:
        return _("%(count)d 秒") % {"count": seconds}
    whole, minutes = divmod(-(-seconds // _MINUTE_S), 60)
    hour = _("%(count)d 小时") % {"count": whole} if whole else ""
    minute = _("%(count)d 分钟") % {"count": minutes} if minutes else ""
    return f"{hour} {minute}".strip()


def _over(found: CourseReason, per_hour: int, cap: str) -> str:
    words = {
        "complete": found.complete,
        "missing": hours.missing_text(found.tally.missing_s, seconds_per_hour=per_hour),
        "cap": cap,
    }
    if found.tally.learned_s > found.tally.cap_s:
        return _("已到本课程上限 %(cap)s 学时；超出的部分有记录，不计入认定。") % words
    if found.code == CourseCode.HELD:
        return _("%(complete)s 个视频已完整看完。") % words
    if found.tally.is_enough:
        return _("%(complete)s 个视频已完整看完，达到认定学时。") % words
    if not found.complete:
        return _("学习时间已结束：没有完整看完的视频，还差 %(missing)s 学时。") % words
    return _("学习时间已结束：%(complete)s 个视频已完整看完，还差 %(missing)s 学时。") % words


def _said(found: CourseReason, per_hour: int, cap: str) -> str:
    facts: dict[str, object] = {
        "lessons": found.lessons,
        "complete": found.complete,
        "cap": cap,
        "missing": hours.missing_text(found.tally.missing_s, seconds_per_hour=per_hour),
        "nearest": _nearest(found.nearest, per_hour),
    }
    sentence = {
        CourseCode.NOT_BEGUN: _("共 %(lessons)s 个视频，按需选学；完整看完一个，就得到它的学时。"),
        CourseCode.NOTHING_COMPLETE: _("完整看完一个视频才计入学时。%(nearest)s"),
        CourseCode.SHORT: _("%(complete)s 个视频已完整看完。%(nearest)s"),
        CourseCode.ALL_WATCHED: _(
            "%(complete)s 个视频都已看完，还差 %(missing)s 学时；有新的视频时请接着看。"
        ),
        CourseCode.ENOUGH: _("%(complete)s 个视频已完整看完，达到认定学时。"),
        CourseCode.HELD: _("%(complete)s 个视频已完整看完。"),
        CourseCode.CAPPED: _("已到本课程上限 %(cap)s 学时；继续学习会记入已学习。"),
    }[found.code]
    return sentence % facts


def _nearest(found: reasons.Nearest | None, per_hour: int) -> str:
    if found is None:
        return ""
    words = {
        "title": found.title,
        "seen": yx.duration_words(found.covered_ms),
        "missing": yx.duration_words(_up(found.missing_ms)),
        "credit": hours.text(found.credit_s, seconds_per_hour=per_hour),
        # Said only where it fills the course up to its cap, so it is what was missing there.
        "counts": hours.missing_text(found.counts_s, seconds_per_hour=per_hour),
    }
    first = (
        _("《%(title)s》看了 %(seen)s，还差 %(missing)s就计入 %(credit)s 学时")
        if found.covered_ms
        else _("接着看《%(title)s》，看完计入 %(credit)s 学时")
    )
    capped = _("，其中 %(counts)s 学时得到认定。") if found.counts_s < found.credit_s else _("。")
    return (first + capped) % words


def _up(ms: int) -> int:
    """Return whole seconds, rounded up: what is missing is never shown as nothing."""
    return -(-ms // 1_000) * 1_000
