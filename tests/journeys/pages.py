"""Name the pages that each kind of person sees, by the names of config/urls.py."""

from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.journeys.platform import Platform

# Whom the demo country signs in; a visitor is nobody.
PEOPLE = {
    "visitor": "",
    "fresh": "13800000004",
    "teacher": "13800000001",
    "waiting": "13800000002",
    "claims": "13800000003",
    "corrects": "13800000005",
    "parent": "13800000008",
    "officer": "13800000011",
    "county": "13800000012",
    "held": "13800000042",
    "city": "13800000013",
    "registrar": "13800000013",
    "keeper": "13800000011",
    "nation": "13800000015",
    "agent": "13800000031",
    "lead": "13800000033",
}
# Where each finds what only she sees; what all see alike is looked at once.
SEEN: dict[str, tuple[str, ...]] = {
    "registrar": (
        *("office_schools", "office_school", "office_school_new", "office_school_renaming"),
        *("office_school_retyping", "office_school_moving", "office_school_merging"),
        *("office_school_closing", "office_missing", "office_missing_school", "office_types"),
        *("office_type", "office_basics"),
    ),
    "parent": ("me", "my_persona", "my_family", "my_child", "my_viewings"),
    "keeper": ("office_basic", "office_students"),
    "visitor": (
        *("home", "channel", "rules", "schools", "sign_in", "sign_in_password"),
        "student_sign_in",
        *("verify", "verify_token", "verify_showing"),
        *("platform", "platform_channel", "portal", "portal_season", "app", "app_offline"),
        "clients",
        *("app_saved", "app_saved_lesson"),
        *("verify_file", "help", "help_watching", "styleguide", "phone_change"),
        *("training", "course", "not_found"),
    ),
    "fresh": (
        *("training", "enrolment", "certificate", "me", "my_trainings", "information"),
        *("my_school", "my_missing", "my_account", "my_certificates", "office"),
        *("my_proof", "my_sessions", "my_password", "my_data", "my_phone"),
        *("my_departure", "my_persona"),
    ),
    "teacher": (
        *("training", "course", "certificate", "me", "my_trainings", "information"),
        *("my_post_ending", "correction", "my_ticket", "help", "workbench"),
    ),
    "waiting": ("training", "course", "certificate", "me", "information"),
    "corrects": ("information", "correction", "my_showings"),
    "claims": ("training", "certificate", "my_certificates"),
    "officer": (
        *("home", "office", "office_verifications", "office_case", "my_second_factor"),
        *(
            "my_factor_app",
            "my_notices",
            "my_telling",
            "my_tickets",
            "my_ticket_new",
            "office_batches",
            "office_batch",
        ),
        *("office_corrections", "office_correction", "office_post_ending"),
        *("office_phone_changes", "office_phone_change"),
        *("office_teachers", "office_teacher", "office_exports", "office_certificates"),
        "office_teacher_number",
        *("office_imports", "office_import", "office_import_preview", "office_roster"),
        "office_roster_ending",
    ),
    "county": (
        *("office_officers", "office_grant_new", "office_officer", "office_trail"),
        *("office", "office_verifications", "office_case", "not_found"),
        *("office_training_schools", "office_reminders", "office_exports"),
        *("office_imports", "office_import_new"),
        *("office_doubts", "office_doubt", "office_holds"),
    ),
    "city": ("office_hold",),
    "held": ("training", "certificate", "me", "my_trainings", "my_hold"),
    "nation": (
        *("office_trainings", "office_training_node", "office_operations"),
        *("office_revocations", "office_revocation", "office_certificate"),
        *("office_readmission", "office_amendments", "office_amendment"),
        "office_teacher_amendment",
    ),
    "agent": (
        *(
            "desk",
            "desk_mine",
            "desk_ticket",
            "desk_search",
            "desk_canned_answers",
            "desk_look",
            "desk_look_fact",
        ),
        *("desk_phones", "desk_phone"),
    ),
    "lead": (
        *("desk_agents", "desk_numbers", "desk_trail", "desk_canned_new", "desk_canned_change"),
        "desk_canned_answers",
    ),
}


@dataclass(frozen=True)
class Address:
    """Be the way to a page: its path, or one on which the first link of a kind leads on, or two."""

    path: str
    link: str = ""
    then: str = ""

    def open(self, page: Page, platform: Platform) -> int:
        """Go there and return the status."""
        answer = page.goto(platform.address + self.path)
        for link in filter(None, (self.link, self.then)):
            answer = page.goto(page.locator(link).first.evaluate("link => link.href"))
        assert answer
        return answer.status


