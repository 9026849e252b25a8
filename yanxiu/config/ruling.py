"""Publish a new version of a training's rules, for whoever runs the machine."""

import sys
from collections.abc import Sequence
from uuid import UUID

from yanxiu.foundation import clock
from yanxiu.foundation.environment import Misconfigured
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import ruling
from yanxiu.training.credits.ruling import Wanted

YES = "yes"


def publish(
    slug: str,
    *,
    numbers: Sequence[str],
    caps: Sequence[str],
    required: Sequence[str],
    why: str,
    is_sure: bool,
) -> str:
    """Say whom the version touches, ask, and publish it; return what was done."""
    outline = trainings.get(slug)
    if outline is None:
        msg = f"there is no training {slug}"
        raise Misconfigured(msg)
    wanted = Wanted(
        dict(map(_pair, numbers)),
        {_course(outline, title): value for title, value in map(_pair, caps)},
        {_course(outline, title): value for title, value in map(_pair, required)},
    )
    try:
        seen = ruling.preview(outline, wanted, at=clock.now())
        print(_said(outline, seen), flush=True)
        if not (is_sure or _is_confirmed()):
            return "nothing was changed"
        kept = ruling.publish(outline, wanted, why=why, at=clock.now())
    except Refused as refused:
        raise Misconfigured(refused.message) from refused
    return f"version {seen.version} counts from now on; {kept} people keep more than a new cap"


def _said(outline: Outline, seen: ruling.Preview) -> str:
    lines = [f"{outline.training.title}: version {seen.version}; {seen.enrolled} people enrolled"]
    lines += [
        f"  {title}: {many} people have more recognised than the new cap; they keep it, by a line"
        for title, many in seen.keeping
    ]
    return "\n".join(lines)


def _is_confirmed() -> bool:
    print(f"Publish it? Type {YES}: ", end="", flush=True)
    return sys.stdin.readline().strip() == YES


def _pair(text: str) -> tuple[str, int]:
    name, equals, value = text.rpartition("=")
    if not (name and equals and value.isdigit()):
        msg = f"a number is written NAME=NUMBER, not {text!r}"
        raise Misconfigured(msg)
    return name, int(value)


def _course(outline: Outline, title: str) -> UUID:
    for course in outline.courses:
        if course.title == title:
            return course.id
    msg = f"{outline.training.title} has no course {title!r}"
    raise Misconfigured(msg)
