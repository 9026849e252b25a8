"""Read the register as officers do: their branch by region, type and state, or by a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    FETCH_RAISE,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from yanxiu.training.organisations import (
    grants,
    missing,
    proposals,
    reach,
    schools,
    scopes,
    search,
    spelling,
)
from yanxiu.training.organisations.models import (
    Officer,
    Region,
    School,
    SchoolChange,
    SchoolName,
    SchoolRequest,
    TypeProposal,
)
from yanxiu.training.people.models import Identity

PAGE = 30
# So many of what was typed are shown; a few more letters find the others.
FOUND = 50


class State(TextChoices):
    """Name which schools a list shows."""

    OPEN = "open", _("在办")
    ENDED = "ended", _("已停办或并入")
    ALL = "all", _("全部")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Be what an officer wants to see; `after` is the path behind which a page begins."""

    text: str = ""
    type_code: str = ""
    state: str = State.OPEN
    region: Region | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Be a school of the list, with the other name that found it."""

    school: School
    teachers: int
    former: str = ""
    absorbed: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Hold the rows; `onward` begins the next page, `more` says that not all found are shown."""

    rows: list[Row]
    onward: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Queues:
    """Say how many teachers miss their school in a branch, and how many types are proposed."""

    missing: int
    types: int


def page(held: list[Officer], wanted: Wanted) -> Page:
    """Return schools of a branch: by the tree, or the best for what was typed.

    Raises `SearchTooShort`.
    """
    near = _filtered(School.objects.filter(scopes.schools.visible(held)), wanted)
    if wanted.text:
        return _typed(near, held, wanted)
    # The path is the order of the tree, and the place in it where the next page begins.
    rows = list(_shown(near.filter(path__gt=wanted.after)).order_by("path")[: PAGE + 1])
    onward = rows[PAGE - 1].path if len(rows) > PAGE else ""
    return Page([_row(school) for school in rows[:PAGE]], onward)


def find(held: list[Officer], school_id: UUID, *, at: datetime) -> School | None:
    """Return a school of the branch with what `reach.of` reads, or None outside of it."""
    found = School.objects.filter(scopes.schools.visible(held), pk=school_id)
    whole = found.select_related("type", "county__parent__parent__parent")
    return reach.counted(whole, at=at).first()


def history(school: School) -> list[SchoolChange]:
    """Return what became of a school and which ones it absorbed, the newest first.

    Each has `done_by`, the name of whoever wrote it down, and the names of the counties that a
    school left and came to.
    """
    name = Identity.objects.filter(person=OuterRef("by"), until=None).values("name")[:1]
    found = SchoolChange.objects.filter(Q(school=school) | Q(into=school))
    named = found.annotate(left=KT("before__county_id"), reached=KT("after__county_id")).annotate(
        done_by=Subquery(name), left_county=_county("left"), new_county=_county("reached")
    )
    whole = named.select_related("school", "into")
    return list(whole.order_by("-on", "-at", "-id"))


def officers(school: School, *, at: datetime) -> list[Officer]:
    """Return who serves a school now; each has `name`."""
    name = Identity.objects.filter(person=OuterRef("person"), until=None).values("name")[:1]
    found = Officer.objects.filter(grants.current(at), school=school)
    return list(found.annotate(name=Subquery(name)).order_by("from_at", "id"))


def queues(held: list[Officer]) -> Queues:
    """Return what waits for the county in a branch, in one query."""
    asked = SchoolRequest.objects.filter(missing.open_(), scopes.school_requests.visible(held))
    proposed = TypeProposal.objects.filter(proposals.open_(), scopes.type_proposals.visible(held))
    row = Region.objects.filter(pk=schools.NATION).values_list(_number(asked), _number(proposed))
    return Queues(*(row.first() or (0, 0)))


def counties(held: list[Officer]) -> list[Region]:
    """Return the counties, and cities without any, of a branch that schools can lie in, by path."""
    below = Region.objects.filter(parent=OuterRef("pk"), valid_to=None)
    found = Region.objects.filter(scopes.regions.doing("add_school", held), valid_to=None)
    lowest = found.filter(level__in=[Region.Level.CITY, Region.Level.COUNTY])
    whole = lowest.exclude(Exists(below)).select_related("parent")
    return list(whole.order_by("path"))


def _county(code: str) -> Subquery:
    return Subquery(Region.objects.filter(pk=OuterRef(code)).values("name"))


def _filtered(near: QuerySet[School], wanted: Wanted) -> QuerySet[School]:
    near = schools.within(near, wanted.region)
    if wanted.type_code:
        near = near.filter(type=wanted.type_code)
    if wanted.state == State.OPEN:
        return near.filter(closed_on=None)
    return near.exclude(closed_on=None) if wanted.state == State.ENDED else near


def _typed(near: QuerySet[School], held: list[Officer], wanted: Wanted) -> Page:
    hits = [] if wanted.state == State.ENDED else _hits(held, wanted)
    ended = []
    if wanted.state != State.OPEN:
        ended = [search.Hit(school) for school in _ended(near, wanted.text)]
    found = {hit.school.pk: hit for hit in (*hits, *ended)}
    rows = {school.pk: school for school in _shown(near.filter(pk__in=[*found]))}
    kept = [(rows[pk], hit) for pk, hit in found.items() if pk in rows]
    shown = [_row(school, hit) for school, hit in kept[:FOUND]]
    return Page(shown, more=len(found) > FOUND)


def _hits(held: list[Officer], wanted: Wanted) -> list[search.Hit]:
    """Return the open schools found in each node that is served, or in the region chosen."""
    nodes: Sequence[Region | None] = [wanted.region] if wanted.region else _nodes(held)
    return [
        hit for node in nodes for hit in search.find(wanted.text, region=node, most=FOUND + 1).hits
    ]


def _nodes(held: list[Officer]) -> list[Region | None]:
    """Return the regions to look through: a school is looked for in its county."""
    nodes: dict[str, Region | None] = {}
    for grant in held:
        node = grant.region or (grant.school.county if grant.school else None)
        if node:
            nodes[node.code] = None if node.level == Region.Level.NATION else node
    return list(nodes.values())


def _ended(near: QuerySet[School], text: str) -> QuerySet[School]:
    plain = spelling.fold(text.replace("\0", "\ufffd"))
    named = SchoolName.objects.filter(school=OuterRef("pk"))
    alike = Q(name__icontains=plain) | Q(initials__contains=plain)
    ended = near.exclude(closed_on=None)
    found = ended.filter(Q(code__startswith=plain) | Exists(named.filter(alike)))
    return found.order_by("path")[: FOUND + 1]


def _shown(found: QuerySet[School]) -> QuerySet[School]:
    whole = found.select_related("type", "county__parent").annotate(teachers=reach.teachers())
    return whole.fetch_mode(FETCH_RAISE)


def _row(school: School, hit: search.Hit | None = None) -> Row:
    teachers = int(vars(school)["teachers"])
    if hit is None:
        return Row(school, teachers)
    return Row(school, teachers, hit.former, hit.absorbed)


def _number(found: QuerySet[SchoolRequest] | QuerySet[TypeProposal]) -> Coalesce:
    counted = found.order_by().values("withdrawn_at").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
