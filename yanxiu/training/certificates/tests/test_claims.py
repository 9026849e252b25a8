"""Show that a checker learns whether a claim fits, and nothing that she did not bring."""

import pytest

from tests.support import season
from tests.support.season import Scene
from yanxiu.training.certificates import claims, guessing, refusals, snapshots
from yanxiu.training.certificates.models import Certificate, Guess
from yanxiu.training.certificates.tests.test_verifying import issued, renewed


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def fits(scene: Scene, certificate: Certificate, text: str) -> bool:
    return claims.fits(certificate.token, claims.read(text), at=scene.call.now)


def test_the_name_or_the_last_digits_fit(scene: Scene) -> None:
    certificate = issued(scene)
    said = snapshots.of(certificate)
    number = said.document_number
    for text in (said.holder_name, f" {said.holder_name[0]} {said.holder_name[1:]}\u200b"):
        assert fits(scene, certificate, text)
    for length in (4, 5, 6):
        assert fits(scene, certificate, number[-length:].lower())
    assert Guess.objects.count() == 0


def test_parts_of_it_and_others_do_not_fit(scene: Scene) -> None:
    certificate = issued(scene)
    said = snapshots.of(certificate)
    digit = str((int(said.document_number[-2]) + 1) % 10)
    wrong = said.document_number[-4:-2] + digit + said.document_number[-1]
    for text in (said.holder_name[:-1], said.holder_name + "某", wrong, said.school_name):
        assert not fits(scene, certificate, text)
    assert Guess.objects.filter(place=str(certificate.id)).count() == 4


@pytest.mark.parametrize("text", ["", "123", "1234567", "110101199003070134", "12#4", "\0", "*"])
def test_what_cannot_be_compared_is_asked_for_again(text: str) -> None:
    with pytest.raises(refusals.NoClaim):
        claims.read(text)


def test_hundreds_of_endings_stop_at_five(scene: Scene) -> None:
    certificate = issued(scene)
    number = snapshots.of(certificate).document_number
    endings = [f"{n:04d}" for n in range(300) if f"{n:04d}" != number[-4:]]
    answered = 0
    for ending in endings:
        try:
            assert not fits(scene, certificate, ending)
            answered += 1
        except refusals.TooManyClaims:
            continue
    assert answered == guessing.CLAIMS_A_DAY
    with pytest.raises(refusals.TooManyClaims):
        fits(scene, certificate, number[-4:])


def test_only_a_valid_certificate_can_be_asked_about(scene: Scene) -> None:
    old = issued(scene)
    renewed(scene, old)
    for token in (old.token, "A" * 22):
        with pytest.raises(refusals.NotClaimable):
            claims.fits(token, "张三", at=scene.call.now)
