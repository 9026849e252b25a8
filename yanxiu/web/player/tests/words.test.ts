import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, length, places } from "../words.ts";
import { ENGLISH } from "../words-en.ts";
import { CHINESE } from "../words-zh.ts";

test("lengths are said in words, part seconds as whole ones", () => {
  assert.equal(length(0), "0 秒");
  assert.equal(length(24_001), "25 秒");
  assert.equal(length(185_000), "3 分 05 秒");
  assert.equal(length(3_725_000), "1 小时 02 分 05 秒");
});

test("places are shown as a clock", () => {
  assert.equal(clock(0), "00:00");
  assert.equal(clock(1_013_000), "16:53");
  assert.equal(clock(3_725_900), "1:02:05");
});

test("what is missing is said with the beginning and the end in words", () => {
  assert.equal(
    places(
      [
        [1_013_000, 1_093_000],
        [2_412_000, 2_665_000],
      ],
      2_665_000,
    ),
    "16:53–18:13 与 40:12–结尾",
  );
  assert.equal(places([[0, 9_000]], 20_000), "开头–00:09");
});

test("slivers stay unsaid, and many gaps are counted", () => {
  assert.equal(
    places(
      [
        [100, 500],
        [4_000, 6_000],
      ],
      20_000,
    ),
    "00:04–00:06",
  );
  const many = [2, 4, 6, 8].map((at) => [at * 1_000, at * 1_000 + 1_000] as const);
  assert.equal(places(many, 20_000), "00:02–00:03、00:04–00:05、00:06–00:07等 4 处");
});

test("English says the same", () => {
  assert.equal(ENGLISH.length(3_725_000), "1 h 02 min 05 s");
  assert.equal(ENGLISH.length(1), "1 s");
  assert.equal(ENGLISH.places([[0, 9_000]], 20_000), "start–00:09");
  const many = [2, 4, 6, 8].map((at) => [at * 1_000, at * 1_000 + 1_000] as const);
  assert.equal(ENGLISH.places(many.slice(0, 2), 20_000), "00:02–00:03 and 00:04–00:05");
  assert.equal(ENGLISH.places(many, 20_000), "00:02–00:03, 00:04–00:05, 00:06–00:07 and 1 more");
  assert.deepEqual(Object.keys(ENGLISH.REASONS), Object.keys(CHINESE.REASONS));
});
