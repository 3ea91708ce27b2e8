// A batch in pieces says what the whole batch says. What needs workers is in tests/system/team.ts.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { LabelledBatch } from "lib/corpora/mod.ts";
import { separatedBlank } from "lib/criteria/mod.ts";
import { dropout, linear, stack } from "lib/models/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import {
  ctcCriterion,
  type FrameCriterion,
  framewise,
  framewiseCriterion,
  fullSumCriterion,
} from "lib/systems/mod.ts";
import {
  cutsOf,
  type Experiment,
  gradientsOfPiece,
  meanOfPieces,
  piecesOf,
  requireExperiment,
  Training,
} from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });

function offsetsOf(lengths: readonly number[]): Int32Array<ArrayBuffer> {
  let at = 0;
  return Int32Array.of(0, ...lengths.map((length) => at += length));
}

Deno.test("cutsOf() gives every sequence to one piece, leaves none empty, and balances frames", () => {
  fc.assert(fc.property(lengths, fc.integer({ min: 1, max: 15 }), (T, pieces) => {
    const offsets = offsetsOf(T), N = offsets[T.length];
    const cuts = cutsOf(offsets, pieces);
    const P = Math.min(pieces, T.length);
    assertEquals([cuts.length, cuts[0], cuts[P]], [P + 1, 0, T.length]);
    for (let p = 0; p < P; p++) {
      assert(cuts[p] < cuts[p + 1]);
      const frames = offsets[cuts[p + 1]] - offsets[cuts[p]];
      assert(frames <= N / P + Math.max(...T), `${frames} of ${N} in ${P} pieces`);
    }
  }));
});

Deno.test("cutsOf() ends a piece at the sequence whose end is nearest to an equal share", () => {
  assertEquals(cutsOf(offsetsOf(Array(16).fill(300)), 2), [0, 8, 16]);
  assertEquals(cutsOf(offsetsOf(Array(16).fill(300)), 3), [0, 5, 11, 16]);
  assertEquals(cutsOf(offsetsOf([9, 1, 1, 1]), 2), [0, 1, 4]);
  assertEquals(cutsOf(offsetsOf([1, 1, 1]), 2), [0, 2, 3]); // of two as near, the later
  assertEquals(cutsOf(offsetsOf([1, 1, 1, 9]), 2), [0, 3, 4]);
  assertEquals(cutsOf(offsetsOf([1, 1, 1, 9]), 9), [0, 1, 2, 3, 4]);
});

/** Features, targets that may not fit, and a reference, as a word corpus has them. */
function batchOf(T: readonly number[], seed: number): LabelledBatch {
  const rng = new RandomState(seed);
  const x = sequences(T.map((frames) => {
    return matrix(frames, 3, Array.from({ length: 3 * frames }, () => rng.randn()));
  }));
  const targets = T.map(() => Array.from({ length: rng.randint(1, 5) }, () => rng.randint(1, 4)));
  const words = targets.map((target) => target.map((label) => [label]));
  const alignment = Int32Array.from({ length: x.frames.rows }, () => rng.randint(0, 4));
  return { x, targets, words, alignment, speakers: T.map((_, b) => `speaker ${b}`) };
}

const criteria: Record<string, FrameCriterion> = {
  "CTC": ctcCriterion(),
  "CTC, smoothed": ctcCriterion({ labelSmoothing: 0.1 }),
  "framewise": framewiseCriterion({ output: separatedBlank() }),
  "full sum, HMM": fullSumCriterion({ topology: "hmm", silence: 0, posteriorScale: 0.7 }),
  "full sum, prior and balance by sequence": fullSumCriterion({
    prior: { kind: "sequence", priorScale: 0.3, stopGradient: false },
    normalizedGradient: { over: "sequence" },
  }),
};

for (const [name, criterion] of Object.entries(criteria)) {
  Deno.test(`pieces give the loss, the gradient and the count of the whole batch: ${name}`, () => {
    const system = framewise(linear(3, 4), criterion);
    const short = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 });
    let partly = 0;
    const seed = fc.integer({ min: 0, max: 1e6 });
    fc.assert(fc.property(short, fc.integer({ min: 2, max: 5 }), seed, (T, pieces, seed) => {
      const batch = batchOf(T, seed);
      const params = system.init(new RandomState(seed + 1));
      const whole = system.gradients(params, batch);
      const parts = piecesOf(batch, pieces, new RandomState(2))
        .map((piece) => gradientsOfPiece(system, params, piece));
      const mean = meanOfPieces(parts, params);
      if (whole.infeasible > 0 && whole.infeasible < T.length) partly++;
      assertEquals(mean.infeasible, whole.infeasible);
      if (whole.loss === Infinity) assertEquals(mean.loss, Infinity);
      else assertAlmostEquals(mean.loss, whole.loss, 1e-12 * Math.max(1, whole.loss));
      assertEquals(Object.keys(mean.grads), Object.keys(params));
      for (const [weight, { data }] of Object.entries(whole.grads)) {
        const most = Math.max(1, ...data.map(Math.abs));
        data.forEach((g, i) => assertAlmostEquals(mean.grads[weight].data[i], g, 1e-12 * most));
      }
    }));
    assert(name === "framewise" || partly > 10, `${partly} batches with targets that do not fit`);
  });
}

