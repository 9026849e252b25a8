"""Gather what an officer sees of one teacher, each number with its reason."""

from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from yanxiu.training.certificates import standing
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.people import identities, masking
from yanxiu.training.reports.teacher import Seen, Way
from yanxiu.web.shared import training_numbers
from yanxiu.web.shared.training_numbers import CERTIFICATE as STATES


def facts(seen: Seen, *, held: list[Officer], now: datetime) -> dict[str, object]:
    """Return all that the page shows."""
    identity = seen.identity
    ways = [
        _way(each, now) | {"amending": _amending(each, seen.person.id, held)} for each in seen.ways
    ]
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
            (each, titles[each.training_id].progress.outline.training, STATES[state])
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
    """Return a training's numbers, with when she enrolled and was reminded."""
    return training_numbers.of(way.progress, now=now) | {
        "enrolled_at": way.enrolled_at,
        "reminded_at": way.reminded_at,
    }


def _amending(way: Way, person_id: UUID, held: list[Officer]) -> list[tuple[str, str]]:
    """Return each course with where this officer can set its hours right; nothing if nowhere."""
    if not scopes.amendments.ever("propose", held):
        return []
    return [
        (course.title, reverse("office_teacher_amendment", args=[person_id, course.id]))
        for course in way.progress.outline.courses
    ]
