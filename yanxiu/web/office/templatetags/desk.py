"""Say which pages the console has, which one is looked at, and whom the officer serves."""

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yanxiu.foundation import clock
from yanxiu.training.organisations import grants, school_types, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.web.shared import console
from yanxiu.web.shared.console import Entry, Link

register = template.Library()


DOUBTS = Entry(
    pgettext_lazy("nav", "学时核查"),
    "office_doubts",
    ("office_doubt", "office_hold", "office_amendment"),
)
ENTRIES = (
    Entry(_("概览"), "office", ()),
    Entry(
        pgettext_lazy("nav", "审核"),
        "office_verifications",
        ("office_verification", "office_case", "office_batch", "office_correction", "office_phone"),
    ),
    Entry(pgettext_lazy("several", "教师"), "office_teachers", ("office_teacher", "office_post")),
    Entry(
        pgettext_lazy("several", "学校"),
        "office_schools",
        ("office_school", "office_missing", "office_type"),
    ),
    Entry(_("培训"), "office_trainings", ("office_training", "office_reminder")),
    Entry(
        _("证书"),
        "office_certificates",
        ("office_certificate", "office_revocation", "office_readmission"),
    ),
    DOUBTS,
    Entry(_("基本管理"), "office_basics", ("office_basic",)),
    Entry(_("管理员"), "office_officers", ("office_officer", "office_grant", "office_deput")),
    Entry(
        _("导入"),
        "office_imports",
        ("office_import", "office_roster", "office_student", "office_kinship"),
    ),
    Entry(_("导出"), "office_exports", ("office_export",)),
    Entry(_("记录"), "office_trail", ("office_trail",)),
)
# For whoever runs the platform.
OPERATIONS = Entry(_("运行状况"), "office_operations")


@register.simple_tag
def office_links(request: HttpRequest) -> list[Link]:
    """Return the entries that are for this officer, the one that is looked at marked."""
    held = getattr(request, "held", [])
    may_doubt = scopes.doubts.ever("answer", held)
    shown = [entry for entry in ENTRIES if may_doubt or entry is not DOUBTS]
    return console.links(request, [*shown, OPERATIONS] if grants.operates(held) else shown)


@register.simple_tag
def office_scopes(request: HttpRequest) -> list[tuple[list[str], str]]:
    """Return for each grant the names on the way down to its node, and its level."""
    held = getattr(request, "held", [])
    return [(grants.way_down(grant), grant.get_level_display()) for grant in held]


@register.filter
def node_name(grant: Officer) -> str:
    """Return what a right's node is called."""
    return grants.node_name(grant)


@register.filter
def type_name(code: str) -> str:
    """Return what a type of school is called; its code where no type has it any more."""
    return school_types.TYPES.get(code, code)


@register.simple_tag
def seen_at(as_of: object = None) -> object:
    """Return the instant that a page's numbers are of: as said, else this one."""
    return as_of or clock.now()
