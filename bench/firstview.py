"""Print what the first view of each page transfers and how long it takes on a poor network.

`python -m bench.firstview [ADDRESS]`: Chromium at 390 px, nothing in its caches, 400 kbit/s and 400
ms; bytes as they come over the line, without films. The references are what the platform promises.
"""

from playwright.sync_api import Browser, Page

from bench import visits
from tests.journeys import browsers, first_views, ways
from tests.journeys.platform import Platform

MOST_MS = 2_500
PAINTED = """() => new Promise(told => {
  const paints = { first: 0, largest: 0 };
  const see = (type, name) => new PerformanceObserver(seen => {
    for (const one of seen.getEntries()) if (name !== "first" || one.name.startsWith("first-c"))
      paints[name] = one.startTime;
  }).observe({ type, buffered: true });
  see("paint", "first");
  see("largest-contentful-paint", "largest");
  setTimeout(() => told([paints.first, paints.largest]), 500);
})"""


def main() -> None:
    """Measure every page in a browser that has never been here; exit with 1 if one is too slow."""
    slowest_ms = heaviest = 0
    promised = f"(promised: {first_views.MOST_BYTES // 1024} KB, {MOST_MS} ms)"
    print(
        f"{'page':30}{'KB':>8}{'with pictures':>16}{'first paint':>14}{'largest':>10}  {promised}"
    )
    with visits.platform() as platform, browsers.opened() as browser:
        cookies = platform.session(visits.TEACHER)
        for visit in visits.every(platform):
            page = _seat(browser, platform, cookies if visit.is_hers else {})
            book = first_views.count_bytes(page)
            _slow_down(page)
            page.goto(f"{platform.address}{visit.path}", wait_until="networkidle")
            first_ms, largest_ms = page.evaluate(PAINTED)
            needed, all_of_it = first_views.needed(book), sum(book.values())
            print(
                f"{visit.name:30}{needed / 1024:8.1f}{all_of_it / 1024:16.1f}"
                f"{first_ms:11.0f} ms{largest_ms:7.0f} ms"
            )
            slowest_ms, heaviest = max(slowest_ms, largest_ms), max(heaviest, needed)
            page.context.close()
    raise SystemExit(slowest_ms > MOST_MS or heaviest > first_views.MOST_BYTES)


def _seat(browser: Browser, platform: Platform, cookies: dict[str, str]) -> Page:
    seat = browsers.seat(browser, "phone", is_installed=True)
    ways.bring_cookies(seat, platform, cookies)
    return seat.new_page()


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"offline": False, "latency": 400, "downloadThroughput": 50_000}
    session.send("Network.emulateNetworkConditions", speed | {"uploadThroughput": 50_000})


if __name__ == "__main__":
    main()
