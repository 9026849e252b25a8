"""Lay out the tree, who teaches and serves where, and what is asked and answered about it."""

from yanxiu.training.organisations.models.batches import Batch
from yanxiu.training.organisations.models.officers import Officer
from yanxiu.training.organisations.models.phone_changes import PhoneChange, PhoneChangeAnswer
from yanxiu.training.organisations.models.places import (
    Region,
    School,
    SchoolChange,
    SchoolKey,
    SchoolName,
    SchoolType,
)
from yanxiu.training.organisations.models.posts import (
    Correction,
    CorrectionAnswer,
    Decision,
    Post,
    Verification,
)
from yanxiu.training.organisations.models.requests import (
    SchoolAnswer,
    SchoolRequest,
    TypeAnswer,
    TypeProposal,
)
from yanxiu.training.organisations.models.rosters import Import, ImportRow, RosterEntry
from yanxiu.training.organisations.models.students import (
    Kinship,
    StudentCode,
    StudentEntry,
    StudentNumber,
)

__all__ = [
    "Batch",
    "Correction",
    "CorrectionAnswer",
    "Decision",
    "Import",
    "ImportRow",
    "Kinship",
    "Officer",
    "PhoneChange",
    "PhoneChangeAnswer",
    "Post",
    "Region",
    "RosterEntry",
    "School",
    "SchoolAnswer",
    "SchoolChange",
    "SchoolKey",
    "SchoolName",
    "SchoolRequest",
    "SchoolType",
    "StudentCode",
    "StudentEntry",
    "StudentNumber",
    "TypeAnswer",
    "TypeProposal",
    "Verification",
]
