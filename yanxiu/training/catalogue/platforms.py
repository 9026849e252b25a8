"""Know the platforms: each serves one branch of education, here or at an address elsewhere.

Several may run from one installation, each at a host of its own or, where none is set, below
`/platforms/`. They are settings, not rows: whoever runs the installation decides about them.
Source: manual, part 4 (way 5) and question 2; docs/rules/platforms.md.
"""

from dataclasses import dataclass

from django.conf import settings

BRANCHES = ("basic", "vocational", "higher")
# Colours of Chinese painting that say nothing else on our pages; css/tokens.css has their values.
COLOURS = ("azurite", "malachite", "wisteria", "ochre")


@dataclass(frozen=True, slots=True)
class Platform:
    """Be a platform: what it is called and painted in, which branch it serves, and where.

    `address` is where it is reached when another installation runs it; "" where none is known.
    """

    serves: str
    name: str
    colour: str
    is_here: bool
    host: str = ""
    address: str = ""


def every() -> tuple[Platform, ...]:
    """Return the platforms in the order in which they are shown, the main one first."""
    found: tuple[Platform, ...] = settings.YANXIU_PLATFORMS
    return found


def serving(branch: str) -> Platform:
    """Return the platform of a branch of education; raises LookupError for what is no branch."""
    for platform in every():
        if platform.serves == branch:
            return platform
    raise LookupError(branch)


def at_host(host: str) -> Platform:
    """Return the platform that answers at a host, without its port: the main one anywhere else."""
    return next((each for each in every() if each.host and each.host == host), every()[0])


def url(platform: Platform, path: str) -> str:
    """Return where a page of a platform that runs here is reached.

    A path alone where the platform has no host of its own.
    """
    return absolute(platform.host, path) if platform.host else path


def absolute(host: str, path: str) -> str:
    """Return the address of a page at another host of this installation."""
    scheme, _sep, rest = settings.YANXIU_ADDRESS.partition("://")
    _host, colon, port = rest.partition(":")
    return f"{scheme}://{host}{colon}{port}{path}"
