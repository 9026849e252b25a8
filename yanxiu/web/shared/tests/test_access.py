"""Show which network a request is believed to come from, and where `next` may lead."""

import pytest
from django.test import RequestFactory

from yanxiu.web.shared import access


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_network_is_a_24_or_a_56(address: str, network: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    assert access.network(request, proxies=0) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "198.51.100.1", "203.0.113.0/24"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.0/24"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.0/24"),
        (2, "198.51.100.1", "203.0.113.0/24"),
        (1, "", "unknown"),
    ],
)
def test_only_proxies_of_ours_are_believed(proxies: int, forwarded: str, network: str) -> None:
    headers = {"x-forwarded-for": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", headers=headers)
    assert access.network(request, proxies=proxies) == network


@pytest.mark.parametrize("onward", ["/", "/me/?a=1#b", "/trainings/2025sqpx/"])
def test_next_leads_to_a_path_of_ours(onward: str) -> None:
    assert access.onward(RequestFactory().get("/", {"next": onward})) == onward
    assert access.onward(RequestFactory().post("/", {"next": onward})) == onward


@pytest.mark.parametrize("onward", ["", "//e.com", "/\\e.com", "http:/e.com", "me/", "\t//e.com"])
def test_next_leads_nowhere_else(onward: str) -> None:
    assert access.onward(RequestFactory().get("/", {"next": onward}), "/me/") == "/me/"
