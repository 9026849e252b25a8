import { send } from "./beat.ts";
import type { Spans } from "./spans.ts";
import * as store from "./store.ts";
import * as turns from "./turns.ts";
import { Vault } from "./vault.ts";

const BEATS = "/learning/beats/";

/**
 * Report all that waits on this device and has a lease, whoever is signed in: a lease credits its
 * owner only. Answers false when the server could not be reached.
 */
export async function deliver(): Promise<boolean> {
  let isReached = true;
  for (const row of await store.all()) {
    if (row.lease === null) continue;
    const name = `yanxiu/${row.owner}/${row.lesson}`;
    // A page that is open may be reporting this lesson now; then it is in good hands.
    await turns.take(name, async () => {
      isReached = (await report(row)) && isReached;
      return null;
    });
  }
  return isReached;
}

async function report(row: store.Unsent): Promise<boolean> {
  const vault = new Vault(row.owner, row.lesson);
  await vault.recall();
  for (const load of vault.loads()) {
    if (!(await carry(vault, load))) return false;
  }
  return true;
}

async function carry(vault: Vault, spans: Spans): Promise<boolean> {
  const { lease, positionMs } = vault;
  if (lease === null) return true;
  const reply = await send(BEATS, { lease, spans, position_ms: positionMs }, false);
  if (reply.kind === "answer") await vault.settle(spans, reply.answer);
  // A lease that opens nothing any more is for a page to renew, which has a session.
  return reply.kind === "answer" || reply.kind === "refused";
}
