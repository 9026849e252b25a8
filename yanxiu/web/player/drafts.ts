/** Keep what somebody writes as a draft, a moment after the last key and when the page is left. */

const PAUSE_MS = 3_000;

function keeper(form: HTMLFormElement): () => void {
  let last = "";
  return () => {
    const fields = new FormData(form);
    fields.delete("pictures");
    const text = String(fields.get("text") ?? "");
    if (text === last) return;
    last = text;
    fields.set("keep", "1");
    const sent = { method: "POST", body: fields, headers: { "X-Draft": "1" }, keepalive: true };
    fetch(form.action, sent)
      .then((answer) => {
        const said = form.querySelector<HTMLElement>("[data-kept]");
        if (said) said.hidden = !answer.ok;
      })
      .catch(() => {
        last = "";
      });
  };
}

const form = document.querySelector<HTMLFormElement>("form[data-draft]");
if (form) {
  const keep = keeper(form);
  let waiting = 0;
  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keep, PAUSE_MS);
  });
  const leave = () => {
    if (waiting) keep();
  };
  window.addEventListener("pagehide", leave);
  // What is sent is no draft any more.
  form.addEventListener("submit", () => {
    window.clearTimeout(waiting);
    waiting = 0;
    window.removeEventListener("pagehide", leave);
  });
}

export {};
