import { retryAfterS } from "./pacing.ts";
import { object } from "./wire.ts";

const PATIENCE_MS = 30_000;
const SIGN_IN_STATUSES: readonly number[] = [200, 401, 403];

/** How a request ended, in the words the player acts on. */
export type Outcome =
  | { readonly kind: "answer"; readonly body: unknown }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: "signed_out" }
  | { readonly kind: "busy"; readonly retryAfterS: number | null }
  | { readonly kind: "away" };

/** Post JSON and say how it ended; never throws, and gives up waiting after 30 seconds. */
export async function post(
  url: string,
  body: unknown,
  options: RequestInit = {},
): Promise<Outcome> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      method: "POST",
      signal: patience.signal,
      ...options,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...options.headers,
      },
      body: JSON.stringify(body),
    });
    return await outcome(response);
  } catch {
    return { kind: "away" };
  } finally {
    clearTimeout(timer);
  }
}

async function outcome(response: Response): Promise<Outcome> {
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    return {
      kind: "busy",
      retryAfterS: retryAfterS(response.headers.get("Retry-After"), Date.now()),
    };
  }
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  // A page instead of JSON is the sign-in page or the refusal of an outdated form token.
  const isPage = response.redirected || SIGN_IN_STATUSES.includes(response.status);
  if (!isJson) return isPage ? { kind: "signed_out" } : { kind: "busy", retryAfterS: null };
  const body: unknown = await response.json();
  return response.ok ? { kind: "answer", body } : refused(response.status, object(body));
}

function refused(status: number, body: Readonly<Record<string, unknown>>): Outcome {
  const code = typeof body.code === "string" ? body.code : "";
  const message = typeof body.message === "string" ? body.message : "";
  const isSignedOut = status === 401 && !code.startsWith("lease_");
  // A form token grows old when the session changes hands; signing in brings a new one.
  if (isSignedOut || code === "csrf") return { kind: "signed_out" };
  return { kind: "refused", status, code, message };
}
