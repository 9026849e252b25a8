"""Show how a training goes, from the nation down to a school: numbers, chart, tiles, children."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings as catalogue
from yanxiu.training.catalogue.models import Training
from yanxiu.training.organisations import scopes
from yanxiu.training.reports import figures, live, teachers
from yanxiu.training.reports.figures import AsOf, Child
from yanxiu.training.reports.models import Figures
from yanxiu.training.reports.nodes import Node
from yanxiu.web.office import figure_words, places, teacher_rows
from yanxiu.web.office.report_forms import SchoolsForm
from yanxiu.web.shared import access, charts, tiles

FIRST_SCHOOLS = 10


@require_safe
@access.office
def choose(request: access.Office) -> HttpResponse:
    """Show every training with its numbers at the officer's nodes, as of the last roll."""
    now = clock.now()
    when = figures.as_of(now)
    served = places.served(request)
    every = catalogue.every()
    told = figures.of_several([node.path for node in served], on=when.on) if when else {}
    cards = [
        (training, node, told.get((training.id, node.path)))
        for training in every
        for node in served
    ]
    facts = {"cards": cards, "as_of": when.at if when else None, "when": when, "now": now}
    return render(request, "office/trainings.html", facts)


@require_safe
@access.office
def node(request: access.Office, slug: str, code: str) -> HttpResponse:
    """Show how a training goes at a node: live at a school, as of the last roll above it."""
    now = clock.now()
    place = places.node(request, code)
    every = catalogue.every()
    training = places.chosen(every, slug)
    when = figures.as_of(now)
    facts = _frame(request, training, place) | {"now": now, "when": when, "trainings": every}
    if place.is_school:
        facts |= _school(training, place, now)
    elif when:
        facts |= _region(training, place, when, now)
    return render(request, "office/training_node.html", facts)


@require_safe
@access.office
def schools(request: access.Office, slug: str, code: str) -> HttpResponse:
    """List the schools below a node, those that lag first."""
    now = clock.now()
    place = places.node(request, code)
    training = places.outline(slug).training
    form = SchoolsForm(request.GET)
    when = figures.as_of(now)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = figures.Schools(
        training.id, place.path, text=asked.get("q", ""), sort=asked.get("sort", "share")
    )
    most = figures.PAGE
    found = _schools(wanted, when, after=asked.get("after", ""), most=most + 1)
    facts = _frame(request, training, place) | {
        "form": form,
        "wanted": wanted,
        "rows": _children(training, found[:most]),
        "after": found[most - 1].code if len(found) > most else None,
        "is_first": not asked.get("after"),
        "as_of": when.at if when else None,
        "when": when,
        "now": now,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "office/training_schools.html", facts, status=status)


def _schools(
    wanted: figures.Schools, when: AsOf | None, *, after: str = "", most: int
) -> list[Child]:
    return figures.schools(wanted, when, after=after, most=most) if when else []


def _frame(request: access.Office, training: Training, place: Node) -> dict[str, object]:
    """Return what every page about a node needs: the way to it, and what can be done there."""
    return {
        "training": training,
        "node": place,
        "crumbs": places.crumbs(request, training, place),
        "is_open": catalogue.is_open(training, clock.now()),
        "reminds": scopes.reminders.ever("send", request.held),
    }


def _school(training: Training, place: Node, now: datetime) -> dict[str, object]:
    """Return a school's numbers, its chart and its first teachers, all counted just now."""
    rows = live.school(training.id, place.path)
    told = live.counted(training.id, place.path, rows, at=now)
    wanted = teachers.Wanted(training.id, place.path, state="laggards", sort="least")
    page = teachers.of_school(rows, wanted)
    return _numbers(training, place, told) | {
        "as_of": now,
        "chart": charts.draw(live.days(training, rows, now=now)),
        "teachers": teacher_rows.of(page.rows, training, now=now, has_schools=False),
        "more": page.after is not None,
    }


def _region(training: Training, place: Node, when: AsOf, now: datetime) -> dict[str, object]:
    """Return a region's numbers, its chart, and what lies directly below it."""
    days = figures.days(training.id, place.path)
    told = figures.today(days, when) or figures.nothing(training.id, place.path, when)
    below = figures.regions(training.id, place, when)
    first = figures.Schools(training.id, place.path)
    found = below or figures.schools(first, when, most=FIRST_SCHOOLS)
    is_nation = place.level == "nation"
    return _numbers(training, place, told) | {
        "as_of": when.at,
        "is_late": when.is_late(now),
        "wrong_at": when.wrong_at if is_nation else None,
        "chart": charts.draw(days),
        "tiles": tiles.lay(below, url=partial(node_url, training)) if is_nation else [],
        "rows": _children(training, [each for each in found if each.figures.registered]),
        "without": [each for each in below if not each.figures.registered],
        "of_schools": not below,
    }


def _numbers(training: Training, place: Node, told: Figures) -> dict[str, object]:
    return {
        "told": told,
        "share": told.complete * 100 // told.enrolled if told.enrolled else None,
        "headline": figure_words.headline(place.name, told),
        "held": figure_words.held(told, _per_hour(training)) if told.held else "",
        "numbers": [
            (label, getattr(told, name), teachers_url(training, place, state=name), tone)
            for name, label, tone in figure_words.NUMBERS
        ],
    }


def _per_hour(training: Training) -> int:
    return catalogue.of(training).rulebook.seconds_per_credit_hour


def node_url(training: Training, code: str) -> str:
    """Return where a training's numbers of a node stand."""
    return reverse("office_training_node", args=[training.slug, code])


def teachers_url(training: Training, place: Node | Child, **more: str) -> str:
    """Return where the rows are that a number counts, or all of a node's."""
    asked = {"training": training.slug, "node": place.code} | more
    return f"{reverse('office_teachers')}?{urlencode(asked)}"


def _children(training: Training, found: Sequence[Child]) -> list[dict[str, object]]:
    """Return rows of a table: the node, its numbers, its share, and where it leads."""
    return [
        {
            "child": each,
            "told": each.figures,
            "share": tiles.share(each),
            "url": node_url(training, each.code),
            "teachers": teachers_url(training, each),
        }
        for each in found
    ]
