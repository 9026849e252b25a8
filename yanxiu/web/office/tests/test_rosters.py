"""Keep a roster by hand: what the end of an entry means is said before it is ended."""

from django.urls import reverse

from yanxiu.training.cast import rosters as listing
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import rosters
from yanxiu.training.organisations.models import RosterEntry
from yanxiu.web.office.tests import desks


def test_an_entry_is_ended_after_what_it_means_was_said(call: Call, desk: Desk) -> None:
    who = call.person()
    listing.enter(desk.school, who, at=call.ago(days=9))
    client, entry = desks.browser(desk.officer), RosterEntry.objects.get(school=desk.school)
    page = reverse("office_roster_ending", args=[entry.id])
    assert f'href="{page}"' in client.get(reverse("office_roster")).content.decode()

    asked = client.get(page).content.decode()
    assert f"把{who.name}从" in asked
    assert "不再显示“与名册一致”" in asked
    assert who.number not in asked
    assert rosters.current([desk.school.id]).count() == 1

    done = client.post(page, follow=True).content.decode()
    assert "已从名册中结束，记录保留。" in done
    assert not rosters.current([desk.school.id]).exists()
    assert "已不在" in client.get(page).content.decode()
    again = client.post(page)
    assert (again.status_code, "已不在名册中" in again.content.decode()) == (409, True)
