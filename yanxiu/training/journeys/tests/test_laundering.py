"""Show through every door that nobody studies as one person and is confirmed as another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.cast import casting, people, places, seasons, signing_in, watching
from yanxiu.training.cast.casting import FIRST_PHONE, Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.certificates import identity_history, issuing, standing
from yanxiu.training.certificates.eligibility import Code, Owner
from yanxiu.training.certificates.refusals import NotDue
from yanxiu.training.journeys import correcting, leaving, verifying
from yanxiu.training.learning.models import Completion
from yanxiu.training.organisations import correction_queue, corrections, grants, posts
from yanxiu.training.organisations import refusals as no
from yanxiu.training.organisations.corrections import Wanted
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people import identities, identity_change
from yanxiu.training.people.identity_change import Change, Known
from yanxiu.training.people.models import Account, Person

KIND = "resident_id"
NAMES = ("王小明", "王晓明", "王晓鸣", "李大海")


def county() -> Person:
    return Account.objects.select_related("person").get(phone=signing_in.COUNTY).person


@dataclass
class Life:
    """Be one account that goes through any doors in any order; `told` is what really happened."""

    call: Call
    desks: list[Desk]
    numbers: list[str]
    person: Person
    told: list[tuple[str, Known]] = field(default_factory=list)

    def at(self) -> datetime:
        return self.call.now + timedelta(seconds=next(self.call.days))

    def known(self) -> Known | None:
        identity = identities.current(self.person.id)
        return identities.known(identity) if identity else None

    def study(self, *_chosen: int) -> None:
        identity = identities.current(self.person.id)
        if identity is None:
            return
        self.told.append(("study", identities.known(identity)))
        Completion.objects.create(
            person_id=self.person.id,
            lesson_id=uuid4(),
            media_version=1,
            completed_at=self.at(),
            credited_s=60,
            identity_version=identity.version,
        )

    def correct(self, name: int, number: int) -> None:
        facts = {"name": NAMES[name], "document_kind": KIND, "number": self.numbers[number]}
        verifying.correct(self.person, **facts, at=self.at())

    def ask(self, name: int, number: int) -> None:
        wanted = Wanted(NAMES[name], KIND, self.numbers[number], "更正", b"picture")
        correcting.request(self.person, wanted, at=self.at())

    def teach(self, place: int, _other: int) -> None:
        verifying.teach_at(self.person, self.desks[place % 2].school, at=self.at())

    def teach_also(self, place: int, _other: int) -> None:
        verifying.teach_also_at(self.person, self.desks[place % 2].school, at=self.at())

    def leave(self, *_chosen: int) -> None:
        for each in posts.current(self.person.id):
            leaving.leave(each, by=self.person, at=self.at())

    def school(self, *_chosen: int) -> None:
        for desk in self.desks:
            self.answer(desk.officer)

    def county(self, *_chosen: int) -> None:
        before = self.known()
        for by_county in self.answer(county()):
            self.told.append(("county", by_county))
        assert before is None or self.known() is not None

    def answer(self, by: Person) -> list[Known]:
        """Approve whatever of hers waits for this officer; return the identities approved."""
        at = self.at()
        approved: list[Known] = []
        held: list[Officer] = grants.held(by.id, at=at)
        asked = [each.verification for each in posts.standings(self.person.id) if each.pending]
        approved += [
            identities.known(request.identity)
            for request in filter(None, asked)
            if _done(partial(verifying.approve, request, held=held, by=by, at=at))
        ]
        correction = correction_queue.latest(self.person.id)
        if (
            correction
            and corrections.answer(correction) is None
            and _done(partial(correcting.approve, correction, held=held, by=by, at=at))
        ):
            becomes = bytes(correction.number_fingerprint)
            approved.append(Known(correction.name, becomes))
        return approved

    def confirmed(self) -> Known | None:
        """Return as whom a school or a county has confirmed her, where that is who she is now."""
        for each in posts.standings(self.person.id):
            if each.verified and each.verification and each.verification.identity.until is None:
                return identities.known(each.verification.identity)
        return None


DOORS = ("study", "correct", "ask", "teach", "teach_also", "leave", "school", "county")
steps = st.lists(
    st.tuples(st.sampled_from(DOORS), st.integers(0, 3), st.integers(0, 2)),
    min_size=4,
    max_size=14,
)


def _done(act: Callable[[], object]) -> bool:
    try:
        return act() is None
    except Refused:
        return False


def is_same(one: Known, other: Known) -> bool:
    return identity_change.between(one, other) is not Change.MAJOR


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desks(country: None) -> list[Desk]:
    """Give two schools of a county an officer each."""
    call = Call(clock.now())
    schools = [places.of(places.HOME, places.JUNIOR, place) for place in (1, 2)]
    return [casting.desk(call, school, by=county()) for school in schools]


def life(desks: list[Desk]) -> Life:
    call = Call(clock.now(), phones=count(FIRST_PHONE + 9_000), indices=count(9_000))
    numbers = [call.person().number for _ in range(3)]
    return Life(call, desks, numbers, people.register(call.phone(), at=call.ago(days=1)))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(taken=steps)
def test_through_any_doors_in_any_order_nobody_is_confirmed_as_another(
    desks: list[Desk], taken: list[tuple[str, int, int]]
) -> None:
    with undone():
        lived = life(desks)
        lived.correct(0, 0)
        lived.teach(0, 0)
        for door, one, other in taken:
            _done(partial(getattr(lived, door), one, other))
            now = lived.confirmed()
            if now:
                history = identity_history.History.read(lived.person.id)
                assert not history.is_another(identity_history.awards(lived.person.id), now)
                _check_told(lived.told, now)


def _check_told(told: list[tuple[str, Known]], now: Known) -> None:
    for place, (what, known) in enumerate(told):
        since = [said for kind, said in told[place + 1 :] if kind == "county"]
        assert what == "county" or is_same(known, now) or any(is_same(s, now) for s in since)


@pytest.fixture
def ready(desks: list[Desk]) -> Life:
    """Return a confirmed teacher with all hours of the demo, and no certificate."""
    lived = life(desks)
    teacher = people.join(
        lived.call.phone(),
        Invented(NAMES[0], lived.numbers[0]),
        lived.desks[0].school,
        at=lived.call.ago(days=9),
    )
    people.approve(teacher, by=lived.desks[0].officer, at=lived.call.ago(days=8))
    people.enrol(teacher, seasons.DEMO, at=lived.call.ago(days=7))
    outline = seasons.outline(seasons.DEMO)
    begun_at = lived.call.ago(days=6)
    watching.watch(teacher.person.id, watching.needed(outline), outline, begun_at=begun_at)
    lived.person = teacher.person
    return lived


def way(lived: Life) -> standing.Way:
    return standing.read(lived.person.id, seasons.outline(seasons.DEMO), at=lived.at())


def test_earned_as_one_and_approved_as_another_gives_no_certificate(ready: Life) -> None:
    assert way(ready).state == "ready"
    ready.leave()
    ready.correct(3, 1)
    ready.teach(1, 0)
    ready.school()
    [asked] = posts.standings(ready.person.id)
    assert asked.pending
    found = {reason.code: reason for reason in way(ready).reasons}
    assert found.keys() == {Code.NOT_VERIFIED, Code.IDENTITY_CHANGED}
    assert found[Code.IDENTITY_CHANGED].owner == Owner.COUNTY
    assert asked.verification
    assert found[Code.IDENTITY_CHANGED].since == asked.verification.requested_at
    with pytest.raises(NotDue):
        issuing.draft(ready.person.id, seasons.outline(seasons.DEMO), at=ready.at())
    ready.county()
    assert way(ready).state == "ready"


def test_going_there_and_back_gives_back_what_was_hers(ready: Life) -> None:
    ready.leave()
    ready.correct(3, 1)
    ready.correct(0, 0)
    ready.teach(0, 0)
    ready.school()
    assert way(ready).state == "ready"


def test_one_character_at_a_time_leads_to_the_county(ready: Life) -> None:
    ready.ask(1, 0)
    ready.school()
    assert way(ready).state == "ready"
    ready.ask(2, 0)
    asked = correction_queue.latest(ready.person.id)
    assert asked
    assert asked.needs_county
    ready.school()
    assert ready.confirmed() == Known("王晓明", _fingerprint(ready))
    ready.county()
    assert ready.confirmed() == Known("王晓鸣", _fingerprint(ready))


def test_a_request_that_becomes_one_for_another_is_handed_up(ready: Life) -> None:
    fresh = life_of_a_newcomer(ready)
    [asked] = posts.standings(fresh.person.id)
    assert asked.verification
    assert not asked.verification.needs_county
    late(fresh, version=1)
    fresh.school()
    [asked] = posts.standings(fresh.person.id)
    assert asked.pending
    assert asked.verification
    assert asked.verification.needs_county
    fresh.county()
    assert fresh.confirmed()


def test_what_came_late_is_settled_by_one_word_of_the_county(ready: Life) -> None:
    fresh = life_of_a_newcomer(ready)
    fresh.school()
    late(fresh, version=1)
    history = identity_history.History.read(fresh.person.id)
    now = fresh.confirmed()
    assert now
    assert history.is_another(identity_history.awards(fresh.person.id), now)
    fresh.ask(3, 1)
    asked = correction_queue.latest(fresh.person.id)
    assert asked
    assert asked.needs_county
    fresh.county()
    history = identity_history.History.read(fresh.person.id)
    assert not history.is_another(identity_history.awards(fresh.person.id), now)
    with pytest.raises(no.NothingDiffers):
        fresh.ask(3, 1)


def life_of_a_newcomer(ready: Life) -> Life:
    """Return somebody who gave a wrong name and number first, has mended it, and waits."""
    fresh = Life(
        ready.call,
        ready.desks,
        [ready.call.person().number for _ in range(3)],
        people.register(ready.call.phone(), at=ready.call.ago(days=1)),
    )
    fresh.correct(0, 0)
    fresh.correct(3, 1)
    fresh.teach(0, 0)
    return fresh


def late(lived: Life, *, version: int) -> None:
    """Complete a lesson under an older lease, as whom she was then."""
    Completion.objects.create(
        person_id=lived.person.id,
        lesson_id=uuid4(),
        media_version=1,
        completed_at=lived.at(),
        credited_s=60,
        identity_version=version,
    )


def _fingerprint(lived: Life) -> bytes:
    return identities.fingerprint(KIND, lived.numbers[0])
