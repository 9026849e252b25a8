import type { Copy } from "./copies.ts";
import * as copies from "./copies.ts";
import { formToken } from "./form-token.ts";
import { type Outcome, post } from "./post.ts";
import { type Lease, readLease } from "./wire.ts";

/** Who watches, in which tab, and where leases and beats are asked for. */
export interface Desk {
  readonly owner: string;
  readonly player: () => string;
  readonly leasesUrl: string;
  readonly beatsUrl: string;
}

/** Read the desk from the attributes of the page's player element. */
export function deskOf(page: DOMStringMap, player: () => string): Desk {
  return {
    owner: page.owner ?? "",
    player,
    leasesUrl: page.leases ?? "/learning/leases/",
    beatsUrl: page.beats ?? "/learning/beats/",
  };
}

/** How asking for a lease ended. */
export type Granting =
  | { readonly kind: "lease"; readonly lease: Lease }
  | Exclude<Outcome, { kind: "answer" }>;

/**
 * Ask for a lease of one lesson; the session of this browser must be signed in. Where the lesson is
 * saved on this device its own files are shown, and without network its last lease goes on.
 */
export async function ask(desk: Desk, lesson: string): Promise<Granting> {
  const granting = await request(desk, lesson);
  const copy = navigator.serviceWorker?.controller ? await copies.find(desk.owner, lesson) : null;
  if (copy?.state !== "whole") return granting;
  if (granting.kind === "lease") return { kind: "lease", lease: await renew(copy, granting.lease) };
  const isFar = granting.kind === "away" || granting.kind === "busy";
  return isFar && copy.lease ? { kind: "lease", lease: copies.stead(copy, copy.lease) } : granting;
}

/** Keep the newer lease with the copy; a copy of an older video is shown no more. */
async function renew(copy: Copy, lease: Lease): Promise<Lease> {
  if (!lease.renditions.some(({ src }) => src === copy.rendition.src)) {
    await copies.change(copy.key, { state: "refused", why: "old" });
    return lease;
  }
  const { covered, positionMs } = lease;
  await copies.renew(copy, lease);
  return copies.stead({ ...copy, covered, positionMs }, lease);
}

/** Ask the server for a lease. */
export async function request(desk: Desk, lesson: string): Promise<Granting> {
  const headers = { "X-CSRFToken": formToken() };
  const outcome = await post(desk.leasesUrl, { lesson, player: desk.player() }, { headers });
  if (outcome.kind !== "answer") return outcome;
  try {
    return { kind: "lease", lease: readLease(outcome.body) };
  } catch {
    return { kind: "busy", retryAfterS: null };
  }
}
