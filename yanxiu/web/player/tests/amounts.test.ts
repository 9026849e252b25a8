import assert from "node:assert/strict";
import { test } from "node:test";
import { at, size, until } from "../amounts.ts";

test("sizes are said as phones say them", () => {
  assert.equal(size(0), "0.0 MB");
  assert.equal(size(30_000), "不到 0.1 MB");
  assert.equal(size(12_540_000), "12.5 MB");
  assert.equal(size(260_000_000), "260 MB");
  assert.equal(size(1_204_000_000), "1.20 GB");
});

test("an end at midnight is said as the day before, at 24:00, in Shanghai's time", () => {
  assert.equal(until(Date.parse("2025-10-01T00:00:00+08:00")), "9 月 30 日 24:00");
  assert.equal(until(Date.parse("2025-09-30T20:15:00+08:00")), "9 月 30 日 20:15");
  assert.equal(at(Date.parse("2025-10-01T00:00:00+08:00")), "10 月 1 日 00:00");
});
