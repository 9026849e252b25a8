"""Show how the seconds of a course come about, and what an amendment makes of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yanxiu.training.certificates.models import Certificate
from yanxiu.training.credits import amendments, hours
from yanxiu.training.credits.accounts import KEPT, Change
from yanxiu.training.credits.models import LedgerEntry
from yanxiu.training.credits.progress import CourseProgress, Progress, Watched
from yanxiu.web.shared import change_words, reason_words
from yanxiu.web.shared.templatetags import yx


@dataclass(frozen=True, slots=True)
class Row:
    """Be one source of a course's seconds: what it is, what it gave, and its line of the ledger."""

    title: str
    said: str
    seconds: int
    at: datetime | None
    entry: LedgerEntry | None


def composed(course: CourseProgress, entries: list[LedgerEntry], per_hour: int) -> list[Row]:
    """Return what a course's seconds are made of: its lessons, then what amended them."""
    awards = {each.lesson_id: each for each in entries if each.kind == LedgerEntry.Kind.AWARD}
    rows = [
        Row(
            watched.item.title,
            _lesson(watched),
            watched.credited_s,
            watched.completed_at,
            awards.get(watched.item.id),
        )
        for watched in course.lessons
    ]
    changes = [each for each in entries if each.kind != LedgerEntry.Kind.AWARD]
    return rows + [_changed(each, per_hour) for each in changes]


def compared(
    walked: Progress, course_id: UUID, seconds: int, paper: Certificate | None, *, at: datetime
) -> dict[str, object]:
    """Return what an amendment makes of the numbers: before, after, and what follows."""
    kind = LedgerEntry.Kind.ADJUST if seconds > 0 else LedgerEntry.Kind.REVERSAL
    after = walked.amended(course_id, Change(str(kind), seconds, "", at))
    per_hour = walked.outline.rulebook.seconds_per_credit_hour
    old, new = walked.course(course_id).tally, after.course(course_id).tally

    def said(seconds: int) -> str:
        return hours.text(seconds, seconds_per_hour=per_hour)

    cap, asked = {"cap": said(new.cap_s)}, {"asked": said(walked.required_s)}
    enough = {True: _("✓ 已达标"), False: _("● 未达标")}
    earned = [sum(each.tally.earned_s for each in way.courses) for way in (walked, after)]
    return {
        "rows": [
            (_("本课程已学习"), said(old.learned_s), said(new.learned_s)),
            (_("本课程已认定，上限 %(cap)s") % cap, said(old.earned_s), said(new.earned_s)),
            (_("专题已认定，要求 %(asked)s") % asked, *map(said, earned)),
            (_("专题学时"), enough[walked.is_earned], enough[after.is_earned]),
        ],
        "follows": _follows(walked, after, seconds, new.earned_s - old.earned_s, paper),
    }


def course(walked: Progress, course_id: UUID, entries: list[LedgerEntry]) -> dict[str, object]:
    """Return what a page shows of a course as it stands now."""
    book, found = walked.outline.rulebook, walked.course(course_id)
    per_hour = book.seconds_per_credit_hour
    return {
        "training": walked.outline.training,
        "course": found.offer,
        "tally": found.tally,
        "per_hour": per_hour,
        "rows": composed(found, entries, per_hour),
        "learned": hours.text(found.tally.learned_s, seconds_per_hour=per_hour),
        "recognised": hours.text(found.tally.recognised_s, seconds_per_hour=per_hour),
        "cap": hours.text(found.tally.cap_s, seconds_per_hour=per_hour),
        "why": reason_words.of_course(found, per_hour, is_over=True),
    }


def cannot(walked: Progress, course_id: UUID, seconds: int) -> str:
    """Return why a proposed amendment can no longer be made, "" where it can."""
    refused = amendments.against_seconds(walked.course(course_id), seconds)
    return refused.message if refused else ""


def _lesson(watched: Watched) -> str:
    words = {"length": yx.clock(watched.item.duration_ms), "seen": yx.clock(watched.covered_ms)}
    if watched.completed_at:
        return _("看完，全长 %(length)s") % words
    if watched.covered:
        return _("看了 %(seen)s，全长 %(length)s；没有看完，不计入") % words
    return _("没有看过，全长 %(length)s") % words


def _changed(entry: LedgerEntry, per_hour: int) -> Row:
    change = Change(entry.kind, entry.seconds, entry.sentence, entry.at)
    title = _("规则调整") if entry.kind == KEPT else _("更正")
    return Row(title, change_words.of(change, per_hour), change.learned_s, entry.at, entry)


def _follows(
    before: Progress, after: Progress, seconds: int, counted_s: int, paper: Certificate | None
) -> list[str]:
    """Return in sentences what the numbers alone do not say."""
    said = []
    if counted_s != seconds:
        said.append(_("超过认定上限的学时只算已学习，所以已认定变得少一些，或者不变。"))
    if before.hold:
        said.append(_("这个专题的学时暂缓认定中，解除以后才按上表认定。"))
    if before.is_earned and not after.is_earned and paper is None:
        said.append(_("更正以后学时不再达标，领证书须先补足。"))
    if paper and seconds < 0:
        words = {"number": paper.number}
        said.append(_("证书 %(number)s 不因更正改变；不该有效的，须另行提议撤销。") % words)
    return said
