"""Show over any sequence of changes that hours serve nobody else without a county's word."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import identity_change
from yanxiu.training.people.identity_change import Change, Known

# Few letters and numbers, so that sequences come back to where they were, and near to it.
names = st.text("王小明晓", min_size=1, max_size=4)
numbers = st.sampled_from([b"1", b"2", b"3"])
knowns = st.builds(Known, names, numbers)

STUDY, SCHOOL, COUNTY = "study", "school", "county"
steps = st.lists(knowns | st.sampled_from([STUDY, SCHOOL, COUNTY]), max_size=24)


@dataclass
class Life:
    """Be one account: its versions, as whom it has studied, and who has confirmed what."""

    versions: list[Known] = field(default_factory=list)
    earned: list[int] = field(default_factory=list)
    vouched: set[int] = field(default_factory=set)
    confirmed: int = 0
    # In their order: ("study", version) and ("county", version).
    told: list[tuple[str, int]] = field(default_factory=list)

    @property
    def now(self) -> Known:
        return self.versions[-1]

    @property
    def version(self) -> int:
        return len(self.versions)

    def needs_county(self) -> bool:
        known = dict(enumerate(self.versions, start=1))
        return identity_change.is_another(self.earned, self.now, known=known, vouched=self.vouched)

    def is_eligible(self) -> bool:
        is_confirmed = 0 < self.confirmed == self.version
        return is_confirmed and not self.needs_county()

    def take(self, step: Known | str) -> None:
        if isinstance(step, Known):
            if not self.versions or step != self.now:
                self.versions.append(step)
        elif self.versions and step == STUDY:
            self.earned.append(self.version)
            self.told.append((STUDY, self.version))
        elif self.versions and step == COUNTY:
            self.confirmed = self.version
            self.vouched.add(self.version)
            self.told.append((COUNTY, self.version))
        elif self.versions and not self.needs_county():
            self.confirmed = self.version


def lived(taken: list[Known | str]) -> Life:
    life = Life()
    for step in taken:
        life.take(step)
    return life


def is_same(one: Known, other: Known) -> bool:
    return identity_change.between(one, other) is not Change.MAJOR


@given(steps)
def test_whoever_is_eligible_studied_as_herself_or_a_county_has_said_so_since(
    taken: list[Known | str],
) -> None:
    life = lived(taken)
    if not life.is_eligible():
        return
    for place, (what, version) in enumerate(life.told):
        if what != STUDY:
            continue
        since = [said for kind, said in life.told[place + 1 :] if kind == COUNTY]
        as_herself = is_same(life.versions[version - 1], life.now)
        assert as_herself or any(is_same(life.versions[said - 1], life.now) for said in since)


@given(steps.map(lambda taken: [step for step in taken if step != COUNTY]))
def test_schools_alone_never_move_anybody_further_than_one_character(
    taken: list[Known | str],
) -> None:
    life = lived(taken)
    if life.is_eligible():
        assert all(is_same(life.versions[version - 1], life.now) for version in life.earned)


@given(st.text("王小明晓", min_size=2, max_size=5), st.data())
def test_one_character_after_another_leads_nowhere(name: str, data: st.DataObject) -> None:
    life = lived([Known(name, b"1"), STUDY, SCHOOL])
    for place in range(len(name)):
        letter = data.draw(st.sampled_from("王小明晓"))
        life.take(Known(life.now.name[:place] + letter + life.now.name[place + 1 :], b"1"))
        life.take(SCHOOL)
        life.take(STUDY)
        assert not life.is_eligible() or is_same(life.now, Known(name, b"1"))


@given(steps, knowns)
def test_the_county_can_always_put_it_right(taken: list[Known | str], wanted: Known) -> None:
    life = lived([*taken, wanted, COUNTY])
    assert life.is_eligible()


@given(knowns, knowns)
def test_there_and_back_is_as_far_as_there(one: Known, other: Known) -> None:
    assert identity_change.between(one, other) == identity_change.between(other, one)
