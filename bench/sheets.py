"""Make the roster of a whole county for the bench of imports, and take it in as the pages do."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice, product

from django.db import connection

from yanxiu.foundation import clock, sheets
from yanxiu.training.cast import names, places
from yanxiu.training.organisations import grants, imports
from yanxiu.training.organisations.imports import handing_in, looking
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.models import Import, Officer, Region, School
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Person, Persona

# Rows that are wrong on purpose, so that refusals are part of what is measured.
WRONG = 137
_WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]
_SIGNS = "10X98765432"
BARE = """
CREATE TEMPORARY TABLE bare (
    school text, school_name text, name text, kind text, number text, role text, subject text
)
"""


def officer() -> tuple[Person, Officer]:
    """Return the officer of a county with her right; regions and schools are there from now on."""
    places.load_all()
    at = clock.now()
    nation, county = (
        accounts.open_for(phone, kind=Persona.Kind.TEACHER, at=at).person
        for phone in ("13800000015", "13800000012")
    )
    grants.appoint(nation, Region.objects.get(level=Region.Level.NATION), at=at)
    home = Region.objects.get(pk=places.HOME)
    return county, grants.give(county, level=home.level, node=home, by=nation, at=at)


def rows(many: int) -> Iterator[Sequence[str]]:
    """Yield the teachers of a county, each at one of its schools; a few have no name."""
    schools = list(School.objects.filter(county=places.HOME).values_list("code", flat=True))
    for place, number in enumerate(islice(_numbers(), many)):
        surname = names.SURNAMES[place % len(names.SURNAMES)]
        name = "" if place < WRONG else surname + names.GIVEN[place % len(names.GIVEN)]
        yield schools[place % len(schools)], "", name, "居民身份证", number, "教师", "语文"


def written(many: int, titles: Sequence[str]) -> bytes:
    """Return the roster as an XLSX."""
    with sheets.written(rows(many), titles) as file:
        return file.read()


def hand_in(content: bytes, by: Person, grant: Officer) -> Import:
    """Do what the page does with a file."""
    at = clock.now()
    return handing_in.hand_in(Handed("roster", grant, "名册.xlsx", content), by=by, at=at)


def look(sheet: Import) -> None:
    """Do what the job does before anybody confirms."""
    looking.look(sheet.id, at=clock.now())
    sheet.refresh_from_db()


def carry_on(sheet: Import, by: Person) -> tuple[int, int]:
    """Confirm a sheet and do what the job does; return how many rows were taken and refused."""
    at = clock.now()
    handing_in.confirm(sheet, held=grants.held(by.id, at=at), by=by, at=at)
    imports.carry_on(sheet.id, at=clock.now())
    done = Import.objects.get(pk=sheet.pk)
    return done.taken, done.refused


def copied(many: int) -> None:
    """Read the same rows from a CSV and copy them into a bare table."""
    text = io.StringIO()
    csv.writer(text).writerows(rows(many))
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in csv.reader(text):
                copy.write_row(row)


def _numbers() -> Iterator[str]:
    """Yield well-formed numbers that belong to nobody, each once."""
    for order, region, day in product(names.ORDERS, names.REGIONS, range(names.BIRTHDAYS)):
        body = f"{region}{names.FIRST_BIRTHDAY + timedelta(days=day):%Y%m%d}{order}"
        total = sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
        yield body + _SIGNS[total % 11]
