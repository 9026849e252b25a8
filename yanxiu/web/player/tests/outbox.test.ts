import assert from "node:assert/strict";
import { test } from "node:test";
import * as outbox from "../outbox.ts";
import type { Span, Spans } from "../spans.ts";

const NOW_MS = 5_000;

function holding(spans: Spans): outbox.Outbox {
  return outbox.add(outbox.EMPTY, spans);
}

function tooFast(span: Span, againAfterS: number | null): outbox.Refusal {
  return { span, reason: "faster_than_time", againAfterS };
}

test("only what an answer covers leaves the outbox", () => {
  const left = outbox.settle(
    holding([[0, 9_000]]),
    [],
    { covered: [[0, 4_000]], refused: [] },
    NOW_MS,
  );
  assert.deepEqual(left.pending, [[4_000, 9_000]]);
});

test("what was watched while a beat was under way stays", () => {
  const sent: Spans = [[0, 4_000]];
  const watched = outbox.add(holding(sent), [[4_000, 6_000]]);
  const left = outbox.settle(watched, sent, { covered: sent, refused: [] }, NOW_MS);
  assert.deepEqual(outbox.due(left, NOW_MS), [[4_000, 6_000]]);
});

test("a stretch that was too fast rests and is offered again", () => {
  const refused = [tooFast([4_000, 9_000], 12)];
  const sent: Spans = [[0, 9_000]];
  const left = outbox.settle(holding(sent), sent, { covered: [[0, 4_000]], refused }, NOW_MS);
  assert.deepEqual(outbox.due(left, NOW_MS), []);
  assert.deepEqual(outbox.resting(left, NOW_MS), [[4_000, 9_000]]);
  assert.equal(outbox.restMs(left, NOW_MS), 12_000);
  assert.deepEqual(outbox.due(left, NOW_MS + 12_000), [[4_000, 9_000]]);
  assert.equal(outbox.restMs(left, NOW_MS + 12_000), null);
});

test("new watching does not wait for what rests", () => {
  const sent: Spans = [[0, 9_000]];
  const verdict = { covered: [], refused: [tooFast([0, 9_000], 12)] };
  const left = outbox.add(outbox.settle(holding(sent), sent, verdict, NOW_MS), [[20_000, 21_000]]);
  assert.deepEqual(outbox.due(left, NOW_MS), [[20_000, 21_000]]);
});

test("a final refusal leaves the outbox, except what is covered anyway", () => {
  const verdict = { covered: [[0, 2_000]] as Spans, refused: [tooFast([0, 9_000], null)] };
  const left = outbox.settle(holding([[0, 10_000]]), [[0, 9_000]], verdict, NOW_MS);
  assert.deepEqual(left.pending, [[9_000, 10_000]]);
  assert.deepEqual(outbox.final(verdict), [[2_000, 9_000]]);
});

test("a stretch the answer does not mention is kept and rests for a minute", () => {
  const sent: Spans = [[0, 9_000]];
  const left = outbox.settle(holding(sent), sent, { covered: [], refused: [] }, NOW_MS);
  assert.deepEqual(left.pending, sent);
  assert.deepEqual(outbox.due(left, NOW_MS), []);
  assert.deepEqual(outbox.due(left, NOW_MS + 60_000), sent);
});

test("a lost answer changes nothing: the same beat again settles the same", () => {
  const sent: Spans = [[0, 9_000]];
  const verdict = { covered: sent, refused: [] };
  const once = outbox.settle(holding(sent), sent, verdict, NOW_MS);
  assert.deepEqual(outbox.settle(once, sent, verdict, NOW_MS), once);
  assert.deepEqual(once.pending, []);
});

test("a load holds at most 200 stretches and stays far under 16 KiB", () => {
  const spans = Array.from(
    { length: 450 },
    (_, at): Span => [at * 20_000_000, at * 20_000_000 + 19_999_999],
  );
  const loads = outbox.loads(spans);
  assert.deepEqual(
    loads.map((load) => load.length),
    [200, 200, 50],
  );
  assert.deepEqual(loads.flat(), spans);
  assert.ok(JSON.stringify(loads[1]).length < 8_192);
});

test("what the end of the window refuses is offered once more, for the end may have moved", () => {
  const sent: Spans = [[0, 9_000]];
  const over = { span: [0, 9_000] as Span, reason: "window_closed", againAfterS: null };
  const verdict = { covered: [], refused: [over] };
  assert.ok(outbox.isOver(verdict));
  const kept = outbox.settle(holding(sent), sent, outbox.hopeful(verdict), NOW_MS);
  assert.deepEqual(outbox.due(kept, NOW_MS + 1_000), sent);
  assert.deepEqual(outbox.settle(kept, sent, verdict, NOW_MS).pending, []);
  assert.ok(!outbox.isOver({ covered: [], refused: [tooFast([0, 1], 3)] }));
});
