import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, readRange } from "../ranges.ts";

test("a header names a stretch, its end inclusive, within the file", () => {
  assert.deepEqual(readRange(null, 100), [0, 100]);
  assert.deepEqual(readRange("bytes=0-", 100), [0, 100]);
  assert.deepEqual(readRange("bytes=10-19", 100), [10, 20]);
  assert.deepEqual(readRange("bytes=90-500", 100), [90, 100]);
  assert.deepEqual(readRange("bytes=-10", 100), [90, 100]);
  assert.deepEqual(readRange("bytes=-500", 100), [0, 100]);
});

test("what cannot be satisfied is no stretch", () => {
  for (const header of ["bytes=100-", "bytes=5-4", "bytes=-", "bytes=-0", "bytes=a-b", "lines=1-2"])
    assert.equal(readRange(header, 100), null);
});

test("a stretch is cut into the pieces that it touches, without a byte too many", () => {
  assert.deepEqual(cut([0, 10], 4), [
    [0, [0, 4]],
    [1, [0, 4]],
    [2, [0, 2]],
  ]);
  assert.deepEqual(cut([5, 7], 4), [[1, [1, 3]]]);
  assert.deepEqual(cut([4, 8], 4), [[1, [0, 4]]]);
});
