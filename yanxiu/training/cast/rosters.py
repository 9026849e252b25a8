"""Let a school's roster know people of the cast, exactly so or a little wrong."""

from datetime import datetime

from yanxiu.foundation import clock, sheets
from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import grants, imports, rosters
from yanxiu.training.organisations.imports import handing_in
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.models import Import, RosterEntry, School
from yanxiu.training.organisations.rosters import Line
from yanxiu.training.people import documents
from yanxiu.training.people.models import Person

TITLES = ("姓名", "证件类型", "证件号码", "职务", "任教学科")


def enter(
    school: School, who: Invented, *, role: str = "", subject: str = "", at: datetime
) -> RosterEntry:
    """Enter somebody in the roster of a school by name and number."""
    line = Line(who.name, who.kind, who.number, role, subject)
    rosters.add_all([(school.id, line)], at=at)
    return rosters.current([school.id]).get(number_fingerprint=line.fingerprint)


def bring(whom: list[Invented], *, by: Person, at: datetime) -> Import:
    """Let a school's officer import colleagues, and a last row without a number."""
    sheet = hand_in(whom, "2025 年教师名册.xlsx", by=by, at=at)
    handing_in.confirm(sheet, held=grants.held(by.id, at=at), by=by, at=at)
    imports.carry_on(sheet.id, at=clock.now())
    return sheet


def hand_in(whom: list[Invented], filename: str, *, by: Person, at: datetime) -> Import:
    """Let a school's officer upload such a sheet, and not confirm it yet."""
    rows = [
        *([who.name, _title(who), who.number, "教师", "语文"] for who in whom),
        ["陈建国", "", "", "教师", "体育"],
    ]
    with sheets.written(rows, TITLES) as file:
        content = file.read()
    grant = grants.held(by.id, at=at)[-1]
    handed = Handed(Import.Kind.ROSTER, grant, filename, content)
    return handing_in.hand_in(handed, by=by, at=at)


def _title(who: Invented) -> str:
    return str(documents.DOCUMENTS[who.kind].titles[0])
