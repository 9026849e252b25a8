"""Publish the demo's trainings: the summer of 2025, the season of today, the taste of it.

The season of today is there for all three branches of education, each on its platform.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from yanxiu.foundation import periods
from yanxiu.training.cast import art, outlines
from yanxiu.training.cast.recordings import Shelf
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import (
    Course,
    Lesson,
    Rulebook,
    Season,
    Section,
    Slide,
    Training,
)
from yanxiu.training.catalogue.trainings import Outline

SUMMER, SEASON, DEMO, QUESTIONS = "2025sqpx", "season", "demo", "questions"
VOCATIONAL, HIGHER = "season-vocational", "season-higher"
AUTHORITY = "全国教师研修管理中心（演示）"

# Source of the rulebook's numbers: docs/rules/allowance.md; design: the season of 2025.
MAX_RATE_MILLI, GRACE_MS, OPEN_FOR_S = 2_000, 10_000, 7_200
OFFLINE_S, LATE_S, TOLERANCE_MS = 14_400, 259_200, 2_000
BEAT_S, DEMO_BEAT_S = 30, 15
# One question in a lesson of forty seconds, so that it can be tried: docs/rules/attention.md.
ASKING = {"question_every_s": 40, "question_answer_s": 300}
# Source: the calendar of schools; the winter holidays reach from December into February.
NAMES = (("寒假", "HJ"), ("春季", "CJ"), ("暑期", "SQ"), ("秋季", "QJ"))
MONTHS_A_SEASON = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Hold the days of a training, the last one included, and the first of its certificates."""

    first_on: date
    last_on: date
    certificates_on: date


@dataclass(frozen=True, slots=True)
class Card:
    """Hold what a training says of itself, and how its carousel slide does, if it has a line."""

    slug: str
    title: str
    summary: str
    number_prefix: str
    art: str
    position: int
    line: str
    serves: str = "basic"
    season: Season | None = None
    is_asking: bool = False


def publish(shelf: Shelf, *, at: datetime) -> None:
    """Publish all; the summer's dates are the manual's, the others count from `at`."""
    _summer(shelf)
    _season(shelf, at.astimezone(periods.CHINA).date())
    _demo(shelf, at.astimezone(periods.CHINA).date())
    _questions(shelf, at.astimezone(periods.CHINA).date())


def outline(slug: str) -> Outline:
    """Return a training of the demo."""
    found = trainings.get(slug)
    if found is None:
        raise LookupError(slug)
    return found


def _summer(shelf: Shelf) -> None:
    card = Card(
        SUMMER,
        "2025 年暑期教师研修",
        "五门课程、十个学时：弘扬教育家精神，提升数字素养、科学素养、心理健康教育与学科教学能力。",
        "2025SQ",
        art.SUMMER,
        3,
        "学习时间已结束，证书仍可领取",
    )
    # Source: the manual, parts 2 and 3.
    window = Window(date(2025, 7, 20), date(2025, 9, 30), date(2025, 9, 15))
    card = replace(card, season=_shown(card, 2))
    _training(card, window, outlines.SEASON, outlines.HOUR_S, BEAT_S, shelf)


