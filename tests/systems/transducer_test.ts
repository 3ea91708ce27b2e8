import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLessOrEqual,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { transducerJointLoss, transducerLoss } from "lib/criteria/mod.ts";
import { hotwords, logProbability } from "lib/decoding/mod.ts";
import { gradcheck } from "lib/gradcheck.ts";
import { bidirectional, gru, type Layer, linear, lstm, pyramid, stack } from "lib/models/mod.ts";
import {
  copyParams,
  type Matrix,
  matrix,
  type Params,
  RandomState,
  sequenceAt,
  type Sequences,
  sequences,
} from "lib/numeric/mod.ts";
import {
  gradientNorms,
  NotFiniteError,
  requireAble,
  transducer,
  type TransducerBeamOptions,
  transducerBeamSearch,
  type TransducerSteps,
  type TransducerSystem,
} from "lib/systems/mod.ts";
import { greedySearch } from "lib/systems/transducer_decode.ts";
import { transducerNetwork } from "lib/systems/transducer_network.ts";
import { enumerateLattice, softmaxOf } from "../support/lattices.ts";
import {
  assertClose,
  centralDifferences,
  randomMatrix,
  randomSequences,
} from "../support/matrices.ts";

const sizes = { labels: 4, joint: 5 };
const targets = [[1, 2], [3, 3, 1], []];
const systems: Record<string, TransducerSystem> = {
  "an LSTM with an LSTM": transducer(lstm(2, 3), lstm(3, 4), sizes),
  "a stack of GRUs with a GRU": transducer(
    stack(gru(2, 3) as Layer, linear(3, 2) as Layer),
    gru(2, 3),
    sizes,
  ),
  "a pyramid of BLSTMs with an LSTM": transducer(
    pyramid(bidirectional(lstm(2, 2)) as Layer, bidirectional(lstm(8, 2)) as Layer),
    lstm(2, 3),
    sizes,
  ),
};

/** Weights with no zeros among them. */
function drawn(system: TransducerSystem, seed = 1): Params {
  const rng = new RandomState(seed), params = system.init(rng);
  for (const { data } of Object.values(params)) {
    for (let i = 0; i < data.length; i++) data[i] += 0.3 * rng.randn();
  }
  return params;
}

/** The transducer's mean loss as a layer of one output, with the gradient of its input. */
function lossLayer(system: TransducerSystem): Layer<Sequences> {
  const network = transducerNetwork(system.encoder, system.prediction, sizes);
  return {
    inputs: system.encoder.inputs,
    outputs: 1,
    frames: () => 1,
    init: (rng) => system.init(rng),
    forward(params, x) {
      const { loss } = system.gradients(params, { x, targets });
      return { y: { frames: matrix(1, 1, [loss]), offsets: Int32Array.of(0, 1) }, cache: x };
    },
    backward(params, x) {
      const { grads } = system.gradients(params, { x, targets });
      const encoded = network.encode(params, x), predicted = network.predict(params, targets);
      const dEncoded = matrix(encoded.y.frames.rows, sizes.joint);
      targets.forEach((target, n) => {
        const joint = {
          encoded: sequenceAt(encoded.y, n),
          predicted: sequenceAt(predicted.y, n),
          output: network.output(params),
        };
        const { data } = transducerJointLoss(joint, target).grads.encoded;
        sequenceAt({ frames: dEncoded, offsets: encoded.y.offsets }, n).data
          .set(data.map((d) => d / targets.length));
      });
      return { grads, dx: encoded.backward(dEncoded).dx };
    },
  };
}

for (const [name, system] of Object.entries(systems)) {
  Deno.test(`gradients() of ${name} are those of the mean loss, every weight and input`, () => {
    const params = drawn(system), x = randomSequences(new RandomState(2), [4, 3, 2], 2);
    const criterion = (y: Sequences) => ({
      loss: y.frames.data[0],
      dy: { ...y, frames: matrix(1, 1, [1]) },
    });
    const report = gradcheck(lossLayer(system), criterion, params, x);
    const entries = Object.values(params).reduce((sum, m) => sum + m.data.length, 0);
    assertLessOrEqual(report.maxRelativeError, 2e-7);
    assertEquals(report.checked, entries + x.frames.data.length);
  });
}

