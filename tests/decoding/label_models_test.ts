import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcLoss } from "lib/criteria/mod.ts";
import {
  ctcLabelModel,
  jointLabelModel,
  labelBeamSearch,
  prefixBeamSearch,
} from "lib/decoding/mod.ts";
import { logSoftmax } from "lib/numeric/kernels/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { randomMatrix } from "../support/matrices.ts";

function posterior(seed: number, T: number, K: number) {
  const out = matrix(T, K);
  logSoftmax(out.data, randomMatrix(new RandomState(seed), T, K, 2).data, T, K);
  return out;
}

Deno.test("CTC label by label gives every labelling the log-probability of CTC", () => {
  fc.assert(
    fc.property(fc.nat(999), fc.integer({ min: 1, max: 5 }), (seed, T) => {
      const logProbs = posterior(seed, T, 3);
      const found = labelBeamSearch(ctcLabelModel(logProbs), { beamWidth: Infinity });
      const summed = prefixBeamSearch(logProbs, { beamWidth: Infinity });
      assertEquals(found.map(({ labels }) => labels), summed.map(({ labels }) => labels));
      for (const { labels, score } of found) {
        assertAlmostEquals(score, -ctcLoss(logProbs, labels).loss, 1e-10);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("a joint model adds what its parts say, each times its weight", () => {
  const [p, q] = [posterior(1, 4, 3), posterior(2, 4, 3)];
  const joint = jointLabelModel(
    { model: ctcLabelModel(p), weight: 0.3 },
    { model: ctcLabelModel(q), weight: 0.7 },
  );
  const found = labelBeamSearch(joint, { beamWidth: Infinity });
  assertEquals(found.length > 10, true);
  for (const { labels, score } of found) {
    const expected = -0.3 * ctcLoss(p, labels).loss - 0.7 * ctcLoss(q, labels).loss;
    assertAlmostEquals(score, expected, 1e-10);
  }
});

Deno.test("models that cannot be joined, and what is no posterior, are refused", () => {
  const model = (K: number) => ctcLabelModel(posterior(0, 2, K));
  assertThrows(() => jointLabelModel(), RangeError, "found none");
  assertThrows(
    () => jointLabelModel({ model: model(2), weight: 1 }, { model: model(3), weight: 1 }),
    RangeError,
    "found 2, 3",
  );
  for (const weight of [NaN, Infinity]) {
    assertThrows(
      () => jointLabelModel({ model: model(2), weight: 1 }, { model: model(2), weight }),
      RangeError,
      `weights must be finite: that of model 1 is ${weight}`,
    );
  }
  assertThrows(() => ctcLabelModel(matrix(1, 2, [NaN, 0])), RangeError, "NaN");
});

Deno.test("of no frames nothing is the only labelling, with a probability of 1", () => {
  const found = labelBeamSearch(ctcLabelModel(matrix(0, 3)), { beamWidth: Infinity });
  assertEquals(found, [{ labels: [], score: 0, rank: 0 }]);
});
