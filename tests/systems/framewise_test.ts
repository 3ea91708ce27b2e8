import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ctcLoss } from "lib/criteria/mod.ts";
import { prefixBeamSearch } from "lib/decoding/mod.ts";
import { linear } from "lib/models/mod.ts";
import { copyParams, RandomState, sequenceAt } from "lib/numeric/mod.ts";
import {
  ctcCriterion,
  framewise,
  framewiseCriterion,
  framewiseOf,
  fullSumCriterion,
  NotFiniteError,
  requireAble,
  type System,
} from "lib/systems/mod.ts";
import { assertClose, centralDifferences, randomSequences } from "../support/matrices.ts";

const system = framewise(linear(2, 4), ctcCriterion());
const params = system.init(new RandomState(0));
const x = randomSequences(new RandomState(1), [5, 1, 4], 2);
const targets = [[1, 2], [3, 3], [3]];

Deno.test("gradients() are those of the mean loss, weight by weight, and leave the weights alone", () => {
  const before = copyParams(params);
  const { loss, grads, infeasible } = system.gradients(params, { x, targets });
  assertEquals([infeasible, params], [1, before]);
  const logits = framewiseOf({ system }).layer.forward(params, x).y;
  const losses = [0, 2].map((b) => ctcLoss(sequenceAt(logits, b), targets[b]).loss);
  assertAlmostEquals(loss, (losses[0] + losses[1]) / 2, 1e-12);
  for (const name of ["W", "b"]) {
    const numeric = centralDifferences(
      () => system.gradients(params, { x, targets }).loss,
      params[name].data,
    );
    assertClose(grads[name].data, numeric, 1e-6, name);
  }
});

Deno.test("decode() scores the best path greedily, and the labelling with a beam", () => {
  const { sequences: hypotheses, logProbs } = system.decode(params, x);
  assertEquals(logProbs, system.posterior(params, x));
  hypotheses.forEach(({ score }, b) => {
    const { data, rows, cols } = sequenceAt(logProbs!, b);
    const best = Array.from(
      { length: rows },
      (_, t) => Math.max(...data.subarray(t * cols, (t + 1) * cols)),
    );
    assertAlmostEquals(score, best.reduce((sum, p) => sum + p, 0), 1e-12);
  });
  const beam = system.decode(params, x, { beamWidth: 4 });
  beam.sequences.forEach((hypothesis, b) => {
    const [{ labels, score }] = prefixBeamSearch(sequenceAt(logProbs!, b), { beamWidth: 4 });
    assertEquals(hypothesis, { labels, score });
  });
});

Deno.test("an output that is not finite is no gradient", () => {
  const wild = copyParams(params);
  wild.W.data[0] = NaN;
  assertThrows(() => system.gradients(wild, { x, targets }), NotFiniteError, "not finite");
});

Deno.test("what a batch does not know is said by the criterion that needs it", () => {
  const frames = framewise(linear(2, 4), framewiseCriterion());
  assertEquals([frames.needs, system.needs], [["alignment"], []]);
  assertThrows(() => frames.gradients(params, { x, targets }), RangeError, "it has none");
  const words = framewise(linear(2, 4), fullSumCriterion({ topology: "hmm" }));
  assertThrows(() => words.gradients(params, { x, targets }), RangeError, "must be silence");
});

Deno.test("silence of the HMM topology is the label that the data set says, not blank", () => {
  const { topologies } = fullSumCriterion({ topology: "hmm", silence: 3 });
  assertEquals([...topologies({ targets: [[1, 2]], words: [[[1], [2]]] })[0].labels], [
    3,
    1,
    3,
    2,
    3,
  ]);
});

Deno.test("a system that cannot do something is named by what it lacks", () => {
  const { posterior: _, layer: __, ...other } = system;
  assertThrows(
    () => requireAble("Cannot align", other as System, "topologies", "posterior"),
    RangeError,
    "Cannot align as the system must have posterior(): it has none",
  );
  assertThrows(() => framewiseOf({ system: other }), TypeError, "must be framewise");
});
