import assert from "node:assert/strict";
import { test } from "node:test";
import { beatMs, Rhythm, retryAfterS, retryMs } from "../pacing.ts";

const NEVER_MS = Number.POSITIVE_INFINITY;

test("beats are spread by a fifth either way", () => {
  assert.equal(
    beatMs(30, () => 0),
    24_000,
  );
  assert.equal(
    beatMs(30, () => 1),
    36_000,
  );
});

test("every failure doubles the wait, up to two minutes", () => {
  const waits = [1, 2, 3, 20].map((failures) => retryMs(failures, null, () => 1));
  assert.deepEqual(waits, [2_000, 4_000, 8_000, 120_000]);
  assert.equal(
    retryMs(1, null, () => 0),
    1_000,
  );
});

test("a retry never comes sooner than the server asked", () => {
  assert.equal(
    retryMs(1, 30, () => 0),
    30_000,
  );
  assert.equal(
    retryMs(1, 30, () => 1),
    36_000,
  );
});

test("Retry-After is read as seconds and as a date", () => {
  assert.equal(retryAfterS("7", 0), 7);
  assert.equal(retryAfterS("Thu, 01 Jan 1970 00:01:00 GMT", 0), 60);
  assert.equal(retryAfterS("Thu, 01 Jan 1970 00:01:00 GMT", 90_000), 0);
  assert.equal(retryAfterS("soon", 0), null);
  assert.equal(retryAfterS(null, 0), null);
});

test("after a failure nothing goes out until the wait is over", () => {
  const rhythm = new Rhythm();
  const waitMs = rhythm.fail(1_000, 10);
  assert.ok(waitMs >= 10_000);
  assert.equal(rhythm.holdMs(1_000), waitMs);
  assert.equal(rhythm.holdMs(1_000 + waitMs), 0);
  rhythm.forgive(60);
  assert.equal(rhythm.holdMs(1_000), 0);
  assert.equal(rhythm.everyS, 60);
});

test("a page that wakes up forgets its own failures, not what an overloaded server asked for", () => {
  const rhythm = new Rhythm();
  rhythm.fail(0, null);
  rhythm.wake();
  assert.equal(rhythm.holdMs(0), 0);
  const waitMs = rhythm.fail(0, 12);
  rhythm.wake();
  assert.equal(rhythm.holdMs(0), waitMs);
  assert.ok(waitMs >= 12_000);
  assert.equal(rhythm.holdMs(waitMs), 0);
  rhythm.forgive(45);
  assert.equal(rhythm.holdMs(0), 0);
});

test("an expired lease is renewed at once, but only the first time", () => {
  const rhythm = new Rhythm();
  assert.equal(rhythm.fail(0, null, true), 0);
  assert.ok(rhythm.fail(0, null, true) > 0);
});

test("a paused lesson reports until nothing is left", () => {
  const rhythm = new Rhythm();
  assert.equal(rhythm.nextMs(1, null), 1_000);
  assert.equal(rhythm.nextMs(0, 12_000), 12_000);
  assert.equal(rhythm.nextMs(0, null), null);
});

test("a playing lesson keeps the server's beat, sooner for what rests or waits in loads", () => {
  const rhythm = new Rhythm();
  rhythm.isPlaying = true;
  assert.ok((rhythm.nextMs(1, null) ?? NEVER_MS) >= 24_000);
  assert.equal(rhythm.nextMs(0, 3_000), 3_000);
  assert.equal(rhythm.nextMs(2, null), 1_000);
});
