"""Show that a forgotten filter leaks nothing: the database keeps other branches' rows to itself."""

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model, Q
from django.urls import reverse

from tests import test_access
from tests.support.databases import Scratch
from yanxiu.config import tables
from yanxiu.foundation import clock
from yanxiu.foundation import walls as building
from yanxiu.training.organisations import grants, walls
from yanxiu.training.organisations.models import Officer, Post, RosterEntry, Verification
from yanxiu.training.people.models import Identity
from yanxiu.training.trail.models import Entry

# The register is open to everybody, and what is made from it.
OPEN = {"organisations_region", "organisations_school", "organisations_schoolkey"}
# Where a row that a wall keeps says whose it is, as the filters of the pages ask for it.
PATHS = {
    Entry: "path",
    Officer: "path",
    Post: "school__path",
    Verification: "post__school__path",
    RosterEntry: "school__path",
}


@pytest.fixture
def county(country: None) -> list[Officer]:
    """Return what the officer of the home county holds."""
    return grants.held(test_access.account("county").person_id, at=clock.now())


def models() -> Iterator[type[Model]]:
    yield from (model for model in apps.get_models() if model._meta.db_table in tables.WALLS)


def test_whatever_has_a_path_stands_behind_a_wall_or_is_the_register() -> None:
    with_path = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "path" for field in model._meta.get_fields())
    }
    assert with_path - OPEN <= tables.WALLS.keys()
    assert {model._meta.db_table for model in models()} == tables.WALLS.keys()


@pytest.mark.parametrize("model", PATHS, ids=lambda model: model.__name__)
def test_behind_the_wall_are_the_rows_of_the_branch_and_no_others(
    model: type[Model], county: list[Officer]
) -> None:
    rows = model._default_manager.all()
    inside, all_of_them = rows.filter(grants.branch(county, PATHS[model])).count(), rows.count()
    with walls.standing(county):
        assert rows.count() == inside
    assert rows.count() == all_of_them > inside or model is RosterEntry


def test_every_wall_keeps_something_from_who_serves_nothing_there(country: None) -> None:
    nowhere = [Officer(level="county", path="000000/999999")]
    with walls.standing(nowhere):
        for model in models():
            assert not model._default_manager.exists(), model


@pytest.mark.parametrize("who", ["officer", "county", "city", "abroad", "foreign"])
@pytest.mark.parametrize("name", ["office_verifications", "office_officers", "office_trail"])
def test_a_page_whose_filter_is_forgotten_names_nobody_from_elsewhere(
    who: str, name: str, country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = grants.held(test_access.account(who).person_id, at=clock.now())
    strangers = named(~grants.branch(held, "school__path")) - named(
        grants.branch(held, "school__path")
    )
    monkeypatch.setattr(grants, "branch", forgotten)
    answer = test_access.client(who).get(reverse(name))
    assert answer.status_code == 200
    assert strangers
    assert not [each for each in strangers if each in answer.content.decode()]


def named(where: Q) -> set[str]:
    """Return what those are called who teach there."""
    return set(
        Identity.objects.filter(person__in=Post.objects.filter(where).values("person")).values_list(
            "name", flat=True
        )
    )


def forgotten(_held: list[Officer], _field: str = "path") -> Q:
    """Be the filter that somebody left out: everything is inside."""
    return ~Q(pk__in=[])


def test_a_page_leaves_no_wall_behind(country: None) -> None:
    before = Verification.objects.count()
    test_access.client("county").get(reverse("office_verifications"))
    assert Verification.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('yanxiu.branches', true)")
        assert not cursor.fetchone()[0]


def test_walls_are_built_once_and_again_where_they_say_something_else(
    scratch_dsn: Scratch,
) -> None:
    with psycopg.connect(scratch_dsn.owner) as owner:
        asked = "SELECT count(*) FROM pg_policy WHERE polname = 'branch'"
        assert owner.execute(asked).fetchone() == (len(tables.WALLS),)
        building.build(
            owner, {"people_person": building.Kept("id", "organisations_post", "person_id")}
        )
        assert owner.execute(asked).fetchone() == (len(tables.WALLS) + 1,)
