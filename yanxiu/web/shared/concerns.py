"""Answer the questions from a person's own state: what concerns her now, with the way out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.foundation.phrases import together
from yanxiu.training.catalogue import platforms
from yanxiu.training.certificates import standing
from yanxiu.training.certificates.standing import Way
from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import CourseProgress, Progress, Watched
from yanxiu.training.integrity.holds import Held
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.posts import Standing
from yanxiu.training.people.models import Account, Persona
from yanxiu.web.shared import hold_words, path, reason_words, standing_words
from yanxiu.web.shared.templatetags import yx


@dataclass(frozen=True, slots=True)
class State:
    """Hold what is known of the one who asks; `way` is the training that she is on."""

    persona: str
    has_identity: bool
    standings: Sequence[Standing]
    way: Way | None


@dataclass(frozen=True, slots=True)
class Concern:
    """Answer the question `code` for her; `kind` is no (hers to do), wait, done or ""."""

    code: str
    kind: str
    sentence: str
    action: str = ""
    url: str = ""


def of_account(account: Account, *, at: datetime) -> State:
    """Return what is known of an account's person; as `read` from all her ways."""
    return read(account, standing.every(account.person_id, at=at), at=at)


def read(account: Account, ways: list[Way], *, at: datetime) -> State:
    """Return what is known of a person whose ways have been read; `account` is a framed one."""
    # The ways know her posts, but where a certificate made them needless.
    known = next((way.standings for way in ways if not way.certificate), None)
    return State(
        persona=str(getattr(account, "persona_kind", None) or ""),
        has_identity=bool(getattr(account, "name", None)),
        standings=posts.standings(account.person_id) if known is None else known,
        way=_main(ways, at),
    )


def _main(ways: list[Way], at: datetime) -> Way | None:
    """Return the training that she is most likely to ask about: one that goes on, begun first."""
    return min(
        ways,
        key=lambda way: (
            way.certificate is not None,
            path.is_over(way, at),
            not any(course.is_begun for course in way.progress.courses),
        ),
        default=None,
    )


def of(state: State, *, at: datetime) -> list[Concern]:
    """Return what concerns her now, first what she has to do, then what she waits for."""
    found = [*_persona(state), *_school(state, at), *_study(state, at), *_certificate(state, at)]
    order = ("no", "wait", "", "done")
    return sorted(found, key=lambda each: order.index(each.kind))


def _persona(state: State) -> Iterator[Concern]:
    if state.persona in {Persona.Kind.STUDENT, Persona.Kind.PARENT}:
        label = Persona.Kind(state.persona).label
        sentence = _("您现在使用的是%(persona)s身份，报名研修需要教师身份。") % {"persona": label}
        yield Concern(state.persona, "no", sentence, _("切换身份"), reverse("my_persona"))


def _school(state: State, at: datetime) -> Iterator[Concern]:
    if state.persona != Persona.Kind.TEACHER:
        return
    main = standing_words.main(state.standings)
    said = standing_words.of(main, has_identity=state.has_identity, now=at)
    if main is None:
        sentence = _("您还没有选择任教学校，报名和领取证书都要用到它。")
        yield Concern("school", "no", sentence, _("去选择学校"), reverse("my_school"))
    elif not platforms.serving(main.post.school.type.serves).is_here:
        yield Concern("platform", "no", said.sentence, said.action, said.url)
    elif main.rejected:
        code = "information"
        yield Concern(
            code,
            "no",
            together(_("%(title)s。") % {"title": said.title}, said.sentence),
            said.action,
            said.url,
        )
    elif main.verification is None:
        url = reverse("information")
        yield Concern("information", "no", said.title, _("去填写个人信息"), url)
    elif main.pending:
        yield Concern("unverified", "wait", _waits(main, at), _("查看审核"), reverse("information"))


def _waits(standing: Standing, at: datetime) -> str:
    """Return who has not answered for how long: 「“一小”管理员已 5 天未处理」."""
    asked = standing.verification
    if asked is None:
        return ""
    is_countys = standing_words.is_with_county(asked, at)
    who = _("县区") if is_countys else f"“{standing.post.school.name}”"
    words = {"who": who, "count": (at - asked.requested_at).days, "age": ""}
    if words["count"]:
        told = _("%(who)s管理员已 %(count)d 天未处理您的审核。") % words
    else:
        age = yx.age_words(asked.requested_at, at)
        told = _("%(who)s管理员正在审核，%(age)s。") % (words | {"age": age})
    hint = (
        _("您不用再做什么。")
        if is_countys
        else _("着急时可以直接联系本校管理员；超过期限会转到县区。")
    )
    return together(told, hint)


def _study(state: State, at: datetime) -> Iterator[Concern]:
    way = state.way
    if way is None or way.enrolment is None or way.certificate:
        return
    yield from _asked(way, at)
    yield from _unwatched(way, at)
    yield from _capped(way)
    yield _enough(way, at)


