"""Read from the environment which platforms there are, which run here, and where they answer."""

from yanxiu.foundation import environment
from yanxiu.training.catalogue.platforms import BRANCHES, COLOURS, Platform

NAMES = {
    "basic": "智慧研修",
    "vocational": "国家职业教育智慧教育平台",
    "higher": "国家高等教育智慧教育平台",
}
# What a demo shows: all three at once, under names of its own.
DEMO_NAMES = NAMES | {"vocational": "智慧职教研修", "higher": "智慧高教研修"}


def read(*, is_demo: bool) -> tuple[Platform, ...]:
    """Return the platforms; `YANXIU_BRANCHES` names those that run here, the main one first.

    Each may have `YANXIU_<BRANCH>_PLATFORM` (its name), `_HOST`, `_COLOUR`, and, where it runs
    elsewhere, `_ADDRESS`. A branch or a colour that there is not stops the start.
    """
    here = environment.text("YANXIU_BRANCHES", ",".join(BRANCHES) if is_demo else "basic").split(
        ","
    )
    unknown = sorted(set(here) - set(BRANCHES))
    if unknown:
        msg = f"YANXIU_BRANCHES must name some of {', '.join(BRANCHES)}, not {', '.join(unknown)}"
        raise environment.Misconfigured(msg)
    ordered = (*here, *(branch for branch in BRANCHES if branch not in here))
    return tuple(_platform(branch, is_here=branch in here, is_demo=is_demo) for branch in ordered)


def hosts(platforms: tuple[Platform, ...], portal_host: str) -> list[str]:
    """Return the hosts of their own that platforms and portal answer at."""
    return [host for host in (*(each.host for each in platforms), portal_host) if host]


def _platform(branch: str, *, is_here: bool, is_demo: bool) -> Platform:
    begin = f"YANXIU_{branch.upper()}"
    colour = environment.text(f"{begin}_COLOUR", COLOURS[BRANCHES.index(branch)])
    if colour not in COLOURS:
        msg = f"{begin}_COLOUR must be one of {', '.join(COLOURS)}, not {colour!r}"
        raise environment.Misconfigured(msg)
    name = (DEMO_NAMES if is_demo else NAMES)[branch]
    if branch == "basic":
        name = environment.text("YANXIU_SITE_NAME", name)
    return Platform(
        serves=branch,
        name=environment.text(f"{begin}_PLATFORM", name),
        colour=colour,
        is_here=is_here,
        host=environment.text(f"{begin}_HOST", "").lower(),
        address=environment.text(f"{begin}_ADDRESS", ""),
    )