const system = systems["an LSTM with an LSTM"], params = drawn(system);
const x = randomSequences(new RandomState(3), [4, 1, 6], 2);

/** All logits of a sequence, from the network itself. */
function logitsOf(params: Params, x: Matrix, target: readonly number[]): Matrix {
  const network = transducerNetwork(system.encoder, system.prediction, sizes);
  const { W, b } = network.output(params), { joint: J, labels: K } = sizes;
  const encoded = network.encode(params, sequences([x])).y.frames;
  const predicted = network.predict(params, [target]).y.frames;
  const logits = matrix(encoded.rows * predicted.rows, K);
  for (let n = 0; n < logits.rows; n++) {
    const t = Math.floor(n / predicted.rows), u = n % predicted.rows;
    for (let k = 0; k < K; k++) {
      let z = b.data[k];
      for (let j = 0; j < J; j++) {
        z += Math.tanh(encoded.data[t * J + j] + predicted.data[u * J + j]) * W.data[j * K + k];
      }
      logits.data[n * K + k] = z;
    }
  }
  return logits;
}

const logProbOf = (params: Params, x: Matrix, target: readonly number[]) =>
  -transducerLoss(logitsOf(params, x, target), x.rows, target.length, target).loss;

Deno.test("the loss is transducerLoss() of the joint network's logits, and weights stay as they are", () => {
  const before = copyParams(params);
  const { loss, infeasible } = system.gradients(params, { x, targets });
  const losses = targets.map((target, b) => -logProbOf(params, sequenceAt(x, b), target));
  assertAlmostEquals(loss, losses.reduce((sum, one) => sum + one, 0) / 3, 1e-12);
  assertEquals([infeasible, params], [0, before]);
});

Deno.test("a transducer draws its layers, and then embeddings of deviation 1", () => {
  const rng = new RandomState(4), drawn = system.init(new RandomState(4));
  const parts = { encoder: lstm(2, 3), prediction: lstm(3, 4), "joint.encoder": linear(3, 5) };
  const more = { "joint.prediction": linear(4, 5), "joint.output": linear(5, 4) };
  const due = Object.entries<Layer>({ ...parts, ...more } as never).flatMap(([name, layer]) =>
    Object.entries(layer.init(rng)).map(([weight, value]) => [`${name}.${weight}`, value] as const)
  );
  const embedding = matrix(4, 3, Array.from({ length: 12 }, () => rng.randn()));
  assertEquals(drawn, Object.fromEntries([...due, ["embedding", embedding]]));
});

/** Every labelling of up to `most` labels. */
function labellings(K: number, most: number): number[][] {
  const all: number[][] = [[]];
  for (let n = 0; n < all.length; n++) {
    if (all[n].length < most) { for (let k = 1; k < K; k++) all.push([...all[n], k]); }
  }
  return all;
}

Deno.test("a beam without pruning gives every labelling the score that transducerLoss() gives it", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 3 }), (seed, T) => {
      const params = drawn(system, seed), x = randomMatrix(new RandomState(seed + 1), T, 2);
      const network = transducerNetwork(system.encoder, system.prediction, sizes);
      const found = beamOf(network.steps(params), network.encode(params, sequences([x])).y.frames);
      const due = labellings(4, 2);
      const scores = new Map(found.map(({ labels, score }) => [labels.join(), score]));
      for (const labels of due) {
        assertAlmostEquals(scores.get(labels.join())!, logProbOf(params, x, labels), 1e-10);
      }
      assertEquals(
        found.map(({ score }) => score),
        found.map(({ score }) => score).sort((a, b) => b - a),
      );
    }),
    { numRuns: 15 },
  );
});

