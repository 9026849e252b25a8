"""Look at every page as every kind of person with axe-core, on phone and desk, light and dark."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.urls import URLPattern, get_resolver
from playwright.sync_api import Page

from tests.journeys import browsers, lessons, pages, ways
from tests.journeys.platform import Platform

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FINDINGS = """async () => {
  const found = await window.axe.run(document, { resultTypes: ["violations"] });
  return found.violations.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`);
}"""
TOO_WIDE_PX = "() => document.scrollingElement.scrollWidth - window.innerWidth"
# Answers for programs and parts of pages; the steps of signing in are gone through below.
NO_PAGES = {
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
    *("healthz", "readyz", "training_json", "my_training_json", "paper", "leases", "sign_out"),
    *("training_progress", "course_progress", "sign_in_code", "register", "second_factor"),
    *("second_factor_options", "my_passkey", "my_passkey_options", "my_recovery_codes"),
    *("office_verification_next", "correction_withdrawal", "office_correction_proof"),
    *("office_import_template", "office_import_refused", "office_import_columns"),
    *("office_import_confirmation", "office_import_cancellation"),
    # These are there once somebody has exported something: looked at on the way down the tree.
    *("office_export", "office_export_file", "office_certificate_archives"),
    *("desk_next", "desk_ticket_taking", "desk_ticket_release", "desk_ticket_handover"),
    *("desk_ticket_closing", "desk_ticket_merging", "desk_ticket_picture", "desk_agent_ending"),
    # The same form as the one that answers it.
    *("office_certificate_revocation", "office_certificate_readmission"),
}
STATUSES = {
    ("fresh", "office"): 403,
    ("visitor", "not_found"): 404,
    ("county", "not_found"): 404,
}
DARK = (
    *("home", "training", "course", "certificate", "information"),
    *("office", "office_verifications", "office_case", "office_batch"),
    *("office_training_node", "office_teacher"),
)

type Sessions = dict[str, dict[str, str]]


def test_every_page_is_looked_at() -> None:
    patterns = get_resolver().url_patterns
    names = {str(one.name) for one in patterns if isinstance(one, URLPattern)}
    assert names - NO_PAGES == set(pages.ADDRESSES) - pages.UNNAMED
    assert set(pages.ADDRESSES) == {name for seen in pages.SEEN.values() for name in seen}


def test_nothing_serious_stands_in_anyones_way(platform: Platform) -> None:
    sessions = sign_all_in(platform)
    findings: list[str] = []
    lessons.together(
        lambda: findings.extend(look(platform, sessions, "phone")),
        lambda: findings.extend(look(platform, sessions, "desk")),
    )
    assert findings == []


def sign_all_in(platform: Platform) -> Sessions:
    """Return the cookies of each kind of person; a visitor has none."""
    phones = {who: phone for who, phone in pages.PEOPLE.items() if phone}
    with ThreadPoolExecutor(2) as pool:
        return {"visitor": {}} | dict(
            zip(phones, pool.map(platform.session, phones.values()), strict=True)
        )


def look(platform: Platform, sessions: Sessions, kind: str) -> list[str]:
    """Return what is found on a phone or a desk, each with the page and who sees it."""
    with browsers.opened() as browser:
        seat = browsers.seat(browser, kind)
        # The pages' own policy forbids script tags from elsewhere.
        seat.add_init_script(path=AXE)
        page = seat.new_page()
        found = look_at_the_way_in(page, platform, kind)
        for who, names in pages.SEEN.items():
            seat.clear_cookies()
            ways.bring_cookies(seat, platform, sessions[who])
            for name in names:
                status = pages.ADDRESSES[name].open(page, platform)
                assert status == STATUSES.get((who, name), 200), (who, name)
                found += [f"{who} {name} {kind}: {one}" for one in findings(page)]
                if kind == "desk" and name in DARK:
                    found += [f"{who} {name} dark: {one}" for one in findings_in_the_dark(page)]
    return found


def look_at_the_way_in(page: Page, platform: Platform, kind: str) -> list[str]:
    """Return what is found on the pages for the code, the persona and the second factor."""
    phone = {"phone": "13911110021", "desk": "13911110022"}[kind]
    page.goto(f"{platform.address}/sign-in/")
    ways.ask_for_code(page, phone)
    found = [f"sign_in_code {kind}: {one}" for one in findings(page)]
    ways.give_code(page, platform, phone)
    page.wait_for_url("**/register/**")
    found += [f"register {kind}: {one}" for one in findings(page)]
    page.context.clear_cookies()
    officer = {"phone": "13800000013", "desk": "13800000014"}[kind]
    page.goto(f"{platform.address}/sign-in/?next=/office/")
    ways.ask_for_code(page, officer)
    page.get_by_label("验证码").fill(platform.code_for(officer))
    page.get_by_role("button", name="确认").click()
    page.wait_for_url("**/second-factor/**")
    found += [f"second_factor {kind}: {one}" for one in findings(page)]
    ways.give_second_factor(page)
    return found


def findings_in_the_dark(page: Page) -> list[str]:
    """Return what is found where the device asks for dark colours."""
    page.emulate_media(color_scheme="dark")
    found = findings(page)
    page.emulate_media(color_scheme="light")
    return found


def findings(page: Page) -> list[str]:
    """Return what stands in somebody's way on the open page, and whether it is too wide."""
    found: list[str] = page.evaluate(FINDINGS)
    too_wide_px = page.evaluate(TOO_WIDE_PX)
    return found + ([f"too wide by {too_wide_px} px"] if too_wide_px > 0 else [])
