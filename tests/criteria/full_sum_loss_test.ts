import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ctcTopology, hmmTopology, type Topology, topology } from "lib/alignment/mod.ts";
import {
  averageLogPosterior,
  ctcBatchLoss,
  ctcLoss,
  fullSumBatchLoss,
  fullSumLoss,
  type FullSumLossOptions,
  type Output,
  type Prior,
  separatedBlank,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import { type Matrix, matrix, RandomState, sequenceAt, type Sequences } from "lib/numeric/mod.ts";
import * as arbitrary from "../support/arbitraries.ts";
import { centralDifferences, randomMatrix, randomSequences, rowSums } from "../support/matrices.ts";
import { logTransitions, segmentations, threeCases } from "../support/segmentations.ts";

const K = 4;
const seeds = fc.integer({ min: 0, max: 1e6 });
const transitions = { speech: { loop: 0.6 }, silence: { loop: 0.9, forward: 0.04 } };

/** |a - b| <= 1e-6 (|a| + |b|), and at least 1e-9. */
function assertGradient(actual: Float64Array, numeric: Float64Array, what: string): void {
  actual.forEach((g, i) => {
    const limit = Math.max(1e-6 * (Math.abs(g) + Math.abs(numeric[i])), 1e-9);
    assert(Math.abs(g - numeric[i]) <= limit, `${what}: entry ${i} is ${g}, not ${numeric[i]}`);
  });
}

/** Differences of order ε⁴: (8 (f(ε) - f(-ε)) - (f(2ε) - f(-2ε))) / 12ε. */
function differences(f: () => number, data: Float64Array): Float64Array {
  const near = centralDifferences(f, data, 1e-3), far = centralDifferences(f, data, 2e-3);
  return near.map((d, i) => (4 * d - far[i]) / 3);
}

/** The loss of one sequence by enumeration, the prior from all sequences of its batch. */
function enumerated(
  logProbs: Matrix,
  pattern: Parameters<typeof segmentations>[0],
  isHmm: boolean,
  options: FullSumLossOptions,
  logPrior: Float64Array,
): number {
  const { posteriorScale = 1, transitionScale = 0, prior } = options;
  let total = 0;
  for (const path of segmentations(pattern, logProbs.rows)) {
    let log = isHmm ? transitionScale * logTransitions(path, pattern, transitions) : 0;
    path.forEach((slot, t) => {
      const k = pattern[slot].label;
      log += posteriorScale * logProbs.data[t * K + k] - (prior?.priorScale ?? 0) * logPrior[k];
    });
    total += Math.exp(log);
  }
  return -Math.log(total);
}

/** log of the plain mean of posteriors over all frames. */
function meanPosterior(parts: readonly Matrix[]): Float64Array {
  const N = parts.reduce((n, { rows }) => n + rows, 0);
  const mean = new Float64Array(K);
  for (const { data } of parts) data.forEach((lp, i) => mean[i % K] += Math.exp(lp) / N);
  return mean.map(Math.log);
}

const priors = fc.oneof(
  fc.constant(undefined),
  fc.record({
    kind: fc.constant("static" as const),
    priorScale: arbitrary.scale,
    logPrior: fc.constant(Float64Array.from([0.4, 0.3, 0.2, 0.1], Math.log)),
  }),
  fc.record({
    kind: fc.constantFrom("sequence" as const, "batch" as const),
    priorScale: arbitrary.scale,
    stopGradient: fc.boolean(),
  }),
);

const outputs = fc.constantFrom<Output>(softmaxOutput, separatedBlank());

const options = fc.record({
  posteriorScale: arbitrary.scale,
  transitionScale: arbitrary.scale,
  prior: priors,
  output: outputs,
}) satisfies fc.Arbitrary<FullSumLossOptions>;

/** Two sequences, their words and their lengths. */
const batches = fc.record({
  seed: seeds,
  words: fc.tuple(arbitrary.words(K), arbitrary.words(K)),
  lengths: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
});

Deno.test("fullSumBatchLoss() equals enumeration: three topologies, scales, priors, outputs", () => {
  fc.assert(
    fc.property(batches, options, ({ seed, words, lengths }, options) => {
      const logits = randomSequences(new RandomState(seed), lengths, K);
      const cases = words.map((w) => threeCases(w, transitions));
      const logProbs = lengths.map((_, b) => options.output.logProbs(sequenceAt(logits, b)));
      cases[0].forEach(({ name }, n) => {
        const topologies = cases.map((c) => c[n].topology);
        const counted = logProbs.filter((_, b) => topologies[b].minimumFrames <= lengths[b]);
        const losses = cases.map((c, b) => {
          const { prior } = options;
          const logPrior = prior?.kind === "static"
            ? prior.logPrior
            : prior?.kind === "batch"
            ? meanPosterior(counted)
            : meanPosterior([logProbs[b]]);
          return enumerated(logProbs[b], c[n].pattern, name === "HMM", options, logPrior);
        });
        const fitting = losses.filter((loss) => loss < Infinity);
        const ours = fullSumBatchLoss(logits, topologies, options);
        assertEquals(ours.infeasible, 2 - fitting.length, name);
        if (fitting.length === 0) assertEquals(ours.loss, Infinity);
        else {
          const mean = fitting.reduce((a, b) => a + b, 0) / fitting.length;
          assertAlmostEquals(ours.loss, mean, 1e-10 * Math.max(1, Math.abs(mean)), name);
        }
      });
    }),
    { numRuns: 150 },
  );
});

Deno.test("fullSumBatchLoss()'s gradient equals differences, a stopped prior held still", () => {
  fc.assert(
    fc.property(batches, options, ({ seed, words, lengths }, options) => {
      const logits = randomSequences(new RandomState(seed), lengths, K);
      const cases = words.map((w) => threeCases(w, transitions));
      cases[0].forEach(({ name }, n) => {
        const topologies = cases.map((c) => c[n].topology);
        if (topologies.every((t, b) => t.minimumFrames > lengths[b])) return;
        const { dLogits } = fullSumBatchLoss(logits, topologies, options);
        const loss = frozenPriorLoss(logits, topologies, options);
        const numeric = differences(loss, logits.frames.data);
        assertGradient(dLogits.frames.data, numeric, `${name}, ${JSON.stringify(options)}`);
      });
    }),
    { numRuns: 60 },
  );
});

/** The loss as a function of the logits, with a prior that stops gradients frozen where it is. */
function frozenPriorLoss(
  logits: Sequences,
  topologies: readonly Topology[],
  options: FullSumLossOptions & { output: Output },
): () => number {
  const { prior, output } = options;
  if (prior === undefined || prior.kind === "static" || prior.stopGradient === false) {
    return () => fullSumBatchLoss(logits, topologies, options).loss;
  }
  const parts = topologies.map((_, b) => sequenceAt(logits, b));
  const fits = (part: Matrix, b: number) => topologies[b].minimumFrames <= part.rows;
  const average = (parts: Matrix[]) =>
    averageLogPosterior(parts.map((part) => output.logProbs(part)));
  const batch = average(parts.filter(fits));
  const frozen = parts.map((part): Prior => ({
    kind: "static",
    priorScale: prior.priorScale,
    logPrior: prior.kind === "batch" ? batch : average([part]),
  }));
  return () => {
    const losses = parts.map((part, b) =>
      fullSumLoss(part, topologies[b], { ...options, prior: frozen[b] }).loss
    ).filter((loss) => loss < Infinity);
    return losses.reduce((a, b) => a + b, 0) / losses.length;
  };
}

Deno.test("fullSumBatchLoss() at (1, 0, 0) over the CTC topology is ctcBatchLoss() to the bit", () => {
  fc.assert(fc.property(seeds, batches, (seed, { words, lengths }) => {
    const logits = randomSequences(new RandomState(seed), lengths.map((T) => 4 * T), K);
    const targets = words.map((w) => w.flat());
    const topologies = targets.map((target) => ctcTopology(target));
    const scales = { posteriorScale: 1, transitionScale: 0 };
    const prior: Prior = { kind: "batch", priorScale: 0 };
    const ctc = ctcBatchLoss(logits, targets);
    assertEquals(fullSumBatchLoss(logits, topologies, scales), ctc);
    assertEquals(fullSumBatchLoss(logits, topologies, { ...scales, prior }), ctc);
    const one = sequenceAt(logits, 0);
    assertEquals(fullSumLoss(one, topologies[0], scales), ctcLoss(one, targets[0]));
  }));
});

Deno.test("each frame's gradient sums to 0, whatever the scales and priors, under the softmax", () => {
  fc.assert(fc.property(batches, options, ({ seed, words, lengths }, options) => {
    const logits = randomSequences(new RandomState(seed), lengths, K);
    const topologies = words.map((w) => hmmTopology(w, { silence: 0 }));
    const { dLogits } = fullSumBatchLoss(logits, topologies, { ...options, output: softmaxOutput });
    for (const sum of rowSums(dLogits.frames)) assertAlmostEquals(sum, 0, 1e-12);
  }));
});

Deno.test("a prior whose gradient flows has another gradient than one that is stopped, same loss", () => {
  const logits = randomSequences(new RandomState(1), [5, 4], K);
  const topologies = [[1, 2], [3]].map((w) => hmmTopology([w], { silence: 0 }));
  for (const kind of ["sequence", "batch"] as const) {
    const of = (stopGradient?: boolean) =>
      fullSumBatchLoss(logits, topologies, { prior: { kind, priorScale: 1, stopGradient } });
    assertEquals(of(), of(true));
    assertEquals(of(true).loss, of(false).loss);
    const far = of(true).dLogits.frames.data.some((g, i) =>
      Math.abs(g - of(false).dLogits.frames.data[i]) > 1e-3
    );
    assert(far, kind);
  }
});

Deno.test("a sequence that does not fit gets a zero gradient and does not touch the others", () => {
  const rng = new RandomState(4);
  const alone = randomSequences(rng, [5], K);
  const frames = matrix(7, K, [...alone.frames.data, ...randomMatrix(rng, 2, K).data]);
  const both = { frames, offsets: Int32Array.of(0, 5, 7) };
  const [fits, not] = [ctcTopology([1, 2]), ctcTopology([1, 1])];
  for (const stopGradient of [true, false]) {
    const options: FullSumLossOptions = {
      prior: { kind: "batch", priorScale: 0.5, stopGradient },
      normalizedGradient: {},
    };
    const one = fullSumBatchLoss(alone, [fits], options);
    const two = fullSumBatchLoss(both, [fits, not], options);
    assertEquals([two.loss, two.infeasible], [one.loss, 1]);
    assertEquals(two.dLogits.frames.data.slice(0, 5 * K), one.dLogits.frames.data);
    assertEquals([...two.dLogits.frames.data.slice(5 * K)], Array(2 * K).fill(0));
  }
  assertEquals(fullSumBatchLoss(both, [fits, topology([], [])]).infeasible, 1);
});

Deno.test("fullSumBatchLoss() says which sequence is at fault, and what is out of range", () => {
  const logits = randomSequences(new RandomState(0), [3, 3], K);
  const topologies = [ctcTopology([1]), ctcTopology([K])];
  const loss = (options?: FullSumLossOptions, t = topologies) => () =>
    fullSumBatchLoss(logits, t, options);
  assertThrows(
    loss(),
    RangeError,
    "Sequence 1: Cannot sum over alignments as labels must be below",
  );
  assertThrows(loss({}, [topologies[0]]), RangeError, "2 sequences: there are 1");
  const good = [topologies[0], topologies[0]];
  assertThrows(loss({ posteriorScale: NaN }, good), RangeError, "posteriorScale must be finite");
  const prior = { kind: "average", priorScale: 1 } as unknown as Prior;
  assertThrows(loss({ prior }, good), RangeError, 'it is "average"');
  const logPrior = Float64Array.of(0, 0, 0, -Infinity);
  assertThrows(
    loss({ prior: { kind: "static", priorScale: 1, logPrior } }, good),
    RangeError,
    "label 3 has -Infinity",
  );
  for (const [minimum, maximum] of [[2, 1], [-1, 1], [0, Infinity], [NaN, 1]]) {
    assertThrows(
      loss({ normalizedGradient: { minimum, maximum } }, good),
      RangeError,
      `current values are ${minimum} and ${maximum}`,
    );
  }
  logits.frames.data[4 * K] = NaN;
  assertThrows(
    loss({}, good),
    RangeError,
    "Sequence 1: The logits must be finite: row 1, column 0",
  );
});
