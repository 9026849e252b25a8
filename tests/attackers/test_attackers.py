"""Attack the running server: nobody takes more than time gave, no honest second is lost."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.attackers import runner, stage
from tests.attackers.runner import Fight
from tests.support import databases
from yanxiu.foundation import cluster

# Real time is the point here: so many come at once, for so long.
SECONDS, ABREAST = 3.0, 4


@pytest.fixture(scope="module")
def fights(
    template: cluster.Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Fight]]:
    place = databases.clone(template)
    with (
        django_db_blocker.unblock(),
        databases.pointed(place.name),
        stage.opened(place.addresses, place.owner) as scene,
    ):
        yield runner.fight(scene, SECONDS, abreast=ABREAST)
    databases.drop(template, place.name)


@pytest.mark.parametrize("name", runner.ATTACKERS)
def test_an_attacker_is_bounded_and_its_honest_twin_is_not_hurt(
    fights: dict[str, Fight], name: str
) -> None:
    fight = fights[name]
    assert not fight.complaints()
    # An attack shows something where the server took a part and left the rest.
    assert fight.offered_ms > fight.covered_ms > 0
