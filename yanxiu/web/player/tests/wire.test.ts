import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswer, readLease } from "../wire.ts";

const LEASE = {
  lease: "sealed",
  lesson: "0190aaaa-0000-7000-8000-000000000001",
  media_version: 2,
  kept: [[[12_000, 60_000, 0]]],
  duration_ms: 754_320,
  position_ms: 61_000,
  covered: [[0, 61_000]],
  max_rate: 2,
  beat_every_s: 30,
  media: {
    renditions: [{ src: "/media/a.mp4", type: "video/mp4", width: 1280, height: 720 }],
    captions: [{ src: "/media/a.vtt", lang: "zh-CN", label: "中文" }],
    poster: "/media/a.webp",
  },
};

test("a lease is read with its media", () => {
  const lease = readLease(LEASE);
  assert.equal(lease.token, "sealed");
  assert.deepEqual(lease.covered, [[0, 61_000]]);
  assert.equal(lease.renditions[0]?.height, 720);
  assert.equal(lease.captions[0]?.label, "中文");
  assert.equal(lease.mediaVersion, 2);
  assert.deepEqual(lease.kept, [[[12_000, 60_000, 0]]]);
});

test("an answer is read with its refusals, final ones without a time", () => {
  const answer = readAnswer({
    lease: "superseded",
    covered: [[0, 91_000]],
    missing_ms: 663_320,
    done: false,
    refused: [
      { span: [91_000, 95_000], reason: "faster_than_time", again_after_s: 12 },
      { span: [754_320, 760_000], reason: "past_end", again_after_s: null },
    ],
    beat_every_s: 30,
  });
  assert.equal(answer.superseded, true);
  assert.deepEqual(
    answer.refused.map((refusal) => refusal.againAfterS),
    [12, null],
  );
});

test("anything else is no lease and no answer", () => {
  for (const value of [
    null,
    [],
    "x",
    {},
    { ...LEASE, covered: [[0, "1"]] },
    { ...LEASE, max_rate: Number.NaN },
  ]) {
    assert.throws(() => readLease(value), TypeError);
    assert.throws(() => readAnswer(value), TypeError);
  }
});
