import assert from "node:assert/strict";
import { test } from "node:test";
import { readAsking } from "../asking.ts";

test("a question is read with its choices and its time", () => {
  const question = { place: 0, turn: 2, sentence: "下面哪一个是水果？", choices: ["猫", "梨"] };
  assert.deepEqual(readAsking({ state: "asked", question: { ...question, left_s: 300 } }), {
    kind: "asked",
    question: { ...question, leftS: 300 },
  });
});

test("a breath, what is ahead, and nothing are told apart", () => {
  assert.deepEqual(readAsking({ state: "pause", again_after_s: 4 }), {
    kind: "pause",
    againAfterS: 4,
  });
  assert.deepEqual(readAsking({ state: "ahead" }), { kind: "ahead" });
  assert.deepEqual(readAsking({ state: "none" }), { kind: "none" });
});

test("anything else is no answer", () => {
  for (const value of [null, {}, { state: "asked" }, { state: "asked", question: { place: 0 } }]) {
    assert.throws(() => readAsking(value), TypeError);
  }
});
