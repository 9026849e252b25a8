"""Declare for each kind of object whose it is and who may do what: one source for check and filter.

`visible` and `doing` are conditions of queries; `sees` and `may` say the same of one object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

from django.db.models import Model, Q
from django.db.models.constants import LOOKUP_SEP

from yanxiu.training.organisations import grants, levels
from yanxiu.training.organisations.models import Officer

SCHOOL = frozenset({"school"})
COUNTY = frozenset({"county"})
SCHOOL_OR_COUNTY = SCHOOL | COUNTY
ABOVE_SCHOOLS = frozenset({"nation", "province", "city", "county"})
TOP = frozenset({"nation", "province"})
EVERY = frozenset(levels.ORDER)


@dataclass(frozen=True, slots=True)
class Scope:
    """Say where an object of a kind keeps its path, and which levels may do which act to it."""

    path: str
    acts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def visible(self, held: list[Officer]) -> Q:
        """Return the condition that an object lies in a branch of these grants."""
        return grants.branch(held, self.path)

    def sees(self, held: list[Officer], thing: Model) -> bool:
        """Tell whether an object lies in a branch of these grants."""
        return any(levels.covers(grant.path, self._path_of(thing)) for grant in held)

    def doing(self, act: str, held: list[Officer]) -> Q:
        """Return the condition that these grants may do the act to an object."""
        return grants.branch(self._able(act, held), self.path)

    def may(self, act: str, held: list[Officer], thing: Model) -> bool:
        """Tell whether these grants may do the act to an object."""
        return self.sees(self._able(act, held), thing)

    def ever(self, act: str, held: list[Officer]) -> bool:
        """Tell whether these grants may do the act to anything at all."""
        return bool(self._able(act, held))

    def _able(self, act: str, held: list[Officer]) -> list[Officer]:
        return [grant for grant in held if grant.level in self.acts[act]]

    def _path_of(self, thing: Model) -> str:
        return str(reduce(getattr, self.path.split(LOOKUP_SEP), thing))


regions = Scope("path", {"add_school": ABOVE_SCHOOLS})
schools = Scope(
    "path",
    {"correct": SCHOOL | ABOVE_SCHOOLS, "propose_type": SCHOOL, "change": ABOVE_SCHOOLS},
)
school_requests = Scope("county__path", {"answer": ABOVE_SCHOOLS})
type_proposals = Scope("school__path", {"answer": ABOVE_SCHOOLS})
# When the county may answer too is `verification.against`: a case rises after some days.
verifications = Scope("post__school__path", {"answer": SCHOOL_OR_COUNTY})
corrections = Scope("post__school__path", {"answer": SCHOOL_OR_COUNTY})
# Who may say the second word is `vouching.against`: nobody who has said the first.
phone_changes = Scope("post__school__path", {"vouch": SCHOOL_OR_COUNTY, "approve": ABOVE_SCHOOLS})
posts = Scope("school__path", {"end": SCHOOL, "open_number": SCHOOL_OR_COUNTY})
# Whose right may be given or taken is `levels.against`: a lower one, never one's own.
officers = Scope("path", {"give": ABOVE_SCHOOLS, "take": ABOVE_SCHOOLS})
# Which sheets are handed in for a node; whose they are is `imports.handing_in`.
imports = Scope(
    "path",
    {
        "schools": ABOVE_SCHOOLS,
        "officers": ABOVE_SCHOOLS,
        "roster": EVERY,
        "students": SCHOOL,
    },
)
roster_entries = Scope("school__path", {"keep": SCHOOL})
# Students are minors: nobody above their school sees who they are.
student_entries = Scope("school__path", {"keep": SCHOOL})
entries = Scope("path")
standings = Scope("path")
exports = Scope("path", {"fetch": EVERY})
reminders = Scope("path", {"send": EVERY})
amendments = Scope("path", {"propose": TOP, "confirm": TOP})
# Who may lift what another office has placed, and who answers an appeal: `integrity.holding`.
doubts = Scope("path", {"answer": ABOVE_SCHOOLS})
holds = Scope("path", {"lift": ABOVE_SCHOOLS})
certificates = Scope("path", {"revoke": TOP, "readmit": TOP})
revocation_proposals = Scope("certificate__path", {"countersign": TOP})
readmission_proposals = Scope("revocation__certificate__path", {"countersign": TOP})
