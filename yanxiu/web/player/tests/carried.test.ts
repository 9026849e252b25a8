import assert from "node:assert/strict";
import { test } from "node:test";
import { carried, type Kept } from "../carried.ts";

const TRIMMED: Kept = [[[12_000, 60_000, 0]]];

test("what was watched lies where its scenes have gone", () => {
  assert.deepEqual(carried([[0, 20_000]], TRIMMED, 1), [[0, 8_000]]);
  assert.deepEqual(carried([[0, 12_000]], TRIMMED, 1), []);
});

test("another order of scenes is another order of stretches", () => {
  const turned: Kept = [
    [
      [30_000, 60_000, 0],
      [0, 30_000, 30_000],
    ],
  ];
  assert.deepEqual(carried([[20_000, 40_000]], turned, 1), [
    [0, 10_000],
    [50_000, 60_000],
  ]);
});

test("several replacements are one after the other, the present version changes nothing", () => {
  const twice: Kept = [...TRIMMED, [[0, 40_000, 5_000]]];
  assert.deepEqual(carried([[12_000, 22_000]], twice, 1), [[5_000, 15_000]]);
  assert.deepEqual(carried([[0, 10_000]], twice, 2), [[5_000, 15_000]]);
  assert.deepEqual(carried([[0, 10_000]], twice, 3), [[0, 10_000]]);
});

test("a film of which nothing is kept keeps nothing", () => {
  assert.deepEqual(carried([[0, 60_000]], [[]], 1), []);
});
