"""Gather what an officer sees of one teacher, each number with its reason."""

from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import standing
from yanxiu.training.credits import hours
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.people import identities, masking
from yanxiu.training.reports.teacher import Seen, Way
from yanxiu.web.shared import course_numbers, reason_words
from yanxiu.web.shared.templatetags import yx

_STATES = {
    "valid": ("done", gettext_lazy("有效")),
    "superseded": ("off", gettext_lazy("已作废，另有新版")),
    "revoked": ("no", gettext_lazy("已撤销")),
}


def facts(seen: Seen, *, held: list[Officer], now: datetime) -> dict[str, object]:
    """Return all that the page shows."""
    identity = seen.identity
    ways = [_way(each, now) for each in seen.ways]
    titles = {each.progress.outline.training.id: each for each in seen.ways}
    return {
        "found": seen,
        "name": identity.name if identity else _("还没有填写姓名"),
        "number": identities.masked_number(identity) if identity else "",
        "phone": masking.phone(seen.person.account.phone),
        "headline": _headline(seen),
        "may_open": any(
            scopes.posts.may("open_number", held, post) for post in seen.posts if not post.ended_at
        ),
        "posts": [(post, _ending(post, held)) for post in seen.posts],
        "ways": ways,
        "certificates": [
            (each, titles[each.training_id].progress.outline.training, _STATES[state])
            for each in seen.certificates
            if each.training_id in titles and (state := standing.state(each))
        ],
        "now": now,
    }


def _headline(seen: Seen) -> str:
    """Return the sentence that the page begins with."""
    name = seen.identity.name if seen.identity else _("这位老师")
    if not seen.is_here:
        return _("%(name)s已离开您管理的范围") % {"name": name}
    done = sum(1 for each in seen.ways if each.progress.is_complete)
    if not seen.ways:
        return _("%(name)s还没有报名任何专题") % {"name": name}
    words = {"name": name, "many": len(seen.ways), "done": done}
    if not done:
        return _("%(name)s报名了 %(many)d 个专题，学时都还没有达标") % words
    return _("%(name)s报名了 %(many)d 个专题，其中 %(done)d 个学时已达标") % words


def _ending(post: Post, held: list[Officer]) -> str:
    """Return where this officer can end the post, "" where she cannot."""
    if post.ended_at or not scopes.posts.may("end", held, post):
        return ""
    try:
        return reverse("office_post_ending", args=[post.id])
    except NoReverseMatch:
        return ""


def _way(way: Way, now: datetime) -> dict[str, object]:
    """Return a training's numbers: in all, and course by course."""
    walked = way.progress
    book = walked.outline.rulebook
    per_hour = book.seconds_per_credit_hour
    is_over = not trainings.is_open(walked.outline.training, now)
    max_rate_milli = None if is_over else book.max_rate_milli
    found = reason_words.of_training(walked)
    return {
        "training": walked.outline.training,
        "enrolled_at": way.enrolled_at,
        "reminded_at": way.reminded_at,
        "completed_at": walked.completed_at,
        "enough": walked.is_complete,
        "recognised": hours.text(walked.recognised_s, seconds_per_hour=per_hour),
        "required": hours.text(walked.required_s, seconds_per_hour=per_hour),
        "share": yx.share(walked.recognised_s, walked.required_s),
        "sentence": reason_words.total(found, per_hour, max_rate_milli=max_rate_milli),
        "courses": [
            (course.offer.title, course_numbers.of(course, per_hour, is_over=is_over))
            for course in walked.courses
        ],
    }
