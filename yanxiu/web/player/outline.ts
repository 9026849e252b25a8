import { draw, mark } from "./dom.ts";
import { hear, type Progress } from "./progress.ts";
import { WORDS } from "./words.ts";

const finished = new Set<string>();

/** Keep the outline's circles, and the parts of the page that show hours, up to date. */
export function follow(): void {
  hear((progress) => {
    const selector = `[data-lesson-state="${CSS.escape(progress.lesson)}"]`;
    for (const circle of document.querySelectorAll(selector)) paint(circle, progress);
    if (!progress.done || finished.has(progress.lesson)) return;
    finished.add(progress.lesson);
    for (const part of document.querySelectorAll<HTMLElement>("[data-refresh]")) void refresh(part);
  });
}

/** Draw how much is seen: an empty circle, a part of it, or a full one with a tick. */
function paint(circle: Element, { durationMs, missingMs, done }: Progress): void {
  const seen = Math.max(0, durationMs - missingMs) / Math.max(1, durationMs);
  // A begun lesson never shows nothing, and an unfinished one never shows all.
  const percent = seen > 0 ? Math.min(99, Math.max(1, Math.floor(seen * 100))) : 0;
  mark(
    circle,
    "aria-label",
    done ? WORDS.complete : percent > 0 ? WORDS.begun(percent) : WORDS.fresh,
  );
  circle.replaceChildren(...(done ? full() : part(percent)));
}

function full(): SVGElement[] {
  const tick = { d: "m6 11.5 3.4 3.2L16 8", fill: "none", stroke: "#fff", "stroke-width": "2" };
  return [
    draw("circle", { cx: "11", cy: "11", r: "10", fill: "var(--azurite)" }),
    draw("path", tick),
  ];
}

function part(percent: number): SVGElement[] {
  const ring = { cx: "11", cy: "11", r: "9", fill: "none", "stroke-width": "3" };
  const seen = {
    pathLength: "100",
    "stroke-dasharray": `${percent} 100`,
    transform: "rotate(-90 11 11)",
  };
  const rail = draw("circle", { ...ring, stroke: "var(--line)" });
  if (percent === 0) return [rail];
  return [rail, draw("circle", { ...ring, ...seen, stroke: "var(--azurite)" })];
}

/** Replace a part of the page by what its address answers under the same id. */
async function refresh(part: HTMLElement): Promise<void> {
  const response = await fetch(part.dataset.refresh ?? "", { headers: { "HX-Request": "true" } });
  if (!response.ok || response.redirected) return;
  const answered = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = answered.getElementById(part.id);
  if (fresh) part.replaceWith(document.adoptNode(fresh));
}
