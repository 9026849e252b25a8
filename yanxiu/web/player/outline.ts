import { draw, mark } from "./dom.ts";
import { hear, type Progress } from "./progress.ts";
import { WORDS } from "./words.ts";

type Shape = readonly [name: string, attributes: Readonly<Record<string, string>>];

const TRACK: Shape = ["circle", { class: "track", cx: "11", cy: "11", r: "9.5" }];
const DISC: Shape = ["circle", { class: "full", cx: "11", cy: "11", r: "10.5" }];
const TICK: Shape = ["path", { class: "tick", d: "m6.3 11.4 3.2 3.1 6-6.5" }];

const finished = new Set<string>();

/** Keep the outline's circles, and the parts of the page that show hours, up to date. */
export function follow(): void {
  hear((progress) => {
    const selector = `[data-lesson-state="${CSS.escape(progress.lesson)}"]`;
    for (const circle of document.querySelectorAll(selector)) paint(circle, progress);
    if (!progress.done || finished.has(progress.lesson)) return;
    finished.add(progress.lesson);
    const parts = document.querySelectorAll<HTMLElement>("[data-refresh]");
    for (const address of new Set(Array.from(parts, addressOf))) void refresh(address);
  });
}

/** Draw how much is seen, as the page draws it: an empty circle, a part, or a full one with a tick. */
function paint(circle: Element, { durationMs, missingMs, done }: Progress): void {
  const seen = Math.max(0, durationMs - missingMs) / Math.max(1, durationMs);
  // A begun lesson never shows nothing, and an unfinished one never shows all.
  const percent = seen > 0 ? Math.min(99, Math.max(1, Math.floor(seen * 100))) : 0;
  if (done) redraw(circle, "complete", WORDS.complete, [DISC, TICK]);
  else if (percent === 0) redraw(circle, "new", WORDS.fresh, [TRACK]);
  else redraw(circle, "begun", WORDS.begun(percent), [TRACK, share(percent)]);
}

function redraw(circle: Element, state: string, label: string, shapes: readonly Shape[]): void {
  mark(circle, "class", `state ${state}`);
  mark(circle, "aria-label", label);
  circle.replaceChildren(...shapes.map(([name, attributes]) => draw(name, attributes)));
}

function share(percent: number): Shape {
  const dashes = { pathLength: "100", "stroke-dasharray": `${percent} 100` };
  return ["circle", { class: "share", cx: "11", cy: "11", r: "3.25", ...dashes }];
}

function addressOf(part: HTMLElement): string {
  return part.dataset.refresh ?? "";
}

/** Replace the parts of the page that name this address by what it answers under the same ids. */
async function refresh(address: string): Promise<void> {
  const response = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!response.ok || response.redirected) return;
  const answered = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-refresh]")) {
    const fresh = addressOf(part) === address && answered.getElementById(part.id);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
}
