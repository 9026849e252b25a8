"""Show the way from the nation down to what an officer serves."""

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, places, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer, School
from yanxiu.training.people.models import Account

pytestmark = pytest.mark.usefixtures("country")


def grant(phone: str) -> Officer:
    (only,) = grants.held(Account.objects.get(phone=phone).person_id, at=clock.now())
    return only


@pytest.mark.parametrize(
    ("phone", "names"),
    [
        (signing_in.NATION, ["全国"]),
        (signing_in.PROVINCE, ["全国", "浙江省"]),
        (signing_in.COUNTY, ["全国", "浙江省", "杭州市", "西湖区"]),
        (
            signing_in.SCHOOL,
            ["全国", "浙江省", "杭州市", "西湖区", "杭州市西湖区听涛实验小学"],
        ),
    ],
)
def test_the_way_down_names_every_node(phone: str, names: list[str]) -> None:
    assert grants.way_down(grant(phone)) == names


def test_the_way_down_of_a_municipality_has_no_city() -> None:
    nation = Account.objects.select_related("person").get(phone=signing_in.NATION).person
    desk = casting.desk(Call(clock.now()), places.of("110108", "342"), by=nation)
    (held,) = grants.held(desk.officer.id, at=clock.now())
    assert grants.way_down(held)[:3] == ["全国", "北京市", "海淀区"]


def test_a_grant_reaches_the_schools_below_and_no_others() -> None:
    counties = grants.schools([grant(signing_in.COUNTY)]).values_list("county", flat=True)
    assert set(counties) == {"330106"}
    assert grants.schools([grant(signing_in.NATION)]).count() == School.objects.count()
    assert grants.schools([grant(signing_in.SCHOOL)]).count() == 1
    assert not grants.schools([]).exists()
