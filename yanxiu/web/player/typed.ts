/** Keep what is typed on a page while the page changes its language. */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const KEPT = "typed";
/** What a browser gives to nobody, and what is nobody's to keep. */
const SECRET = new Set(["hidden", "password", "file", "submit", "button"]);

function fields(): Field[] {
  const found = document.querySelectorAll<Field>("main :is(input, textarea, select)");
  return [...found].filter((field) => field.name && !SECRET.has(field.type));
}

function isTicked(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

function here(): string {
  return location.pathname + location.search;
}

function keep(): void {
  const typed = fields().map((field) => (isTicked(field) ? field.checked : field.value));
  sessionStorage.setItem(KEPT, JSON.stringify({ page: here(), typed }));
}

function restore(): void {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  const found = fields();
  // Another page, or the same with other fields: nothing is where it was.
  if (kept?.page !== here() || kept.typed.length !== found.length) return;
  found.forEach((field, place) => {
    if (isTicked(field)) field.checked = kept.typed[place];
    else field.value = kept.typed[place];
  });
}

/** Let the switch of languages take along what is typed; a browser may forbid to keep it. */
export function followLanguage(): void {
  try {
    restore();
  } catch {
    return;
  }
  for (const form of document.querySelectorAll("form[data-language]"))
    form.addEventListener("submit", keep);
}