@dataclass(frozen=True)
class Act(Address):
    """Be a page on which a school of the branch is changed; `path` follows the school's own."""

    def open(self, page: Page, platform: Platform) -> int:
        """Go there and return the status."""
        Address("/office/schools/", "tbody th a").open(page, platform)
        answer = page.goto(page.url + self.path)
        assert answer
        return answer.status


@dataclass(frozen=True)
class Pressed(Address):
    """Be a page that a form on another one opens, or one to which `then` leads from there."""

    button: str = ""

    def open(self, page: Page, platform: Platform) -> int:
        """Go there and return the status."""
        Address(self.path, self.link).open(page, platform)
        with page.expect_navigation() as moved:
            page.locator(self.button).click()
        answer: Response | None = moved.value
        if self.then:
            answer = page.goto(page.locator(self.then).first.evaluate("link => link.href"))
        assert answer
        return answer.status


LOOKING = "form[action$='/looking/'] button"
# What has no name of its own: no address of ours, whose status is what it shows, and an import
# that nobody has confirmed yet.
UNNAMED = {"not_found", "office_import_preview"}
ADDRESSES = {
    "office_schools": Address("/office/schools/?q=小学"),
    "office_school": Address("/office/schools/", "tbody th a"),
    "office_school_new": Address("/office/schools/new/"),
    "office_school_renaming": Act("renaming/"),
    "office_school_retyping": Act("retyping/"),
    "office_school_moving": Act("moving/"),
    "office_school_merging": Act("merging/?q=小学"),
    "office_school_closing": Act("closing/"),
    "office_missing": Address("/office/missing/"),
    "office_missing_school": Address("/office/missing/", "td.act a"),
    "office_types": Address("/office/types/"),
    "office_type": Address("/office/types/", "td.act a"),
    "office_basics": Address("/office/basics/"),
    "office_basic": Address("/office/basics/"),
    "my_missing": Address("/me/information/missing/?province=330000&city=330100"),
    "home": Address("/"),
    "channel": Address("/channel/"),
    "platform": Address("/platforms/vocational/"),
    "platform_channel": Address("/platforms/higher/channel/"),
    "portal": Address("/portal/"),
    "app": Address("/app/"),
    "clients": Address("/clients/"),
    "workbench": Address("/me/workbench/"),
    "app_offline": Address("/app/offline/"),
    "app_saved": Address("/app/saved/"),
    "app_saved_lesson": Address("/app/saved/lesson/"),
    "portal_season": Address("/portal/season/"),
    "rules": Address("/rules/demo/"),
    "schools": Address("/schools/?q=听涛"),
    "styleguide": Address("/styleguide/"),
    "sign_in": Address("/sign-in/"),
    "sign_in_password": Address("/sign-in/password/"),
    "verify": Address("/verify/"),
    "verify_token": Address("/verify/AAAAAAAAAAAAAAAAAAAAAA/"),
    "training": Address("/trainings/demo/"),
    "course": Address("/trainings/demo/", "a[href*='/courses/']"),
    "enrolment": Address("/trainings/season/enrolment/"),
    "certificate": Address("/trainings/demo/certificate/"),
    "me": Address("/me/"),
    "my_trainings": Address("/me/trainings/"),
    "information": Address("/me/information/"),
    "my_school": Address("/me/information/school/"),
    "my_post_ending": Address("/me/information/", "a[href*='/ending/']"),
    "correction": Address("/me/information/correction/"),
    "my_account": Address("/me/account/"),
    "student_sign_in": Address("/sign-in/student/"),
    "office_students": Address("/office/students/"),
    "my_family": Address("/me/family/"),
    "my_child": Address("/me/family/", ".items a.button"),
    "my_viewings": Address("/me/viewings/"),
    "my_persona": Address("/me/account/persona/"),
    "my_proof": Address("/me/account/proof/"),
    "my_sessions": Address("/me/account/sessions/"),
    "my_data": Address("/me/account/data/"),
    "my_departure": Address("/me/account/departure/"),
    "office_teacher_number": Address(
        "/office/teachers/?training=demo", "tbody th a", "dd a[href$='/number/']"
    ),
    "my_password": Address("/me/account/password/"),
    "my_certificates": Address("/me/certificates/"),
    "my_notices": Address("/me/notices/"),
    "help": Address("/help/"),
    "help_watching": Address("/help/watching/"),
    "my_tickets": Address("/me/tickets/"),
    "my_ticket_new": Address("/me/tickets/new/"),
    "my_ticket": Address("/me/tickets/", ".tickets a"),
    "my_telling": Address("/me/notices/settings/"),
    "my_second_factor": Address("/me/account/second-factor/"),
    "my_factor_app": Address("/me/account/second-factor/app/"),
    "office_officers": Address("/office/officers/"),
    "office_grant_new": Address("/office/officers/new/"),
    "office_officer": Address("/office/officers/", "td.act a"),
    "office_trail": Address("/office/trail/"),
    "office_operations": Address("/office/operations/"),
    "office": Address("/office/"),
    "office_verifications": Address("/office/verifications/"),
    "office_case": Address("/office/verifications/", "td.act a"),
    "office_corrections": Address("/office/corrections/"),
    "office_correction": Address("/office/corrections/", "td.act a"),
    "office_post_ending": Address("/office/corrections/", "td.act a", "a[href*='/ending/']"),
    "office_batches": Address("/office/verifications/batches/?matching=1"),
    "office_batch": Address("/office/verifications/", ".last-batch a"),
    "office_trainings": Address("/office/trainings/"),
    "office_training_node": Address("/office/trainings/season/nodes/000000/"),
    "office_training_schools": Address("/office/trainings/season/nodes/330106/schools/"),
    "office_reminders": Address("/office/trainings/season/nodes/330106/reminders/"),
    "office_teachers": Address("/office/teachers/?training=season"),
    "office_teacher": Address("/office/teachers/?training=demo", "tbody th a"),
    "office_exports": Address("/office/exports/"),
    "office_certificates": Address("/office/certificates/?training=demo"),
    "verify_showing": Address("/verify/shown/AAAAAAAAAAAAAAAAAAAAAA/"),
    "my_showings": Address("/trainings/demo/certificate/", 'a[href$="/showings/"]'),
    "verify_file": Address("/verify/file/"),
    "office_revocations": Address("/office/revocations/"),
    "office_revocation": Address("/office/revocations/", ".items a.button"),
    "office_certificate": Address("/office/revocations/", ".items b a"),
    "office_readmission": Address("/office/revocations/", ".back a.button"),
    "office_amendments": Address("/office/amendments/"),
    "office_amendment": Address("/office/amendments/", ".items a.button"),
    "office_teacher_amendment": Address(
        "/office/teachers/?training=demo&q=程雨桐", "tbody th a", "a[href$='/amendment/']"
    ),
    "office_imports": Address("/office/imports/"),
    "office_import_new": Address("/office/imports/new/roster/"),
    "office_import": Address("/office/imports/", "tr:has(.tag.no) td.act a"),
    "office_import_preview": Address("/office/imports/", "tr:has(.tag.wait) td.act a"),
    "office_roster": Address("/office/roster/"),
    "office_roster_ending": Address("/office/roster/", "td.act a"),
    "desk": Address("/desk/"),
    "desk_mine": Address("/desk/mine/"),
    "desk_ticket": Address("/desk/mine/", "tbody th a"),
    "desk_agents": Address("/desk/agents/"),
    "desk_phones": Address("/desk/phone-changes/"),
    "desk_phone": Address("/desk/phone-changes/", "td.act a"),
    "my_phone": Address("/me/account/phone/"),
    "phone_change": Address("/phone-change/"),
    "office_phone_changes": Address("/office/phone-changes/"),
    "office_phone_change": Address("/office/phone-changes/", "td.act a"),
    "desk_search": Address("/desk/search/"),
    "desk_look": Pressed("/desk/mine/", "tbody th a", button=LOOKING),
    "desk_look_fact": Pressed("/desk/mine/", "tbody th a", "a[href$='/fact/']", button=LOOKING),
    "desk_canned_answers": Address("/desk/answers/"),
    "desk_canned_new": Address("/desk/answers/new/"),
    "desk_canned_change": Address("/desk/answers/", ".canned a.button"),
    "desk_numbers": Address("/desk/numbers/"),
    "desk_trail": Address("/desk/trail/"),
    "office_doubts": Address("/office/doubts/"),
    "office_doubt": Address("/office/doubts/", "td.act a"),
    "office_holds": Address("/office/holds/"),
    "office_hold": Address("/office/holds/", "td.act a"),
    "my_hold": Address("/me/", ".hold a.button"),
    "not_found": Address("/nowhere/"),
}
