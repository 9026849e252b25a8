import type { Copy } from "./copies.ts";
import * as copies from "./copies.ts";
import * as files from "./course-files.ts";
import * as device from "./device.ts";
import { make, write } from "./dom.ts";
import type { Keeper } from "./keeper.ts";
import * as room from "./room.ts";
import { SaveRow } from "./save-row.ts";
import { hours, SAVED_WORDS as WORDS } from "./saved-words.ts";

const SPARING_HEIGHT = 540;

/** Offers to save the lesson that is open, or its whole course, and shows how far that is. */
export class SaveCard {
  readonly #said = make("p", { role: "status" });
  readonly #saving = make("div", { class: "stack" });
  readonly #rows = new Map<string, SaveRow>();
  #course: files.CourseFiles | null = null;
  #height = 0;
  #isWhole = false;

  constructor(
    readonly host: HTMLElement,
    readonly owner: string,
    readonly keeper: Keeper,
  ) {}

  /** Show what is saved already; ask the server only when somebody looks. */
  start(): void {
    const fold = this.host.closest("details");
    fold?.addEventListener("toggle", () => {
      if (fold.open && !this.#course) void this.#open();
    });
    if (fold?.open) void this.#open();
    copies.hear(() => void this.refresh());
    void this.refresh();
  }

  /** Show how far saving is. */
  async refresh(): Promise<void> {
    const mine = await copies.find(this.owner, this.host.dataset.lesson ?? "");
    const state = this.host.closest("details")?.querySelector("[data-state]");
    if (state && mine) write(state, SaveRow.words(mine));
    const shown = this.#course ? this.#chosen(this.#course).map(({ id }) => id) : [];
    const all = await copies.of(this.owner);
    for (const copy of all.filter(({ lesson }) => shown.includes(lesson))) this.#show(copy);
  }

  #show(copy: Copy): void {
    const shown = this.#rows.get(copy.key);
    const row = shown ?? new SaveRow(copy, this.keeper);
    this.#rows.set(copy.key, row);
    row.paint(copy);
    if (!shown) this.#saving.append(row.element);
  }

  async #open(): Promise<void> {
    this.host.replaceChildren(this.#said);
    if (!room.isFit()) return write(this.#said, WORDS.unfit);
    write(this.#said, WORDS.reading);
    const course = await files.read(this.host.dataset.files ?? "");
    if (typeof course === "string") return this.#refuse(course);
    this.#course = course;
    this.#height = fitting(files.heights(course.lessons));
    await this.#paint();
  }

  #refuse(failure: files.Failure): void {
    const words = { away: WORDS.away, signed_out: WORDS.signedOut, refused: WORDS.refused };
    write(this.#said, words[failure]);
  }

  #chosen(course: files.CourseFiles): readonly files.LessonFiles[] {
    const { lesson } = this.host.dataset;
    return this.#isWhole ? course.lessons : course.lessons.filter(({ id }) => id === lesson);
  }

  async #paint(): Promise<void> {
    const course = this.#course;
    if (!course) return;
    const lessons = this.#chosen(course);
    const bytes = files.weight(lessons, this.#height);
    const button = make("button", { type: "button", class: "button" }, WORDS.save(bytes));
    button.addEventListener("click", () => void this.#save(course, lessons, bytes));
    const free = await room.free();
    write(this.#said, Number.isFinite(free) ? WORDS.free(free) : "");
    const allowance = hours(course.offline_allowance_s);
    const [closes, late] = [Date.parse(course.closes_at), Date.parse(course.late_until)];
    this.host.replaceChildren(
      this.#scopes(course),
      this.#renditions(lessons),
      make("p", { class: "row" }, button, this.#said),
      make("p", { class: "small soft" }, WORDS.wifi),
      make("p", { class: "small soft" }, WORDS.counting(allowance, closes, late)),
      this.#saving,
      make("p", {}, make("a", { class: "lone", href: "/app/saved/" }, WORDS.list)),
    );
  }

  #scopes(course: files.CourseFiles): HTMLElement {
    const one = course.lessons.find(({ id }) => id === this.host.dataset.lesson);
    const choices: [string, string][] = [
      ["one", WORDS.one(one?.title ?? "")],
      ["all", WORDS.all(course.lessons.length)],
    ];
    const taken = this.#isWhole ? "all" : "one";
    return choice(WORDS.scope, "save-scope", choices, taken, (value) => {
      this.#isWhole = value === "all";
      void this.#paint().then(() => this.refresh());
    });
  }

  #renditions(lessons: readonly files.LessonFiles[]): HTMLElement {
    const choices = files
      .heights(lessons)
      .map((height): [string, string] => [
        String(height),
        WORDS.lines(height, files.weight(lessons, height)),
      ]);
    return choice(WORDS.rendition, "save-height", choices, String(this.#height), (value) => {
      this.#height = Number(value);
      void this.#paint();
    });
  }

  async #save(
    course: files.CourseFiles,
    lessons: readonly files.LessonFiles[],
    bytes: number,
  ): Promise<void> {
    const missing = bytes - (await room.free());
    if (missing > 0) return write(this.#said, WORDS.tooLarge(missing));
    void room.hold();
    for (const lesson of lessons) await this.#add(course, lesson);
    device.saving(true);
    await this.refresh();
    this.host.querySelector<HTMLElement>(".saving button")?.focus();
    void this.keeper.start();
  }

  /** Put a lesson in line, unless it is here already as it is wanted. */
  async #add(course: files.CourseFiles, lesson: files.LessonFiles): Promise<void> {
    const wanted = files.begun(this.owner, course, lesson, this.#height, Date.now());
    const kept = await copies.find(this.owner, lesson.id);
    const isSame = kept?.rendition.src === wanted?.rendition.src;
    if (!wanted || (kept && isSame && kept.state === "whole")) return;
    if (kept && !isSame) await this.keeper.remove(kept);
    await copies.put(wanted);
  }
}

/** Choose the sparing height, or the smallest there is. */
function fitting(heights: readonly number[]): number {
  return heights.find((height) => height <= SPARING_HEIGHT) ?? heights[heights.length - 1] ?? 0;
}

function choice(
  legend: string,
  name: string,
  choices: readonly (readonly [value: string, words: string])[],
  taken: string,
  take: (value: string) => void,
): HTMLElement {
  const options = choices.map(([value, words]) => {
    const input = make("input", { type: "radio", name, value });
    input.checked = value === taken;
    input.addEventListener("change", () => take(value));
    return make("label", {}, input, make("span", {}, words));
  });
  return make("fieldset", { class: "save-choice" }, make("legend", {}, legend), ...options);
}
