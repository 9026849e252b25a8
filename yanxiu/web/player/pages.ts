import htmx from "htmx.org";

interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
}

htmx.config.history = "reload";
// A broken server's page never replaces what a person is reading; refusals (4xx) do show.
htmx.config.noSwap = [204, 304, 500, 502, 503, 504];

// Requests by attribute take the form token from the page, as forms carry it in a field.
document.addEventListener("htmx:config:request", (event) => {
  const { request } = (event as CustomEvent<{ ctx: { request: Request } }>).detail.ctx;
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  if (meta && request.method.toUpperCase() !== "GET") request.headers["X-CSRFToken"] = meta.content;
});
