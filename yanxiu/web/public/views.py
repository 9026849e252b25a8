"""Show what everybody may see: the home page, the trainings, their rules, the schools."""

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import platforms, trainings
from yanxiu.training.catalogue.platforms import Platform
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import hours
from yanxiu.training.enrolment import enrolments
from yanxiu.web.public import documents, portal
from yanxiu.web.shared import platform_frame, school_picker, shelf
from yanxiu.web.shared.templatetags import yx

# A cache may show a training this long without asking whether its version is still the newest.
FRESH_S = 60
# Work of others, and what a link was meant for one reader alone; `/me/` leads strangers to sign in.
SOMEBODYS = ("/office/", "/desk/", "/learning/", "/certificates/", "/verify/shown/")


@shelf.same_for_visitors
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show where the host that was asked begins: the portal or a platform."""
    if platform_frame.is_portal(request):
        return portal.home(request)
    return _begins(request, platform_frame.here(request))


@shelf.same_for_visitors
@require_safe
def platform(request: HttpRequest, branch: str) -> HttpResponse:
    """Show where a platform without a host of its own begins."""
    return _begins(request, _running(branch))


@shelf.same_for_visitors
@require_safe
def channel(request: HttpRequest) -> HttpResponse:
    """List all trainings of the channel 教师研修 → 国培示范 → 专题培训."""
    return _channel(request, platform_frame.here(request))


@shelf.same_for_visitors
@require_safe
def platform_channel(request: HttpRequest, branch: str) -> HttpResponse:
    """List all trainings of a platform without a host of its own."""
    return _channel(request, _running(branch))


@shelf.same_for_visitors
@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Say a training's rules, every number of it read from the rulebook and the courses."""
    outline = _outline(slug)
    book, training = outline.rulebook, outline.training
    per_hour = book.seconds_per_credit_hour
    facts = platform_frame.facts(platforms.serving(training.serves)) | {
        "training": training,
        "period": enrolments.period_words(training, with_year=True),
        "required": _hours(book.required_s, per_hour),
        "courses": [
            {
                "title": c.title,
                "required": _hours(c.required_s, per_hour),
                "cap": _hours(c.cap_s, per_hour),
            }
            for c in outline.courses
        ],
        "one_hour": yx.period_words(per_hour * 1000),
        "max_rate": f"{book.max_rate_milli / 1000:g}",
        "late_hours": timedelta(seconds=book.late_s) // timedelta(hours=1),
    }
    return render(request, "public/rules.html", facts)


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Find schools by region and name: the picker alone for htmx, a whole page otherwise."""
    facts = school_picker.read(request.GET)
    partial = request.headers.get("HX-Request") == "true"
    page = "components/school_picker.html" if partial else "public/schools.html"
    return render(request, page, facts, status=400 if facts.get("error") else 200)


@require_safe
def training_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with a training as a document, cached by its version."""
    outline = _outline(slug)
    etag = f'"{outline.training.id.hex}-{outline.training.version}"'
    document = documents.training(outline)
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_S}"
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to leave alone what is somebody's."""
    del request
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in SOMEBODYS)]
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain", headers=headers)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    del request
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be served: the database answers and its tables are up to date."""
    del request
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "unready", "missing": ["database"]}, status=503)
    missing = [f"{migration.app_label}.{migration.name}" for migration, _backwards in pending]
    status = "unready" if missing else "ready"
    return JsonResponse({"status": status, "missing": missing}, status=503 if missing else 200)


def _running(branch: str) -> Platform:
    """Return the platform of a branch that runs here, or answer that there is none."""
    found = next((each for each in platforms.every() if each.serves == branch), None)
    if found is None or not found.is_here:
        raise Http404
    return found


def _begins(request: HttpRequest, platform: Platform) -> HttpResponse:
    """Show the carousel, the trainings that are open and the ways into them."""
    slides = [
        {
            "headline": slide.headline,
            "line": slide.line,
            "art": slide.art,
            "url": reverse("training", args=[slide.training.slug]),
        }
        for slide in trainings.slides(platform.serves)
    ]
    listed = _listed(platform, clock.now())
    running = [row for row in listed if row["state"] == "open"]
    facts = {"slides": slides, "running": running} | platform_frame.facts(platform)
    return render(request, "public/home.html", facts)


def _channel(request: HttpRequest, platform: Platform) -> HttpResponse:
    facts = {"trainings": _listed(platform, clock.now())} | platform_frame.facts(platform)
    return render(request, "public/channel.html", facts)


def _listed(platform: Platform, at: datetime) -> list[dict[str, object]]:
    return [
        {
            "training": training,
            "url": reverse("training", args=[training.slug]),
            "period": enrolments.period_words(training, with_year=True),
            "state": trainings.state(training, at),
        }
        for training in trainings.every(platform.serves)
    ]


def _outline(slug: str) -> Outline:
    outline = trainings.get(slug)
    if outline is None:
        raise Http404
    return outline


def _hours(seconds: int, per_hour: int) -> str:
    """Return credit hours without needless zeros: 10, 2.5."""
    return hours.text(seconds, seconds_per_hour=per_hour).rstrip("0").rstrip(".")
