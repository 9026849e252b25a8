"""Gather what a person sees, for an agent: covered, read only, each number with its reason."""

from datetime import datetime

from django.utils.translation import gettext as _

from yanxiu.training.certificates import standing
from yanxiu.training.certificates.standing import Way
from yanxiu.training.people import accounts, identities, masking
from yanxiu.training.people.models import Persona
from yanxiu.training.support.models import Look
from yanxiu.web.shared import concerns, path, standing_words, training_numbers
from yanxiu.web.shared.templatetags import yx


def facts(look: Look, *, now: datetime) -> dict[str, object]:
    """Return all that the page shows."""
    account = accounts.framed().get(person=look.person_id)
    identity = identities.current(account.person_id)
    ways = standing.every(account.person_id, at=now)
    state = concerns.read(account, ways, at=now)
    main = standing_words.main(state.standings)
    return {
        "look": look,
        "name": masking.name(identity.name) if identity else _("还没有填写姓名"),
        "identity": identity,
        "number": identities.masked_number(identity) if identity else "",
        "phone": masking.phone(account.phone),
        "persona": Persona.Kind(state.persona).label if state.persona else "",
        "registered_at": account.created_at,
        "school": main.post.school.name if main else "",
        "confirming": standing_words.of(main, has_identity=state.has_identity, now=now),
        "concerns": concerns.of(state, at=now),
        "ways": [_way(way, has_identity=state.has_identity, now=now) for way in ways],
        "certificates": _certificates(ways),
        "now": now,
    }


def _way(way: Way, *, has_identity: bool, now: datetime) -> dict[str, object]:
    """Return a training as she sees it: numbers, what is begun, the steps to her certificate."""
    return training_numbers.of(way.progress, now=now) | {
        "enrolled_at": way.enrolment.enrolled_at if way.enrolment else None,
        "headline": path.headline(way, at=now),
        "steps": path.steps(way, has_identity=has_identity, at=now),
        "begun": [
            (watched, yx.duration_words(watched.missing_ms))
            for course in way.progress.courses
            for watched in course.lessons
            if watched.state == "begun"
        ],
    }


def _certificates(ways: list[Way]) -> list[dict[str, object]]:
    return [
        {
            "certificate": way.certificate,
            "training": way.progress.outline.training,
            "state": training_numbers.CERTIFICATE[standing.state(way.certificate)],
        }
        for way in ways
        if way.certificate
    ]
