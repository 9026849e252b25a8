import type { Panel } from "./stage.ts";
import type { Watching } from "./watching.ts";
import { WORDS } from "./words.ts";

/** Choose what stands over the picture; null: nothing is in the way. */
export function panelOf(watching: Watching, signIn: string): Panel | null {
  const { session, isBroken, isUnplayable } = watching;
  const again = { label: WORDS.again, act: () => void watching.open(true) };
  const isReady = session.standing === "ready";
  if (isReady && isUnplayable) return { title: WORDS.unplayable };
  if (isReady && isBroken) return { title: WORDS.broken, why: WORDS.brokenWhy, ...again };
  const panels = {
    opening: null,
    ready: null,
    elsewhere: { ...again, title: WORDS.elsewhere, why: WORDS.elsewhereWhy, label: WORDS.here },
    signed_out: { title: WORDS.signedOut, label: WORDS.signIn, href: signIn },
    away: { title: WORDS.away, ...again },
    refused: { title: session.sentence || WORDS.broken, ...again },
  };
  return panels[session.standing];
}
