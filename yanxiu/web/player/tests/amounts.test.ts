import assert from "node:assert/strict";
import { test } from "node:test";
import { size } from "../amounts.ts";
import * as english from "../saved-words-en.ts";
import * as chinese from "../saved-words-zh.ts";

test("sizes are said as phones say them", () => {
  assert.equal(size(0), "0.0 MB");
  assert.equal(size(30_000), "< 0.1 MB");
  assert.equal(size(12_540_000), "12.5 MB");
  assert.equal(size(260_000_000), "260 MB");
  assert.equal(size(1_204_000_000), "1.20 GB");
});

test("an end at midnight is said as the day before, at 24:00, in Shanghai's time", () => {
  const end = Date.parse("2025-10-01T00:00:00+08:00");
  assert.equal(chinese.until(end), "9 月 30 日 24:00");
  assert.equal(chinese.until(end - 13_500_000), "9 月 30 日 20:15");
  assert.equal(english.until(end), "30 Sep 24:00");
  assert.match(chinese.SAVED_CHINESE.seenAt(end), /10 月 1 日 00:00/);
});

test("English says the same about saved lessons", () => {
  const names = Object.keys(chinese.SAVED_CHINESE).sort();
  assert.deepEqual(Object.keys(english.SAVED_ENGLISH).sort(), names);
});
