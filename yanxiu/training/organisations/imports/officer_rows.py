"""Read the rows of a list of officers, and give each her right as the page gives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants, levels, refusals
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports import rows as reading
from yanxiu.training.organisations.imports.rows import (
    Finding,
    Job,
    Kind,
    Outcomes,
    Reading,
    Ready,
    Said,
)
from yanxiu.training.organisations.models import Officer, Region, School
from yanxiu.training.people import names, phones
from yanxiu.training.people import refusals as people_refusals
from yanxiu.training.people.models import Account, Identity, Person

# Each right is given by the verb of the page, one after another: a batch takes about a second.
MANY = 50
LEVELS = {
    word: level
    for level, words in {
        Officer.Level.NATION: ("国家管理员", "国家级管理员", "国家"),
        Officer.Level.PROVINCE: ("省级管理员", "省管理员", "省级", "省"),
        Officer.Level.CITY: ("市级管理员", "市管理员", "市级", "市"),
        Officer.Level.COUNTY: ("县区管理员", "县级管理员", "区县管理员", "县区", "县", "区"),
        Officer.Level.SCHOOL: ("学校管理员", "校级管理员", "校管理员", "学校", "校级"),
    }.items()
    for word in words
}
# To which cell a refusal of the verb points; any other points to whom the right was for.
_FIELD = {
    refusals.LevelOfNode: "level",
    refusals.NotLower: "level",
    refusals.OutsideBranch: "node",
}
_AGAINST: dict[levels.Finding, type[Refused]] = {
    levels.Finding.ONESELF: refusals.OwnRight,
    levels.Finding.OUTSIDE: refusals.OutsideBranch,
    levels.Finding.NOT_LOWER: refusals.NotLower,
}

type Node = Region | School


@dataclass(frozen=True, slots=True)
class Facts:
    """Be what a row says: who shall serve which node, at which level."""

    phone: str
    name: str
    level: str
    node: str


def read(said: Said, on: date) -> Reading:
    """Return whom a row names as officer of what."""
    del on
    try:
        phone = phones.normalise(said["phone"])
    except phones.NotMainland:
        return Reading(finding=Finding.of("phone", people_refusals.NotMainland()))
    except phones.NotElevenDigits:
        return Reading(finding=Finding.of("phone", people_refusals.NotEleven()))
    key = reading.key(f"{phone}:{said['node']}")
    level = LEVELS.get(said["level"])
    if level is None:
        return Reading(None, Finding("level", "level"), key)
    facts = Facts(phone, names.normalise(said["name"]), level, said["node"])
    return Reading(facts, None, key)


def foresee(ready: Sequence[Ready], job: Job) -> dict[int, Finding]:
    """Return what stands against rows; gives nobody anything."""
    known = _Known.of(ready, job)
    own = [grants.served(grant) for grant in job.held]
    found: dict[int, Finding] = {}
    for row in ready:
        placed = known.placed(row.facts)
        against = placed if isinstance(placed, Finding) else _foreseen(placed, row.facts, own, job)
        if against:
            found[row.position] = against
    return found


def take(ready: Sequence[Ready], job: Job) -> Outcomes:
    """Give each row's right; whatever the page would refuse is refused here in its words."""
    known = _Known.of(ready, job)
    return {row.position: _given(known.placed(row.facts), row.facts, job) for row in ready}


def _given(placed: tuple[Person, Node] | Finding, facts: Facts, job: Job) -> Finding | UUID:
    if isinstance(placed, Finding):
        return placed
    person, node = placed
    try:
        return grants.give(person, level=facts.level, node=node, by=job.by, at=job.at).id
    except Refused as refused:
        return Finding.of(_FIELD.get(type(refused), "phone"), refused)


def _foreseen(
    placed: tuple[Person, Node], facts: Facts, own: list[levels.Served], job: Job
) -> Finding | None:
    person, node = placed
    right = levels.Served(grants.level_of(node), node.path)
    if facts.level != right.level:
        return Finding.of("level", refusals.LevelOfNode())
    against = levels.against(own, right, is_oneself=person.id == job.by.id)
    if against is None:
        return None
    refused = _AGAINST[against]
    return Finding.of(_FIELD.get(refused, "phone"), refused())


@dataclass(frozen=True, slots=True)
class _Known:
    """Hold the accounts and the nodes that rows name, and what people are called."""

    accounts: dict[str, Account]
    names: dict[str, str]
    nodes: dict[str, Node]

    @classmethod
    def of(cls, ready: Sequence[Ready], job: Job) -> "_Known":
        accounts = Account.objects.filter(phone__in={row.facts.phone for row in ready})
        by_phone = {each.phone: each for each in accounts.select_related("person")}
        whose = {each.person_id: each.phone for each in by_phone.values()}
        called = Identity.objects.filter(person__in=whose, until=None)
        codes = {row.facts.node for row in ready}
        inside = grants.branch([Officer(path=job.sheet.path)])
        nodes: dict[str, Node] = {
            each.code: each for each in Region.objects.filter(inside, code__in=codes, valid_to=None)
        }
        schools = School.objects.filter(inside, code__in=codes, closed_on=None)
        nodes |= {each.code: each for each in schools}
        return cls(by_phone, {whose[each.person_id]: each.name for each in called}, nodes)

    def placed(self, facts: Facts) -> tuple[Person, Node] | Finding:
        """Return the person and the node of a row, or what stands against it."""
        node, account = self.nodes.get(facts.node), self.accounts.get(facts.phone)
        if node is None:
            return Finding("node", "node_foreign")
        if account is None:
            return Finding.of("phone", refusals.NobodyThere())
        if facts.name and self.names.get(facts.phone, "") != facts.name:
            return Finding("name", "person_differs")
        return account.person, node


KIND = Kind(columns.of(columns.OFFICERS), MANY, read, foresee, take)
