import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fromRanges,
  gaps,
  intersect,
  isWhole,
  nextFrom,
  playable,
  type Spans,
  subtract,
  total,
  union,
} from "../spans.ts";

/** Make the same stretches every run; a failure can be repeated. */
function stretches(seed: number, count: number): Spans {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  return Array.from({ length: count }, () => {
    const from = next(1_000);
    return [from, from + next(80)] as const;
  });
}

function milliseconds(spans: Spans): Set<number> {
  const all = new Set<number>();
  for (const [from, to] of spans) for (let at = from; at < to; at += 1) all.add(at);
  return all;
}

function ranges(...pairs: readonly (readonly [number, number])[]): TimeRanges {
  return {
    length: pairs.length,
    start: (index) => pairs[index]?.[0] ?? 0,
    end: (index) => pairs[index]?.[1] ?? 0,
  };
}

test("slivers are worth playing only while they keep the lesson from being whole", () => {
  const sliver = [100, 300] as const;
  const gap = [5_000, 9_000] as const;
  assert.deepEqual(playable([sliver, gap]), [gap]);
  assert.deepEqual(playable([sliver]), []);
  const many = Array.from({ length: 11 }, (_, n) => [n * 1_000, n * 1_000 + 200] as const);
  assert.deepEqual(playable(many), many);
});

test("stretches that touch or overlap become one, whatever their order", () => {
  assert.deepEqual(
    union(
      [[5, 9]],
      [[0, 3]],
      [
        [3, 4],
        [8, 12],
      ],
    ),
    [
      [0, 4],
      [5, 12],
    ],
  );
});

test("empty and backward stretches vanish", () => {
  assert.deepEqual(
    union([
      [4, 4],
      [9, 2],
    ]),
    [],
  );
});

test("joining is a union of sets, and repeating or reordering changes nothing", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const [one, two] = [stretches(seed, 12), stretches(seed + 1_000, 12)];
    const joined = union(one, two);
    assert.deepEqual(milliseconds(joined), new Set([...milliseconds(one), ...milliseconds(two)]));
    assert.deepEqual(union(two, one, joined), joined);
    assert.equal(total(joined), milliseconds(joined).size);
  }
});

test("taking away is a difference of sets, and what both have is the rest", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const [left, right] = [union(stretches(seed, 9)), union(stretches(seed + 500, 9))];
    const cut = milliseconds(right);
    const kept = new Set([...milliseconds(left)].filter((at) => !cut.has(at)));
    assert.deepEqual(milliseconds(subtract(left, right)), kept);
    assert.deepEqual(union(subtract(left, right), intersect(left, right)), left);
  }
});

test("gaps reach from the beginning to the end", () => {
  assert.deepEqual(
    gaps(
      [
        [10, 20],
        [30, 90],
      ],
      100,
    ),
    [
      [0, 10],
      [20, 30],
      [90, 100],
    ],
  );
  assert.deepEqual(gaps([], 100), [[0, 100]]);
  assert.deepEqual(gaps([[0, 120]], 100), []);
});

test("two seconds may be missing of a whole lesson, in all", () => {
  assert.equal(
    isWhole([
      [0, 1_500],
      [9_000, 9_500],
    ]),
    true,
  );
  assert.equal(
    isWhole([
      [0, 1_500],
      [9_000, 9_501],
    ]),
    false,
  );
});

test("the next gap is the one here, then the next one, then the first", () => {
  const missing: Spans = [
    [10, 20],
    [40, 50],
  ];
  assert.deepEqual(nextFrom(missing, 15), [10, 20]);
  assert.deepEqual(nextFrom(missing, 20), [40, 50]);
  assert.deepEqual(nextFrom(missing, 70), [10, 20]);
  assert.equal(nextFrom([], 0), null);
});

test("played ranges become whole milliseconds inside the lesson", () => {
  assert.deepEqual(fromRanges(ranges([0, 2.7604], [10.0001, 20.04]), 20_000), [
    [0, 2_760],
    [10_000, 20_000],
  ]);
});
