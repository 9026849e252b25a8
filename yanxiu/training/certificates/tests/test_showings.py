"""Show that a holder's link tells her name to whom she chose, while it lasts, and nobody else."""

import hashlib
from datetime import timedelta

import pytest

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.training.certificates import guessing, refusals, showings, snapshots
from yanxiu.training.certificates.models import Certificate, Guess, Showing
from yanxiu.training.certificates.tests.test_verifying import issued, renewed
from yanxiu.training.people.models import Person
from yanxiu.training.trail.models import Entry

NETWORK, WHOM = "203.0.113.0/24", "某某中学人事处"


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def holder(certificate: Certificate) -> Person:
    return Person.objects.get(pk=certificate.person_id)


def made(scene: Scene, certificate: Certificate) -> tuple[Showing, str]:
    by, at = holder(certificate), scene.call.now
    return showings.make(certificate, whom=WHOM, by=by, at=at)


def found(scene: Scene, token: str) -> Showing:
    link = showings.find(token, network=NETWORK, at=scene.call.now)
    assert link
    return link


def test_whoever_has_the_link_sees_the_name_and_nothing_more_is_kept_than_its_print(
    scene: Scene,
) -> None:
    certificate = issued(scene)
    made_one, token = made(scene, certificate)
    said, at = snapshots.of(certificate), scene.call.now
    covered = showings.answer(found(scene, token))
    assert covered
    assert (covered.holder, covered.is_whole) == (
        said.holder_name[0] + "*" * (len(said.holder_name) - 1),
        False,
    )
    told = showings.open_by(found(scene, token), at=at)
    assert told
    assert (told.holder, told.is_whole, told.state) == (said.holder_name, True, "valid")
    assert said.document_number not in str(told)
    kept = Showing.objects.get(pk=made_one.pk)
    assert (kept.opened, kept.last_opened_at) == (1, at)
    assert bytes(kept.fingerprint) == hashlib.sha256(token.encode()).digest()
    assert token not in str(Showing.objects.values())
    assert len(token) * 6 >= 128
    # Nobody above her reads to whom she shows it.
    assert Entry.objects.get(verb="showing_made").path == ""


def test_after_its_end_the_name_is_covered_whoever_ended_it(scene: Scene) -> None:
    certificate, at = issued(scene), scene.call.now
    by_time, token = made(scene, certificate)
    end = at + timedelta(days=7)
    assert by_time.ends_at == end
    last = showings.open_by(by_time, at=end - timedelta(microseconds=1))
    assert last
    assert last.is_whole
    late = showings.open_by(found(scene, token), at=end)
    assert late
    assert (late.is_whole, late.state) == (False, "valid")
    by_her, token = made(scene, certificate)
    showings.end(by_her, by=holder(certificate), at=at)
    showings.end(by_her, by=holder(certificate), at=at + timedelta(hours=1))
    ended = found(scene, token)
    assert (ended.ended_at, showings.is_open(ended, at=at)) == (at, False)
    told = showings.open_by(ended, at=at)
    assert told
    assert not told.is_whole
    assert Entry.objects.filter(verb="showing_ended").count() == 1
    assert showings.forget(at=end + showings.KEPT) == 0
    assert showings.forget(at=end + showings.KEPT + timedelta(seconds=1)) == 2


def test_what_is_no_longer_valid_shows_no_name_and_opens_no_link(scene: Scene) -> None:
    certificate = issued(scene)
    link, _token = made(scene, certificate)
    renewed(scene, certificate)
    told = showings.open_by(link, at=scene.call.now)
    assert told
    assert (told.state, told.holder, told.has_current) == ("superseded", "", True)
    with pytest.raises(refusals.NotShowable):
        made(scene, certificate)


def test_only_the_holder_makes_one_and_finds_it(scene: Scene) -> None:
    certificate, other = issued(scene), issued(scene)
    link, _token = made(scene, certificate)
    assert showings.own(certificate.person_id, link.id) == link
    assert showings.own(other.person_id, link.id) is None
    with pytest.raises(Certificate.DoesNotExist):
        showings.make(certificate, whom=WHOM, by=holder(other), at=scene.call.now)


def test_guesses_are_counted_and_a_right_one_is_never_held_up(scene: Scene) -> None:
    _link, token = made(scene, issued(scene))
    for number in range(guessing.PER_NETWORK):
        assert showings.find(f"{number:022}", network=NETWORK, at=scene.call.now) is None
    with pytest.raises(refusals.TooManyGuesses):
        showings.find("A" * 22, network=NETWORK, at=scene.call.now)
    assert found(scene, token)
    assert Guess.objects.filter(kind=Guess.Kind.SHOWING).count() == guessing.PER_NETWORK


def test_however_many_are_asked_for_at_once_five_are_open(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    certificate = issued(scene)

    def make(_number: int) -> str:
        made(scene, certificate)
        return "made"

    told = crowds.together(9, make)
    assert told == {"made": showings.MOST_OPEN, "too_many_showings": 9 - showings.MOST_OPEN}
    first, second, *_others = showings.open_ones(certificate, at=scene.call.now)
    showings.end(first, by=holder(certificate), at=scene.call.now)
    made(scene, certificate)

    def open_it(_number: int) -> str:
        told = showings.open_by(second, at=scene.call.now)
        return "whole" if told and told.is_whole else "covered"

    assert crowds.together(9, open_it) == {"whole": 9}
    assert Showing.objects.get(pk=second.pk).opened == 9
