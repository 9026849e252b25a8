"""Look at every page as every kind of person: with axe-core, in the light on a desk and in the dark
as narrow as a phone, with everything unfolded and the menus open; and with a ruler at five widths.

A page is opened once and looked at in all ways: what it looks like follows from its width and its
light alone (`test_nothing_but_width_and_light_changes_a_page`)."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.urls import URLPattern, get_resolver
from playwright.sync_api import Page

from tests.journeys import browsers, lessons, measures, pages, ways
from tests.journeys.platform import Platform

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STYLES = ROOT / "yanxiu" / "web" / "static" / "css"
# What our style sheets ask of a device. A pointer that hovers shows more only while it does, and
# what a finger has no use for is not there on a narrow page either.
ASKED_OF_MEDIA = {
    *("min-width", "max-width", "prefers-color-scheme", "prefers-reduced-motion"),
    *("forced-colors", "hover", "scripting"),
}
# Nobody else of the stories asks for codes for these numbers.
NEWCOMER, OFFICER = "13911110021", "13800000014"
# What is folded away is unfolded; menus, which lie over the page, are looked at by themselves.
MENUS = ".menu, .office-menu"
FINDINGS = f"""async () => {{
  const words = found => found.violations
    .map(one => `${{one.id}}: ${{one.nodes.map(node => node.html.slice(0, 120)).join(" | ")}}`);
  // What sheets say of lying and standing devices is no rule of ours: see ASKED_OF_MEDIA.
  const asked = {{ resultTypes: ["violations"], preload: {{ assets: ["media"] }} }};
  const look = at => window.axe.run(at, asked).then(words);
  const unfold = (which, open) => document.querySelectorAll(which)
    .forEach(each => each.toggleAttribute("open", open));
  unfold("details:not({MENUS})", true);
  const found = await look(document);
  unfold("{MENUS}", true);
  const menus = [...document.querySelectorAll("{MENUS}")].filter(each => each.checkVisibility());
  if (menus.length) found.push(...await look({{ include: menus }}));
  unfold("{MENUS}", false);
  return found;
}}"""
# Answers for programs and parts of pages; the steps of signing in are gone through below.
NO_PAGES = {
    # There once a code was typed, or a student chosen.
    *("student_register", "office_student_codes", "office_students_ending"),
    *("my_kinship_confirmation", "my_kinship_ending", "office_kinship"),
    *("notices_worker", "my_browsers", "my_browser_ending"),
    *("my_ticket_closing", "my_ticket_picture"),
    *(
        "app_icon",
        "app_manifest",
        "app_worker",
        "course_files",
    ),
    *(
        "my_data_file",
        "my_missing_withdrawal",
        "my_showing_ending",
    ),
    *("office_officer_ending", "office_officer_deputies", "office_officer_factor_reset"),
    # What links in messages lead to, and a step of the way in.
    "desk_phone_picture",
    *("phone_change_way", "phone_change_stop", "phone_change_picture", "second_proof"),
    *("sign_in_passkey", "sign_in_passkey_options"),
    *("healthz", "readyz", "training_json", "my_training_json", "paper", "leases", "sign_out"),
    *("lesson_question", "lesson_question_time", "lesson_answer"),
    *("language", "robots"),
    *("training_progress", "course_progress", "sign_in_code", "register", "second_factor"),
    *("second_factor_options", "my_passkey", "my_passkey_options", "my_recovery_codes"),
    *("office_verification_next", "correction_withdrawal", "office_correction_proof"),
    *("office_import_template", "office_import_refused", "office_import_columns"),
    *("office_import_confirmation", "office_import_cancellation"),
    # These are there once somebody has exported something: looked at on the way down the tree.
    *("office_export", "office_export_file", "office_certificate_archives"),
    *("desk_next", "desk_ticket_taking", "desk_ticket_release", "desk_ticket_handover"),
    *("desk_ticket_closing", "desk_ticket_merging", "desk_ticket_picture", "desk_agent_ending"),
    *("desk_ticket_looking", "desk_canned_ending"),
    # The same form as the one that answers it.
    *("office_certificate_revocation", "office_certificate_readmission"),
}
STATUSES = {
    ("fresh", "office"): 403,
    ("visitor", "not_found"): 404,
    ("county", "not_found"): 404,
}

type Sessions = dict[str, dict[str, str]]


def test_every_page_is_looked_at() -> None:
    patterns = get_resolver().url_patterns
    names = {str(one.name) for one in patterns if isinstance(one, URLPattern)}
    assert names - NO_PAGES == set(pages.ADDRESSES) - pages.UNNAMED
    assert set(pages.ADDRESSES) == {name for seen in pages.SEEN.values() for name in seen}


def test_nothing_but_width_and_light_changes_a_page() -> None:
    asked = {
        question
        for sheet in STYLES.glob("*.css")
        for media in re.findall(r"@media [^{]+", sheet.read_text())
        for question in re.findall(r"\(([a-z-]+)", media)
    }
    assert asked <= ASKED_OF_MEDIA


def test_nothing_stands_in_anyones_way(platform: Platform) -> None:
    sessions = {
        who: platform.session(phone) if phone else {} for who, phone in pages.PEOPLE.items()
    }
    findings: list[str] = []
    everybody = [*pages.SEEN]
    lessons.together(
        lambda: findings.extend(look(platform, sessions, everybody[::2])),
        lambda: findings.extend(look(platform, sessions, everybody[1::2])),
        lambda: findings.extend(look_at_the_way_in(platform)),
    )
    assert findings == []


def look(platform: Platform, sessions: Sessions, people: Sequence[str]) -> list[str]:
    """Return what is found on the pages of these people, each with the page and who sees it."""
    found = []
    with seated() as page:
        for who in people:
            page.context.clear_cookies()
            ways.bring_cookies(page.context, platform, sessions[who])
            for name in pages.SEEN[who]:
                status = pages.ADDRESSES[name].open(page, platform)
                assert status == STATUSES.get((who, name), 200), (who, name)
                found += [f"{who} {name} {one}" for one in findings(page)]
    return found


def look_at_the_way_in(platform: Platform) -> list[str]:
    """Return what is found on the pages for the code, the persona and the second factor."""
    with seated() as page:
        page.goto(f"{platform.address}/sign-in/")
        ways.ask_for_code(page, NEWCOMER)
        found = [f"sign_in_code {one}" for one in findings(page)]
        ways.give_code(page, platform, NEWCOMER)
        page.wait_for_url("**/register/**")
        found += [f"register {one}" for one in findings(page)]
        page.context.clear_cookies()
        page.goto(f"{platform.address}/sign-in/?next=/office/")
        ways.ask_for_code(page, OFFICER)
        page.get_by_label("验证码").fill(platform.code_for(OFFICER))
        page.get_by_role("button", name="确认").click()
        page.wait_for_url("**/second-factor/**")
        found += [f"second_factor {one}" for one in findings(page)]
        ways.give_second_factor(page)
        return found


@contextmanager
def seated() -> Iterator[Page]:
    """Give a page at a desk, with axe-core in whatever it opens."""
    with browsers.opened() as browser:
        seat = browsers.seat(browser, "desk")
        # The pages' own policy forbids script tags from elsewhere.
        seat.add_init_script(path=AXE)
        yield seat.new_page()


def findings(page: Page) -> list[str]:
    """Return what stands in somebody's way on the open page, in each light and at every width."""
    found = [f"desk: {one}" for one in in_the_way(page)] + measures.at_every_width(page)
    before = page.viewport_size
    assert before
    # Without motion: nothing is looked at on its way from one colour to another.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": measures.PHONE_PX, "height": measures.HEIGHT_PX})
    found += [f"phone: {one}" for one in in_the_way(page)]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(before)
    return found


def in_the_way(page: Page) -> list[str]:
    """Return what axe-core finds on the open page as it is shown now."""
    found: list[str] = page.evaluate(FINDINGS)
    return found
