import assert from "node:assert/strict";
import { test } from "node:test";
import * as outbox from "../outbox.ts";
import { type Known, stretches } from "../stretches.ts";

const NOW_MS = 5_000;

function known(changes: Partial<Known>): Known {
  return { covered: [], outbox: outbox.EMPTY, refusals: [], durationMs: 60_000, ...changes };
}

test("before anything is watched everything is missing", () => {
  assert.deepEqual(stretches(known({}), NOW_MS), [
    { kind: "missing", spans: [[0, 60_000]], reason: "", dueAtMs: null },
  ]);
});

test("each part stands once: seen, waiting, later with reason and time, never, missing", () => {
  const sent = outbox.add(outbox.EMPTY, [[0, 40_000]]);
  const verdict = {
    covered: [[0, 10_000]] as const,
    refused: [
      { span: [10_000, 20_000], reason: "faster_than_time", againAfterS: 12 },
      { span: [20_000, 30_000], reason: "question_waiting", againAfterS: 60 },
    ] as const,
  };
  const held = outbox.settle(sent, [[0, 30_000]], verdict, NOW_MS);
  const refusals = [
    { span: [35_000, 45_000], reason: "old_version", againAfterS: null },
    { span: [59_000, 70_000], reason: "past_end", againAfterS: null },
  ] as const;
  const found = stretches(known({ covered: [[0, 10_000]], outbox: held, refusals }), NOW_MS);
  assert.deepEqual(
    found.map(({ kind, spans, reason, dueAtMs }) => [kind, spans, reason, dueAtMs]),
    [
      ["seen", [[0, 10_000]], "", null],
      ["waiting", [[30_000, 40_000]], "", null],
      ["later", [[10_000, 20_000]], "faster_than_time", NOW_MS + 12_000],
      ["later", [[20_000, 30_000]], "question_waiting", NOW_MS + 60_000],
      ["never", [[40_000, 45_000]], "old_version", null],
      ["never", [[59_000, 60_000]], "past_end", null],
      ["missing", [[40_000, 60_000]], "", null],
    ],
  );
});

test("what is due again waits like everything else", () => {
  const verdict = {
    covered: [],
    refused: [{ span: [0, 9_000], reason: "faster_than_time", againAfterS: 12 }] as const,
  };
  const held = outbox.settle(outbox.add(outbox.EMPTY, [[0, 9_000]]), [[0, 9_000]], verdict, NOW_MS);
  const kinds = stretches(known({ outbox: held }), NOW_MS + 12_000).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["waiting", "missing"]);
});

test("an answered question lets go of what waited for it alone", () => {
  const verdict = {
    covered: [],
    refused: [
      { span: [0, 5_000], reason: "faster_than_time", againAfterS: 12 },
      { span: [5_000, 9_000], reason: "question_waiting", againAfterS: 60 },
    ] as const,
  };
  const sent = outbox.add(outbox.EMPTY, [[0, 9_000]]);
  const held = outbox.settle(sent, [[0, 9_000]], verdict, NOW_MS);
  const released = outbox.release(held, "question_waiting");
  assert.deepEqual(outbox.due(released, NOW_MS), [[5_000, 9_000]]);
});
