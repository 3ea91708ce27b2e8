import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ctcTopology } from "lib/alignment/mod.ts";
import {
  averageLogPosterior,
  labelScores,
  separatedBlank,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import { logNorm } from "lib/systems/gradient_norms.ts";
import { blstm, ffnn, linear, stack } from "lib/models/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import { assertClose, centralDifferences, randomMatrix } from "../support/matrices.ts";
import { ctcCriterion, framewise, fullSumCriterion, gradientNorms } from "lib/systems/mod.ts";

const K = 3, D = 2, T = 5;
const model = stack(blstm(D, 3), linear(6, K));
const params = model.init(new RandomState(1));
const target = [1, 2, 2], ctc = ctcTopology(target);
const system = framewise(model, ctcCriterion());

Deno.test("gradientNorms() are the norms of differences with respect to the input", () => {
  const x = randomMatrix(new RandomState(2), T, D);
  for (const output of [softmaxOutput, separatedBlank()]) {
    const logProbs = () => output.logProbs(model.forward(params, sequences([x])).y.frames);
    const logPrior = averageLogPosterior([logProbs()]); // which differences leave as it is
    for (
      const [prefix, priorScale] of [["partial", 0], ["entered", 0], ["partial", 0.7]] as const
    ) {
      const scores = () => labelScores(logProbs(), ctc, { prefix, logPrior, priorScale });
      const gradients = target.map((_, s) => centralDifferences(() => scores()[s].logProb, x.data));
      for (const p of [0.1, 1, 2, Infinity]) {
        const options = { p, prefix, priorScale, maskBlank: false };
        const G = gradientNorms(
          framewise(model, fullSumCriterion({ output })),
          params,
          x,
          target,
          options,
        )!;
        const numeric = gradients.flatMap((g) =>
          Array.from({ length: T }, (_, t) => logNorm(g.subarray(t * D, (t + 1) * D), p))
        );
        assertClose(G.data, numeric, 1e-6, `${prefix}, β = ${priorScale}, p = ${p}`);
      }
    }
  }
});

Deno.test("gradientNorms() with the blank masked drop what flows through its logit", () => {
  // With W = 1, x is the logits: the gradient for x[t] is that of the logits, blank set to 0.
  const identity = ffnn(K, K, { init: { kind: "identity", scale: 1 } });
  const weights = identity.init(new RandomState(0));
  const x = randomMatrix(new RandomState(3), T, K);
  const logProbs = softmaxOutput.logProbs(x);
  const G = gradientNorms(framewise(identity, ctcCriterion()), weights, x, target, { p: 1 })!;
  labelScores(logProbs, ctc).forEach(({ dLogProbs }, s) => {
    const { data } = softmaxOutput.backward(logProbs, dLogProbs);
    for (let t = 0; t < T; t++) {
      const sum = Math.abs(data[t * K + 1]) + Math.abs(data[t * K + 2]);
      assertAlmostEquals(G.data[s * T + t], Math.log(sum), 1e-12);
    }
  });
  const other = gradientNorms(framewise(identity, ctcCriterion()), weights, x, target, {
    p: 1,
    blank: 2,
  })!;
  labelScores(logProbs, ctc).forEach(({ dLogProbs }, s) => {
    const { data } = softmaxOutput.backward(logProbs, dLogProbs);
    for (let t = 0; t < T; t++) {
      const sum = Math.abs(data[t * K]) + Math.abs(data[t * K + 1]);
      assertAlmostEquals(other.data[s * T + t], Math.log(sum), 1e-12);
    }
  });
  const unmasked = gradientNorms(framewise(identity, ctcCriterion()), weights, x, target, {
    p: 1,
    maskBlank: false,
  })!;
  assert(G.data.every((g, i) => g < unmasked.data[i]));
});

Deno.test("gradientNorms() are norms of power 0.1 unless another is asked for", () => {
  const x = randomMatrix(new RandomState(4), T, D);
  const G = gradientNorms(system, params, x, target)!;
  assertEquals(G, gradientNorms(system, params, x, target, { p: 0.1 }));
  const [first] = system.labelGradients(params, x, target)!, { data } = first.dx();
  for (let t = 0; t < T; t++) {
    const sum = Math.abs(data[2 * t]) ** 0.1 + Math.abs(data[2 * t + 1]) ** 0.1;
    assertAlmostEquals(G.data[t], Math.log(sum) / 0.1, 1e-9);
  }
});

Deno.test("logNorm() follows the definition, and does not underflow", () => {
  const v = [3, -4, 0];
  for (const p of [0.1, 1, 2, 3]) {
    const direct = v.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);
    assertAlmostEquals(logNorm(v, p), Math.log(direct), 1e-12);
  }
  assertAlmostEquals(logNorm(v, Infinity), Math.log(4));
  assertAlmostEquals(logNorm([1e-300, 1e-300], 0.1), Math.log(1e-300) + 10 * Math.log(2), 1e-9);
  assertEquals(logNorm([0, 0], 0.1), -Infinity);
});

Deno.test("gradientNorms() of a model without any gradient are finite, and all alike", () => {
  const zero = ffnn(D, K, { init: { kind: "zero" } });
  const G = gradientNorms(
    framewise(zero, ctcCriterion()),
    zero.init(new RandomState(0)),
    matrix(T, D),
    target,
  )!;
  assertEquals(new Set(G.data), new Set([Math.log(Number.MIN_VALUE)]));
});

Deno.test("gradientNorms() of a target that does not fit are undefined; errors have names", () => {
  assertEquals(gradientNorms(system, params, matrix(3, D), target), undefined);
  for (const p of [0, -1, NaN]) {
    assertThrows(
      () => gradientNorms(system, params, matrix(T, D), target, { p }),
      RangeError,
      `${p}`,
    );
  }
  assertThrows(() => gradientNorms(system, params, matrix(T, 3), target), RangeError, "3");
  const bad = matrix(T, D, Array(T * D).fill(NaN));
  assertThrows(() => gradientNorms(system, params, bad, target), RangeError, "NaN");
  assertThrows(
    () => gradientNorms(system, params, matrix(T, D), [K]),
    RangeError,
    "emits 3",
  );
});