Deno.test("a batch in which no target fits has loss Infinity and gradient zero, in pieces too", () => {
  const system = framewise(linear(3, 4), ctcCriterion());
  const params = system.init(new RandomState(0));
  const batch = { ...batchOf([2, 1, 2], 0), targets: [[1, 1], [1, 2], [3, 3]] };
  const parts = piecesOf(batch, 2, new RandomState(0))
    .map((piece) => gradientsOfPiece(system, params, piece));
  const { loss, infeasible, grads } = meanOfPieces(parts, params);
  assertEquals([loss, infeasible], [Infinity, 3]);
  assert(Object.values(grads).every(({ data }) => data.every((g) => g === 0)));
});

Deno.test("a piece is its sequences with all that is known of them", () => {
  const batch = batchOf([2, 3, 4, 1], 0);
  const spans = batch.targets.map((target) =>
    target.map((label, index) => ({ index, label, start: 0, end: 1 }))
  );
  const [first, second] = piecesOf({ ...batch, spans }, 2, new RandomState(0));
  assertEquals(first.batch.x.offsets, Int32Array.of(0, 2, 5));
  const { x, ...rest } = second.batch;
  assertEquals(x.offsets, Int32Array.of(0, 4, 5));
  assertEquals(x.frames.data, batch.x.frames.data.subarray(5 * 3));
  assertEquals(rest, {
    targets: batch.targets.slice(2),
    words: batch.words!.slice(2),
    alignment: batch.alignment!.subarray(5),
    spans: spans.slice(2),
    speakers: ["speaker 2", "speaker 3"],
  });
  const bare = { x: batch.x, targets: batch.targets };
  assertEquals(Object.keys(piecesOf(bare, 2, new RandomState(0))[0].batch), ["x", "targets"]);
});

Deno.test("the seeds of pieces are drawn from all that a stream may have", () => {
  const due = new RandomState(3), seeds = [0, 1, 2].map(() => due.randint(0, 2 ** 32));
  const pieces = piecesOf(batchOf([2, 3, 4], 0), 3, new RandomState(3));
  assertEquals(pieces.map(({ seed }) => seed), seeds);
});

Deno.test("every piece of every step has a stream of its own, whoever computes it", () => {
  const system = framewise(stack(dropout(3, 0.5), linear(3, 4)), ctcCriterion());
  const params = system.init(new RandomState(0));
  const one = batchOf([9], 0);
  const twice = { x: sequences([one.x.frames, one.x.frames]), targets: [[1], [1]] };
  const rng = new RandomState(7);
  const steps = [piecesOf(twice, 2, rng), piecesOf(twice, 2, rng)].flat();
  const losses = steps.map((piece) => gradientsOfPiece(system, params, piece).loss);
  assertEquals(new Set(losses).size, 4);
  assertEquals(
    steps.toReversed().map((piece) => gradientsOfPiece(system, params, piece).loss),
    losses.toReversed(),
  );
});

Deno.test("a training in pieces takes the same steps as one of whole batches, but for rounding", () => {
  const [whole, pieced] = [1, 3].map((pieces) =>
    new Training(smallExperiment({ pieces, batch: 7 }))
  );
  for (let n = 0; n < 5; n++) {
    const [a, b] = [whole.step(), pieced.step()];
    assertAlmostEquals(b.loss, a.loss, 1e-9);
    assertAlmostEquals(b.gradNorm, a.gradNorm, 1e-9);
  }
});

Deno.test("what takes the sequences of a batch together must have one piece, and says so", () => {
  const fullSum = (options: object): Experiment["criterion"] => ({ kind: "full-sum", ...options });
  const prior = (kind: string) => fullSum({ prior: { kind, priorScale: 0.3 } });
  const refused: [Partial<Experiment>, string][] = [
    [{ criterion: prior("batch") }, "pieces must be 1 with a prior of the batch"],
    [{ criterion: fullSum({ normalizedGradient: {} }) }, "a gradient normalised over the batch"],
    [{ criterion: fullSum({ normalizedGradient: { over: "batch" } }) }, "current value is 3"],
    [
      { batch: 2 },
      "pieces must be at most batch, so that each has a sequence: current values are 3",
    ],
    [{ pieces: 0 }, "pieces must be a whole number >= 1: current value is 0"],
  ];
  for (const [change, part] of refused) {
    const experiment = smallExperiment({ pieces: 3, ...change });
    assertThrows(() => new Training(experiment), RangeError, part);
    if (change.pieces !== 0) requireExperiment({ ...experiment, pieces: 1 });
  }
  const allowed = [
    prior("static"),
    prior("sequence"),
    fullSum({ normalizedGradient: { over: "sequence" } }),
  ];
  for (const criterion of allowed) requireExperiment(smallExperiment({ pieces: 3, criterion }));
});

Deno.test("rows() refuses a number of workers that is no whole number >= 1", async () => {
  for (const workers of [0, -1, 1.5, NaN]) {
    const rows = new Training(smallExperiment({ pieces: 2 })).rows({ workers });
    const error = await rows.next().then(() => undefined, (error) => error);
    assert(error instanceof RangeError);
    assertEquals(
      error.message,
      `Cannot train as workers must be a whole number >= 1: current value is ${workers}`,
    );
  }
});
