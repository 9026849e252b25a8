"""Measure an open page as eyes and thumbs do: too wide, too small to read, too small to hit."""

from playwright.sync_api import Page

# A small phone, a phone, a tablet, a desk, a wide desk.
WIDTHS_PX = (360, 390, 768, 1280, 1920)
PHONE_PX = 390
HEIGHT_PX = 844
# Sources: WCAG 2.2, 2.5.8 (24 px) and 2.5.5 (44 px); docs/design.md.
MEASURE = """isPhone => {
  const found = [];
  const say = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 110)}`);
  const shown = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !node.closest(".seen-by-ear, .skip, svg");
  const wide = document.scrollingElement.scrollWidth - window.innerWidth;
  if (wide > 0) found.push(`too wide by ${wide} px`);
  const heads = document.querySelectorAll("h1").length;
  if (heads !== 1) found.push(`${heads} headings of the first rank`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || small.has(node) || !shown(node)) continue;
    if (parseFloat(getComputedStyle(node).fontSize) >= 12) continue;
    small.add(node);
    say("too small", node);
  }
  if (!isPhone) return found;
  const reach = node => {
    const labels = node.matches("[type=radio], [type=checkbox]") ? node.labels : [];
    return [node, ...labels].map(one => one.getBoundingClientRect());
  };
  // Beside words of a sentence a link is as high as its line; alone it is a target like any other.
  const isInLine = node => getComputedStyle(node).display === "inline"
    && node.parentElement.innerText.trim() !== node.innerText.trim();
  const targets = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const node of document.querySelectorAll(targets)) {
    if (node.disabled || !shown(node)) continue;
    const least = isInLine(node) ? 24 : 44;
    const after = getComputedStyle(node, "::after");
    if (after.position === "absolute" && after.content !== "none") continue;
    const fits = reach(node).some(box => Math.round(box.height) >= least
      && (isInLine(node) || Math.round(box.width) >= least));
    if (!fits) {
      const box = node.getBoundingClientRect();
      say(`${Math.round(box.width)} × ${Math.round(box.height)} px to hit`, node);
    }
  }
  return found;
}"""


def at_every_width(page: Page) -> list[str]:
    """Return what is wrong with the size of something on the open page, with the width."""
    before = page.viewport_size
    found = []
    for width_px in WIDTHS_PX:
        page.set_viewport_size({"width": width_px, "height": HEIGHT_PX})
        measured: list[str] = page.evaluate(MEASURE, width_px <= PHONE_PX)
        found += [f"{width_px}: {one}" for one in measured]
    if before:
        page.set_viewport_size(before)
    return found
