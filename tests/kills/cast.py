"""Let teachers sit down before saved lessons: a lease of each, and two hours without a network.

Runs inside the program (`yanxiu manage shell`) and prints what clients need to know.
"""

import json
import re
from typing import Any

from django.db import connection

from tests.support import season
from yanxiu.config import sessions
from yanxiu.training.cast import seasons
from yanxiu.training.learning import leases
from yanxiu.training.people.models import Account

AWAY_S = 7_200
PLAYER = "saved"
_PASS = "UPDATE learning_allowance SET at = at - make_interval(secs => %s) WHERE person_id = %s"


def make(many: int) -> None:
    """Make so many teachers, and print each with her cookies and leases."""
    season.publish()
    scene = season.scene(seasons.SEASON)
    print(json.dumps([_teacher(scene) for _ in range(many)]))  # noqa: T201 - whoever called reads it


def _teacher(scene: season.Scene) -> dict[str, Any]:
    person_id = scene.teacher().person.id
    phone = Account.objects.get(person=person_id).phone
    items = [item for course in scene.outline.courses for item in course.lessons]
    held = [
        {
            "lesson": str(item.id),
            "duration_ms": item.duration_ms,
            "lease": leases.issue(person_id, scene.outline, item, player=PLAYER).token,
        }
        for item in items
    ]
    with connection.cursor() as cursor:
        # Time that passed since she was heard last.
        passing = (
            "UPDATE learning_allowance SET at = at - make_interval(secs => %s) WHERE person_id = %s"
        )
        cursor.execute(passing, [AWAY_S, person_id])
    cookies = re.search(r"^Cookie: (.+)$", sessions.header(phone), re.MULTILINE)
    assert cookies
    return {"person": str(person_id), "cookies": cookies[1], "lessons": held}
