import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { send } from "../beat.ts";
import { Rhythm } from "../pacing.ts";

const BEAT = { lease: "sealed", spans: [], position_ms: 0 } as const;

/** Have a server that answers everything with this status, these headers and this text. */
async function answering(
  status: number,
  headers: Record<string, string>,
  text: string,
  then: (url: string) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(text);
  });
  await new Promise<void>((begun) => server.listen(0, "127.0.0.1", begun));
  const { port } = server.address() as AddressInfo;
  try {
    await then(`http://127.0.0.1:${port}/learning/beats/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("an overloaded server is asked again when it said, and not before", async () => {
  const refused = JSON.stringify({ code: "busy", message: "…", trace: "x" });
  await answering(503, { "Retry-After": "9" }, refused, async (url) => {
    const reply = await send(url, BEAT, false);
    assert.deepEqual(reply, { kind: "busy", retryAfterS: 9 });
    assert.ok(reply.kind === "busy");
    const rhythm = new Rhythm();
    assert.ok(rhythm.fail(0, reply.retryAfterS) >= 9_000);
    assert.ok(rhythm.holdMs(8_999) > 0);
  });
});

test("a longer rhythm is kept from the next beat on", async () => {
  const answer = { lease: "active", covered: [], missing_ms: 9, done: false, refused: [] };
  const text = JSON.stringify({ ...answer, beat_every_s: 120 });
  await answering(200, {}, text, async (url) => {
    const reply = await send(url, BEAT, false);
    assert.ok(reply.kind === "answer");
    const rhythm = new Rhythm();
    rhythm.isPlaying = true;
    rhythm.forgive(reply.answer.beatEveryS);
    assert.ok((rhythm.nextMs(0, null) ?? 0) >= 96_000);
  });
});

test("who is not answered at all is away", async () => {
  assert.deepEqual(await send("http://127.0.0.1:1/", BEAT, false), { kind: "away" });
});