def _asked(way: Way, at: datetime) -> Iterator[Concern]:
    for course in way.progress.courses:
        for watched in course.lessons:
            if watched.is_asked and not path.is_over(way, at):
                title = {"title": watched.item.title}
                sentence = _(
                    "《%(title)s》有一道课堂提问待回答，回答后接着计学时；已看的部分都保留。"
                )
                action = _("去回答")
                yield Concern("zero", "no", sentence % title, action, _lesson(course, watched))


def _unwatched(way: Way, at: datetime) -> Iterator[Concern]:
    begun = [
        (course, watched)
        for course in way.progress.courses
        for watched in course.lessons
        if watched.state == "begun" and not watched.item.is_withdrawn
    ]
    if not begun or way.progress.is_earned or path.is_over(way, at):
        return
    missing_ms = sum(watched.missing_ms for _course, watched in begun)
    # Whole seconds, rounded up: what is missing is never shown as nothing.
    words = {"count": len(begun), "missing": yx.duration_words(-(-missing_ms // 1000) * 1000)}
    sentence = _("您的 %(count)d 个视频还没有看完，共差 %(missing)s；看完才计入学时。") % words
    course, nearest = min(begun, key=lambda pair: pair[1].missing_ms)
    title = _("接着看《%(title)s》") % {"title": nearest.item.title}
    yield Concern("zero", "no", sentence, title, _lesson(course, nearest))


def _lesson(course: CourseProgress, watched: Watched) -> str:
    return f"{reverse('course', args=[course.offer.id])}?lesson={watched.item.id}"


def _capped(way: Way) -> Iterator[Concern]:
    per_hour = way.progress.outline.rulebook.seconds_per_credit_hour
    capped = [each for each in way.progress.courses if each.tally.learned_s > each.offer.cap_s]
    if not capped:
        return
    said = _("“%(title)s”已学习 %(learned)s 学时，上限 %(cap)s")
    parts = [
        said
        % {
            "title": each.offer.title,
            "learned": hours.text(each.tally.learned_s, seconds_per_hour=per_hour),
            "cap": reason_words.plain_hours(each.offer.cap_s, per_hour),
        }
        for each in capped
    ]
    sentence = _("%(courses)s。超出的部分有记录，不计入认定。") % {"courses": _("；").join(parts)}
    following = way.progress.next_course
    url = reverse("course", args=[following.offer.id])
    action = _("去学《%(title)s》") % {"title": following.offer.title}
    is_short = not way.progress.is_earned
    yield Concern("capped", "", sentence, *((action, url) if is_short else ()))


def _enough(way: Way, at: datetime) -> Concern:
    walked = way.progress
    book = walked.outline.rulebook
    page = reverse("training", args=[walked.outline.training.slug])
    words = {
        "title": walked.outline.training.title,
        "recognised": hours.text(
            walked.recognised_s, seconds_per_hour=book.seconds_per_credit_hour
        ),
        "required": reason_words.plain_hours(walked.required_s, book.seconds_per_credit_hour),
        "short": reason_words.short_of(
            reason_words.of_training(walked), book.seconds_per_credit_hour
        ),
    }
    told = _("“%(title)s”要求 %(required)s 学时，您已认定 %(recognised)s。") % words
    if walked.hold:
        return Concern("held", "wait", *_held(walked, walked.hold, at))
    if walked.is_complete:
        return Concern("enough", "done", together(told, _("已达标。")), _("去专题页"), page)
    if path.is_over(way, at):
        return Concern("enough", "", together(told, _("学习时间已结束。")), _("去专题页"), page)
    return Concern(
        "enough",
        "no",
        together(told, _("%(title)s。") % {"title": words["short"]}),
        _("去学习"),
        page,
    )


def _held(walked: Progress, held: Held, at: datetime) -> tuple[str, str, str]:
    said = hold_words.of(held, walked.outline.training.title, now=at)
    return together(said["told"], said["after"]), _("查看与申诉"), said["url"]


def _certificate(state: State, at: datetime) -> Iterator[Concern]:
    way = state.way
    if way is None or way.enrolment is None:
        return
    title = way.progress.outline.training.title
    url = reverse("certificate", args=[way.progress.outline.training.slug])
    if way.certificate and way.state == "issued":
        sentence = _("“%(title)s”的证书已生成，可以下载。") % {"title": title}
        yield Concern("download", "done", sentence, _("查看并下载证书"), url)
    elif way.state == "ready":
        sentence = _("“%(title)s”的证书可以领取了。") % {"title": title}
        yield Concern("download", "no", sentence, _("领取证书"), url)
    elif way.progress.is_complete and path.left(way) == 0 and not way.certificate:
        sentence = _("都完成了，%(from)s。到时会通知您。") % {"from": path.opening(way, at)}
        yield Concern("unverified", "wait", sentence)