def _season(shelf: Shelf, today: date) -> None:
    first_on = today - timedelta(days=30)
    name, letters = NAMES[first_on.month % 12 // MONTHS_A_SEASON]
    card = Card(
        SEASON,
        f"{first_on.year} 年{name}教师研修",
        "五门课程、十个学时，按自己的节奏学；学完再学的内容也会继续记录。",
        f"{first_on.year}{letters}",
        art.SEASON,
        1,
        "五门课程 · 10 学时 · 正在报名",
    )
    last_on, certificates_on = today + timedelta(days=60), today - timedelta(days=10)
    window = Window(first_on, last_on, certificates_on)
    card = replace(card, season=_shown(card, 1))
    _training(card, window, outlines.SEASON, outlines.HOUR_S, BEAT_S, shelf)
    for other, courses in _of_other_branches(card):
        _training(other, window, courses, outlines.HOUR_S, BEAT_S, shelf)


def _of_other_branches(card: Card) -> list[tuple[Card, tuple[outlines.Course, ...]]]:
    """Return what the other platforms say of the same season, and which courses they offer."""
    vocational = replace(
        card,
        slug=VOCATIONAL,
        title=f"{card.title}（职业教育）",
        summary="三门课程、六个学时，面向中等职业学校与高等职业学校的教师。",
        number_prefix=f"{card.number_prefix}V",
        position=4,
        line="三门课程 · 6 学时 · 面向职业院校教师",
        serves="vocational",
    )
    higher = replace(
        card,
        slug=HIGHER,
        title=f"{card.title}（高等教育）",
        summary="三门课程、五个学时，面向高等学校的教师。",
        number_prefix=f"{card.number_prefix}H",
        position=5,
        line="三门课程 · 5 学时 · 面向高校教师",
        serves="higher",
    )
    return [(vocational, outlines.VOCATIONAL), (higher, outlines.HIGHER)]


def _shown(card: Card, position: int) -> Season:
    """Show a season on the portal as its main training shows itself."""
    return Season.objects.create(
        slug=card.slug,
        title=card.title,
        summary="面向基础教育、职业教育和高等教育的教师，请从所在学校的入口进入学习。",
        line=card.line,
        position=position,
        art=card.art,
    )


def _demo(shelf: Shelf, today: date) -> None:
    card = Card(
        DEMO,
        "体验专题",
        "四段短片，三分钟走完报名、观看、认定和领取证书的全过程。",
        f"TY{today.year}",
        art.EXPERIENCE,
        2,
        "三分钟走完全程：报名、观看、认定、领证",
    )
    first_on = today - timedelta(days=30)
    window = Window(first_on, today + timedelta(days=60), first_on)
    _training(card, window, outlines.DEMO, outlines.DEMO_HOUR_S, DEMO_BEAT_S, shelf)


def _questions(shelf: Shelf, today: date) -> None:
    card = Card(
        QUESTIONS,
        "课堂提问体验",
        "两段短片：长的一段看到中途会有一道课堂提问，回答之后接着计学时。",
        f"TW{today.year}",
        art.EXPERIENCE,
        6,
        "",
        is_asking=True,
    )
    first_on = today - timedelta(days=30)
    window = Window(first_on, today + timedelta(days=60), first_on)
    _training(card, window, outlines.DEMO[:1], outlines.DEMO_HOUR_S, DEMO_BEAT_S, shelf)


def _training(
    card: Card,
    window: Window,
    courses: tuple[outlines.Course, ...],
    hour_s: int,
    beat_s: int,
    shelf: Shelf,
) -> None:
    training = Training.objects.create(
        slug=card.slug,
        title=card.title,
        summary=card.summary,
        number_prefix=card.number_prefix,
        authority=AUTHORITY,
        season=card.season,
        serves=card.serves,
        opens_at=periods.starts(window.first_on),
        closes_at=periods.ends(window.last_on),
        certificates_from=periods.starts(window.certificates_on),
        position=card.position,
        art=card.art,
    )
    if card.line:
        Slide.objects.create(
            training=training,
            position=card.position,
            headline=card.title,
            line=card.line,
            art=card.art,
        )
    questions = ASKING if card.is_asking else {}
    _rulebook(training, sum(course.cap_s for course in courses), hour_s, beat_s, questions)
    for position, course in enumerate(courses, start=1):
        _course(training, position, course, shelf)


def _rulebook(
    training: Training, required_s: int, hour_s: int, beat_s: int, questions: Mapping[str, int]
) -> None:
    Rulebook.objects.create(
        training=training,
        version=1,
        valid_from=training.opens_at,
        seconds_per_credit_hour=hour_s,
        required_s=required_s,
        max_rate_milli=MAX_RATE_MILLI,
        beat_every_s=beat_s,
        grace_ms=GRACE_MS,
        open_for_s=OPEN_FOR_S,
        offline_allowance_s=OFFLINE_S,
        late_s=LATE_S,
        tolerance_ms=TOLERANCE_MS,
        **questions,
    )


def _course(training: Training, position: int, course: outlines.Course, shelf: Shelf) -> None:
    made = Course.objects.create(
        training=training,
        position=position,
        title=course.title,
        summary=course.summary,
        required_s=course.cap_s,
        cap_s=course.cap_s,
        art=art.cover(position),
    )
    for place, (title, lessons) in enumerate(course.sections, start=1):
        section = Section.objects.create(course=made, position=place, title=title)
        Lesson.objects.bulk_create(
            Lesson(section=section, position=n, title=name, recording=shelf[name])
            for n, (name, _length_s) in enumerate(lessons, start=1)
        )
