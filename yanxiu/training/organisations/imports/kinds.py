"""Find the kind of a sheet, and who hands in which."""

from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.imports import (
    columns,
    officer_rows,
    roster_rows,
    school_rows,
    student_rows,
)
from yanxiu.training.organisations.imports.rows import Kind
from yanxiu.training.organisations.models import Officer

_KINDS = {
    columns.SCHOOLS: school_rows.KIND,
    columns.OFFICERS: officer_rows.KIND,
    columns.ROSTER: roster_rows.KIND,
    columns.STUDENTS: student_rows.KIND,
}
ORDER = (columns.ROSTER, columns.STUDENTS, columns.SCHOOLS, columns.OFFICERS)


def of(kind: str) -> Kind:
    """Return the kind of that name."""
    return _KINDS[kind]


def may(kind: str, held: list[Officer]) -> list[Officer]:
    """Return the grants under which somebody hands in sheets of a kind, the widest first."""
    return [grant for grant in held if scopes.imports.may(kind, [grant], grant)]