/** Two labels a frame at most, nothing pruned. */
function beamOf(
  steps: TransducerSteps,
  encoded: Matrix,
  more: Partial<TransducerBeamOptions> = {},
) {
  return transducerBeamSearch(steps, encoded, { beamWidth: 1e6, labelsPerFrame: 2, ...more });
}

Deno.test("a beam adds up no paths of more labels at a frame than it may give", () => {
  const network = transducerNetwork(system.encoder, system.prediction, sizes);
  const x = randomMatrix(new RandomState(5), 2, 2);
  const { y } = network.encode(params, sequences([x]));
  const found = beamOf(network.steps(params), y.frames, { labelsPerFrame: 1 });
  assertEquals(Math.max(...found.map(({ labels }) => labels.length)), 2);
  for (const { labels, score } of found) {
    const L = labels.length;
    const paths = enumerateLattice(softmaxOf(logitsOf(params, x, labels)), 2, labels)
      .filter(({ steps }) =>
        [0, 1].every((t) =>
          steps.filter(([row, k]) => k !== 0 && Math.floor(row / (L + 1)) === t).length <= 1
        )
      );
    const total = paths.reduce((sum, { probability }) => sum + probability, 0);
    assertAlmostEquals(score, Math.log(total), 1e-10);
  }
});

Deno.test("a language model and a bonus join the scores of a beam, the model's end too", () => {
  const network = transducerNetwork(system.encoder, system.prediction, sizes);
  const heard = sequences([randomMatrix(new RandomState(6), 2, 2)]);
  const encoded = network.encode(params, heard).y.frames;
  const inner = hotwords([[3, 1]], { labels: 4, bonus: 0.7 });
  const lm = { ...inner, end: () => -0.25 };
  const steps = network.steps(params);
  const plain = new Map(beamOf(steps, encoded).map(({ labels, score }) => [labels.join(), score]));
  const fused = beamOf(steps, encoded, { lm, lmWeight: 0.5, insertionBonus: 0.1 });
  assertEquals(fused.length, plain.size);
  for (const { labels, score } of fused) {
    const due = plain.get(labels.join())! + 0.5 * logProbability(lm, labels) + 0.1 * labels.length;
    assertAlmostEquals(score, due, 1e-10);
  }
  for (const { labels, score } of beamOf(steps, encoded, { lm })) {
    assertAlmostEquals(score, plain.get(labels.join())! + logProbability(lm, labels), 1e-10);
  }
  assertThrows(
    () => beamOf(steps, encoded, { lm: { ...lm, labels: 5 } }),
    RangeError,
    "must know K = 4 labels: it knows 5",
  );
});

Deno.test("decode() is greedy unless it has a beam, and scores the path or the labelling", () => {
  const network = transducerNetwork(system.encoder, system.prediction, sizes);
  const greedy = system.decode(params, x).sequences;
  const wide = system.decode(params, x, { beamWidth: 20 }).sequences;
  greedy.forEach(({ labels, score }, b) => {
    assertLessOrEqual(score, logProbOf(params, sequenceAt(x, b), labels) + 1e-12);
    assertLessOrEqual(score, wide[b].score + 1e-12);
    const { y } = network.encode(params, sequences([sequenceAt(x, b)]));
    const options = { beamWidth: 20, labelsPerFrame: 5 };
    const [best] = transducerBeamSearch(network.steps(params), y.frames, options);
    assertAlmostEquals(best.score, wide[b].score, 1e-12);
    assertEquals(best.labels, wide[b].labels);
  });
  assertThrows(() => system.decode(params, x, { beamWidth: 0 }), RangeError, "beamWidth");
});

/** A transducer that wants to say label 1 for ever. */
function talkative(labelsPerFrame?: number) {
  const system = transducer(linear(2, 2), lstm(2, 2), { ...sizes, labelsPerFrame });
  const params = system.init(new RandomState(0));
  params["joint.output.b"].data[1] = 100;
  return system.decode(params, sequences([matrix(3, 2)]), {}).sequences[0].labels;
}

