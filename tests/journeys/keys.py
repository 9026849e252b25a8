"""Move by the keyboard alone, and see at every step where the focus is."""

from playwright.sync_api import Locator, Page

# Further than this nobody tabs on one page; the first stop of each leads past what frames it.
MOST = 90
# Seen is: a ring on it, on what stands for it beside it, or on what lies over it; in the window,
# and under nothing that hides it whole. Source: WCAG 2.2, 2.4.7 and 2.4.11.
SEEN = """() => {
  const one = document.activeElement;
  // Between the last stop and the first the focus is in the browser's own frame.
  if (one === document.body) return "";
  const rings = [getComputedStyle(one), getComputedStyle(one, "::after")];
  const edge = one.parentElement.querySelector(":scope > .choice-edge");
  if (edge) rings.push(getComputedStyle(edge));
  const hasRing = rings.some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  const box = one.getBoundingClientRect();
  const spots = [0.1, 0.5, 0.9].flatMap(x => [0.2, 0.5, 0.8].map(y =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
  const isMine = spot => spot && (one.contains(spot) || spot.contains(one) && spot !== document.body
    || [...(one.labels ?? [])].some(label => label.contains(spot)));
  const told = `${one.outerHTML.slice(0, 120)}`;
  if (!hasRing) return `no ring: ${told}`;
  return spots.some(isMine) ? "" : `hidden: ${told}`;
}"""


def come_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there; wherever it stops on the way, it is seen."""
    for _ in range(MOST):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        unseen = page.evaluate(SEEN)
        assert not unseen, unseen
    raise AssertionError(f"out of reach: {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Come there and press a key."""
    come_to(page, target)
    page.keyboard.press(key)


def write(page: Page, target: Locator, text: str) -> None:
    """Come there and type."""
    come_to(page, target)
    page.keyboard.type(text)


def skip(page: Page) -> None:
    """Go past what frames the page, by its first stop."""
    press(page, page.locator("a.skip"))