Deno.test("a decoder gives at most labelsPerFrame labels at a frame, by default 5", () => {
  assertEquals([talkative().length, talkative(2).length], [15, 6]);
});

Deno.test("a stream gives, frame by frame, exactly the labels of decode(), at the frames heard so far", () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.constantFrom(0, 1),
      fc.integer({ min: 1, max: 5 }),
      (seed, which, n) => {
        const system = Object.values(systems)[which], params = drawn(system, seed);
        params["joint.output.W"].data.forEach((w, i, all) => all[i] = 3 * w); // labels of all kinds
        const x = randomMatrix(new RandomState(seed), 25, 2, 2);
        const [{ labels, score }] = system.decode(params, sequences([x])).sequences;
        const stream = system.stream(params), heard: number[] = [];
        for (let t = 0; t < 25; t += n) {
          const rows = Math.min(n, 25 - t);
          const given = stream.push(matrix(rows, 2, x.data.slice(2 * t, 2 * (t + rows))));
          for (const { label, frame } of given) {
            assert(frame >= t && frame < t + rows, `label ${label} of frame ${frame} came at ${t}`);
            heard.push(label);
          }
        }
        assertEquals(heard, labels);
        assertEquals(stream.given.map(({ label }) => label), labels);
        assertAlmostEquals(stream.score, score, 1e-10);
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("a stream names what it cannot take, and an encoder that looks ahead", () => {
  const stream = system.stream(params);
  assertThrows(() => stream.push(matrix(1, 3)), RangeError, "must have 2 values: they have 3");
  assertThrows(() => stream.push(matrix(1, 2, [0, NaN])), RangeError, "row 0, column 1 is NaN");
  const both = systems["a pyramid of BLSTMs with an LSTM"];
  assertThrows(() => both.stream(drawn(both)), RangeError, "it looks ahead");
  assertThrows(
    () => transducer(lstm(2, 3), bidirectional(lstm(2, 3)), sizes),
    RangeError,
    "prediction network must run frame by frame",
  );
});

Deno.test("align() finds the best of all enumerated paths", () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
      (seed, target) => {
        const params = drawn(system, seed), x = randomMatrix(new RandomState(seed + 1), 4, 2);
        const [{ score, spans }] = system.align(params, sequences([x]), [target]);
        const paths = enumerateLattice(softmaxOf(logitsOf(params, x, target)), 4, target);
        const best = paths.reduce((a, b) => b.probability > a.probability ? b : a);
        assertAlmostEquals(score, Math.log(best.probability), 1e-10);
        const given = best.steps.filter(([_, label]) => label !== 0);
        const probability = softmaxOf(logitsOf(params, x, target));
        assertClose(
          spans.map(({ score }) => score!),
          given.map((step) => Math.log(probability(...step))),
          1e-10,
        );
        assertEquals(
          spans.map(({ index, label, start, end }) => [index, label, start, end]),
          given.map(([row, label], index) => {
            const t = Math.floor(row / (target.length + 1));
            return [index, label, t, t + 1];
          }),
        );
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("labelGradients() of a target are the probabilities of its prefixes, by enumeration", () => {
  // What starts with a prefix: the prefix itself and everything longer, up to where nothing is left.
  const x = randomMatrix(new RandomState(8), 1, 2), quiet = copyParams(params);
  quiet["joint.output.b"].data[0] = 6; // long labellings are all but impossible
  const all = labellings(4, 5).map((labels) => ({
    labels,
    p: Math.exp(logProbOf(quiet, x, labels)),
  }));
  assertAlmostEquals(all.reduce((sum, { p }) => sum + p, 0), 1, 1e-9);
  const target = [2, 3, 1];
  const prefix = (n: number) =>
    all.filter(({ labels }) => labels.slice(0, n).join() === target.slice(0, n).join())
      .reduce((sum, { p }) => sum + p, 0);
  const found = system.labelGradients(quiet, x, target)!;
  found.forEach(({ logProb }, s) => {
    assertAlmostEquals(logProb, Math.log(prefix(s + 1) / prefix(s)), 1e-4);
  });
});

Deno.test("dx() of labelGradients() is the gradient of every label's log-probability", () => {
  const target = [2, 2, 3], input = randomMatrix(new RandomState(9), 6, 2);
  const of = () => system.labelGradients(params, input, target, { maskBlank: false })!;
  of().forEach(({ dx }, s) => {
    const numeric = centralDifferences(() => of()[s].logProb, input.data, 1e-4);
    assertClose(dx().data, numeric, 1e-8, `label ${s}`);
  });
  const masked = system.labelGradients(params, input, target)!;
  assert(masked.every(({ dx }, s) => dx().data.join() !== of()[s].dx().data.join()));
});

Deno.test("gradientNorms() takes a transducer through the same door as CTC", () => {
  const G = gradientNorms(
    requireAble("Cannot align", system, "labelGradients"),
    params,
    sequenceAt(x, 2),
    [1, 3],
  );
  assertEquals([G!.rows, G!.cols], [2, 6]);
  assert(G!.data.every(Number.isFinite));
  assertEquals(gradientNorms(system, params, sequenceAt(x, 0), [])!.rows, 0);
  for (
    const [options, message] of [
      [{ prefix: "partial" }, 'prefix of a transducer must be "entered"'],
      [{ priorScale: 0.3 }, "priorScale of a transducer must be 0: it is 0.3"],
      [{ blank: 1 }, "blank of a transducer must be 0: it is 1"],
    ] as const
  ) {
    assertThrows(
      () => gradientNorms(system, params, sequenceAt(x, 0), [1], options),
      RangeError,
      message,
    );
  }
});

Deno.test("a transducer names what is wrong with a batch, a size or an output", () => {
  const cases: [() => unknown, string][] = [
    [() => system.gradients(params, { x, targets: [[1]] }), "its 3 sequences: there are 1"],
    [() => system.gradients(params, { x, targets: [[1], [4], []] }), "Sequence 1: "],
    [
      () => system.gradients(params, { x, targets: [[1], [0], []] }),
      "differ from blank (0): label 0",
    ],
    [
      () => system.labelGradients(params, sequenceAt(x, 0), [1.5]),
      "label 0 must be a whole number",
    ],
    [() => transducer(lstm(2, 3), lstm(3, 4), { labels: 4, joint: 0 }), "joint must be"],
    ...[1.5, 0, NaN, 101, 1e15, Infinity].map((labelsPerFrame): [() => unknown, string] => [
      () => transducer(lstm(2, 3), lstm(3, 4), { ...sizes, labelsPerFrame }),
      "labelsPerFrame must be a whole number from 1 to 100",
    ]),
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
  const wild = copyParams(params);
  wild["joint.output.W"].data[0] = NaN;
  assertThrows(() => system.gradients(wild, { x, targets }), NotFiniteError, "not finite");
});

Deno.test("an output that is not finite is an error, wherever it is asked for", () => {
  const causal = transducer(lstm(2, 3), lstm(3, 4), sizes), wild = drawn(causal);
  wild["joint.output.W"].data.fill(1e308);
  wild["joint.encoder.b"].data.fill(10);
  const one = sequenceAt(x, 0);
  for (
    const call of [
      () => causal.decode(wild, x),
      () => causal.decode(wild, x, { beamWidth: 3 }),
      () => causal.align(wild, x, targets),
      () => causal.labelGradients(wild, one, [1, 2]),
      () => causal.stream(wild).push(one),
    ]
  ) assertThrows(call, NotFiniteError, "an output is not finite");
});

Deno.test("transducerBeamSearch() checks its options as all decoders do", () => {
  const network = transducerNetwork(system.encoder, system.prediction, sizes);
  const steps = network.steps(params),
    { y } = network.encode(params, sequences([sequenceAt(x, 0)]));
  for (
    const options of [
      { beamWidth: 0 },
      { beamWidth: 1.5 },
      { labelsPerFrame: Infinity },
      { labelsPerFrame: 0 },
      { lmWeight: NaN },
      { insertionBonus: Infinity },
    ]
  ) assertThrows(() => beamOf(steps, y.frames, options), RangeError, Object.keys(options)[0]);
});

Deno.test("targets without a path are counted, and stay out of the mean and the gradient", () => {
  const loud = copyParams(params);
  loud["joint.output.b"].data.set([1.7e308, -1.7e308, 0, 0]);
  const { loss, infeasible, grads } = system.gradients(loud, { x, targets: [[1], [1], [1, 1]] });
  assertEquals([loss, infeasible], [Infinity, 3]);
  for (const { data } of Object.values(grads)) assert(data.every((d) => Math.abs(d) === 0));
});

Deno.test("a target without a path changes nothing of the mean and the gradient of the others", () => {
  const one = copyParams(params);
  one["joint.output.b"].data.set([1e308, -1e308, 1e308, 1e308]);
  const { loss, infeasible, grads } = system.gradients(one, { x, targets: [[2], [1], [3, 2]] });
  const others = sequences([0, 2].map((n) => sequenceAt(x, n)));
  const due = system.gradients(one, { x: others, targets: [[2], [3, 2]] });
  assertEquals(infeasible, 1);
  assertAlmostEquals(loss, due.loss, 1e-12);
  for (const [name, { data }] of Object.entries(due.grads)) {
    assertClose(grads[name].data, data, 1e-12, name);
  }
});

/** A network whose probabilities are the same at every frame; it counts how often it was told a label. */
function constant(...probs: number[]) {
  const told: number[] = [], logProbs = Float64Array.from(probs, Math.log);
  const steps: TransducerSteps = {
    labels: probs.length,
    after(label) {
      told.push(label);
      return { predicted: logProbs, state: undefined };
    },
    logProbs: () => logProbs.slice(),
  };
  return { steps, told };
}

Deno.test("of equally probable steps greedy search takes the first by number", () => {
  const labels = (...probs: number[]) =>
    greedySearch(constant(...probs).steps, 2).hear(new Float64Array(1)).map(({ label }) => label);
  assertEquals([labels(0.4, 0.2, 0.4), labels(0.2, 0.4, 0.4)], [[], [1, 1]]);
});

Deno.test("a beam grows what its bonus lifts among the best, and nothing that cannot get there", () => {
  const options = { beamWidth: 1, labelsPerFrame: 1 }, frame = matrix(1, 1);
  const lifted = constant(0.5, 0.45, 0.05); // log 0.45 < log 0.5 < log (0.45 · 0.5) + 1
  const [best] = transducerBeamSearch(lifted.steps, frame, { ...options, insertionBonus: 1 });
  assertEquals(best.labels, [1]);
  assertAlmostEquals(best.score, Math.log(0.45 * 0.5) + 1, 1e-12);
  const idle = constant(0.6, 0.25, 0.15);
  assertEquals(transducerBeamSearch(idle.steps, frame, options)[0].labels, []);
  assertEquals(idle.told, [0]);
});

Deno.test("align() gives labels as late as it can where all paths are as good", () => {
  const even = transducer(lstm(2, 3), lstm(3, 4), sizes);
  const zeros = Object.fromEntries(
    Object.entries(even.init(new RandomState(0))).map((
      [name, m],
    ) => [name, matrix(m.rows, m.cols)]),
  );
  const [{ spans }] = even.align(zeros, sequences([matrix(3, 2)]), [[1, 2]]);
  assertEquals(spans.map(({ start }) => start), [2, 2]);
});
