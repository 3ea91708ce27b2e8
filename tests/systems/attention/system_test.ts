import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { ctcTopology, viterbi } from "lib/alignment/mod.ts";
import { trainNgram } from "lib/decoding/mod.ts";
import { blstm, linear, lstm, stack } from "lib/models/mod.ts";
import {
  copyParams,
  matrix,
  type Params,
  RandomState,
  sequenceAt,
  sequences,
} from "lib/numeric/mod.ts";
import {
  type AttentionOptions,
  attentionSystem,
  ctcCriterion,
  framewise,
  NotFiniteError,
} from "lib/systems/mod.ts";
import { assertClose, centralDifferences, randomSequences } from "../../support/matrices.ts";
import { checkSystem, randomWeights } from "../../support/systems.ts";

const kinds: readonly AttentionOptions[] = [
  { kind: "additive", width: 3 },
  { kind: "dot", width: 3 },
  { kind: "location", width: 3, reach: 2 },
  { kind: "none" },
];
const sizes = { labels: 4, embedding: 2, hidden: 3 };
const x = randomSequences(new RandomState(1), [5, 1, 4], 2);
const targets = [[1, 2, 2], [], [3]];

for (const attention of kinds) {
  const { kind } = attention;
  const system = attentionSystem(blstm(2, 2), { ...sizes, attention, labelSmoothing: 0.1 });
  const params = randomWeights(system, 0);

  Deno.test(`attention ${kind}: the gradient of every weight is that of the loss`, () => {
    const { maxRelativeError, checked } = checkSystem(system, params, { x, targets }, 8);
    assertLess(maxRelativeError, 2e-7);
    assertLess(6 * Object.keys(params).length, checked);
  });

  Deno.test(`attention ${kind}: the gradient of every label by the input is that of its log-probability`, () => {
    const one = sequenceAt(x, 0);
    const found = system.labelGradients(params, one, targets[0])!;
    found.forEach((label, u) => {
      const logProb = () => system.labelGradients(params, one, targets[0])![u].logProb;
      assertClose(label.dx().data, centralDifferences(logProb, one.data), 1e-6, `label ${u}`);
    });
  });

  Deno.test(`attention ${kind}: a batch has the mean loss of its sequences, each alone`, () => {
    const alone = targets.map((target, b) =>
      system.gradients(params, { x: sequences([sequenceAt(x, b)]), targets: [target] })
    );
    const { loss, grads } = system.gradients(params, { x, targets });
    assertAlmostEquals(loss, alone.reduce((sum, { loss }) => sum + loss, 0) / 3, 1e-12);
    for (const name of Object.keys(grads)) {
      const mean = grads[name].data.map((_, i) =>
        alone.reduce((sum, { grads }) => sum + grads[name].data[i], 0) / 3
      );
      assertClose(grads[name].data, mean, 1e-12, name);
    }
  });
}

const system = attentionSystem(stack(lstm(2, 3), linear(3, 3)), { ...sizes, attention: kinds[0] });
const params = randomWeights(system, 3);

Deno.test("the loss is minus the sum of the labels' log-probabilities and the end's", () => {
  const one = sequenceAt(x, 0);
  const labels = system.labelGradients(params, one, [1, 2])!;
  const { loss } = system.gradients(params, { x: sequences([one]), targets: [[1, 2]] });
  const [{ score }] = system.nBest(params, sequences([one]), {
    beamWidth: Infinity,
    maxLabels: 2,
  })[0]
    .filter(({ labels }) => labels.join() === "1,2");
  assertAlmostEquals(-loss, score, 1e-12);
  assertLess(-loss, labels[0].logProb + labels[1].logProb);
});

Deno.test("a beam without limits finds every labelling with its log-probability, the best first", () => {
  const all: number[][] = [[]];
  for (const length of [1, 2]) {
    for (let n = 0; n < 3 ** length; n++) {
      all.push(Array.from({ length }, (_, place) => 1 + Math.floor(n / 3 ** place) % 3));
    }
  }
  const nBest = system.nBest(params, x, { beamWidth: Infinity, maxLabels: 2 });
  nBest.forEach((found, b) => {
    const one = sequences([sequenceAt(x, b)]);
    const expected = all.map((labels) => ({
      labels,
      score: -system.gradients(params, { x: one, targets: [labels] }).loss,
    })).sort((p, q) => q.score - p.score);
    assertEquals(found.map(({ labels }) => labels), expected.map(({ labels }) => labels));
    assertClose(found.map(({ score }) => score), expected.map(({ score }) => score), 1e-12);
  });
  const { sequences: best } = system.decode(params, x, { beamWidth: 50 });
  assertEquals(best.length, 3);
});

Deno.test("decode() is greedy unless it has a beam: every label is the best after those before", () => {
  let wider = 0;
  for (let seed = 0; seed < 10; seed++) {
    const own = randomWeights(system, seed);
    const greedy = system.decode(own, x).sequences;
    greedy.forEach(({ labels, score }, b) => {
      const one = sequenceAt(x, b);
      const best = labels.map((_, u) =>
        [1, 2, 3].map((label) =>
          system.labelGradients(own, one, [...labels.slice(0, u), label])![u]
        )
          .map(({ logProb }, n) => ({ logProb, label: n + 1 }))
          .reduce((a, b) => b.logProb > a.logProb ? b : a).label
      );
      assertEquals(labels, best);
      const [beam] = system.decode(own, sequences([one]), { beamWidth: 20 }).sequences;
      if (beam.score > score + 1e-9) wider++;
    });
  }
  assert(wider > 0, "a wide beam finds the same everywhere");
});

Deno.test("a decoder begins with a bias of 1 at the forget gates, and 0 elsewhere", () => {
  const { "decoder.bh": bh, "decoder.b": b } = system.init(new RandomState(0));
  assertEquals([...bh.data], [0, 1, 0, 0].flatMap((value) => Array(sizes.hidden).fill(value)));
  assertEquals([...b.data], Array(sizes.labels).fill(0));
});

Deno.test("attention weights are a distribution over the encoder's frames for every label and the end", () => {
  const weights = system.attentionWeights(params, x, targets);
  assertEquals(weights.map(({ rows, cols }) => [rows, cols]), [[4, 5], [1, 1], [2, 4]]);
  for (const { data, rows, cols } of weights) {
    for (let u = 0; u < rows; u++) {
      const row = data.subarray(u * cols, (u + 1) * cols);
      assertAlmostEquals(row.reduce((sum, p) => sum + p, 0), 1, 1e-12);
    }
  }
});

Deno.test("a hybrid's loss is the mixture of both, its gradients are that loss's, and both search", () => {
  const attention = kinds[0], encoder = blstm(2, 2), options = { ...sizes, attention };
  const hybrid = attentionSystem(encoder, { ...options, ctcWeight: 0.3 });
  const own = randomWeights(hybrid, 4), batch = { x, targets };
  assertLess(checkSystem(hybrid, own, batch, 8).maxRelativeError, 2e-7);
  const { loss, infeasible } = hybrid.gradients(own, batch);
  const alone = attentionSystem(encoder, options).gradients(own, batch).loss;
  const framewiseOnly = framewise(stack(encoder, linear(4, 4)), ctcCriterion());
  const inStack = Object.fromEntries(
    Object.entries(own).filter(([name]) => !name.startsWith("decoder."))
      .map(([name, value]) => [name.replace("encoder.", "0.").replace("ctc.", "1."), value]),
  );
  const ctc = framewiseOnly.gradients(inStack, batch);
  assertEquals(infeasible, ctc.infeasible);
  assertAlmostEquals(loss, 0.7 * alone + 0.3 * ctc.loss, 1e-12);
  const one = sequences([sequenceAt(x, 2)]);
  const all = { beamWidth: Infinity, maxLabels: 2 };
  for (const { labels, score } of hybrid.nBest(own, one, all)[0]) {
    const target = { x: one, targets: [labels] };
    const expected = -hybrid.gradients(own, target).loss;
    assertAlmostEquals(score, expected, 1e-9);
  }
  const [best] = hybrid.nBest(own, one, { ...all, ctcWeight: 1 })[0];
  const { score } = framewiseOnly.decode(inStack, one, { beamWidth: 99 }).sequences[0];
  assertAlmostEquals(best.score, score, 1e-9);
  assertThrows(() => system.nBest(params, x, { ctcWeight: 0.5 }), RangeError, "must be a hybrid");
});

Deno.test("a hybrid's label gradients weigh those of both parts, and are those of its log-probability", () => {
  const encoder = blstm(2, 2), attention = kinds[2];
  const hybrid = attentionSystem(encoder, { ...sizes, attention, ctcWeight: 0.3 });
  const own = randomWeights(hybrid, 4), one = sequenceAt(x, 0), target = [1, 2];
  const ctcOnly = framewise(stack(encoder, linear(4, 4)), ctcCriterion());
  const inStack = Object.fromEntries(
    Object.entries(own).filter(([name]) => !name.startsWith("decoder."))
      .map(([name, value]) => [name.replace("encoder.", "0.").replace("ctc.", "1."), value]),
  );
  for (const prefix of ["partial", "entered"] as const) {
    const options = { prefix, maskBlank: false };
    const said = hybrid.labelGradients(own, one, target)!;
    const framed = ctcOnly.labelGradients(inStack, one, target, options)!;
    for (const ctcWeight of [0, 0.25, 1]) {
      const of = () => hybrid.labelGradients(own, one, target, { ...options, ctcWeight })!;
      of().forEach((label, u) => {
        const sum = (1 - ctcWeight) * said[u].logProb + ctcWeight * framed[u].logProb;
        assertAlmostEquals(label.logProb, sum, 1e-12);
        const numeric = centralDifferences(() => of()[u].logProb, one.data);
        assertClose(label.dx().data, numeric, 1e-6, `λ = ${ctcWeight}, label ${u}`);
      });
    }
  }
  const masked = hybrid.labelGradients(own, one, target, { ctcWeight: 1 })!;
  const due = ctcOnly.labelGradients(inStack, one, target)!;
  masked.forEach((label, u) => assertClose(label.dx().data, due[u].dx().data, 1e-12, `${u}`));
  assertEquals(hybrid.labelGradients(own, sequenceAt(x, 1), [1, 1], { ctcWeight: 0.5 }), undefined);
  assertEquals(hybrid.labelGradients(own, sequenceAt(x, 1), [1, 1])!.length, 2);
  const frames = sequenceAt(ctcOnly.posterior(inStack, x), 0);
  assertEquals(hybrid.align!(own, x, targets)[0], viterbi(frames, ctcTopology(targets[0])));
  assertEquals([system.align, hybrid.align!(own, x, [[1], [1, 1], []])[1].score], [
    undefined,
    -Infinity,
  ]);
  for (
    const call of [
      () => system.labelGradients(params, one, target, { ctcWeight: 0.5 }),
      () => ctcOnly.labelGradients(inStack, one, target, { ctcWeight: 0.5 }),
    ]
  ) {
    assertThrows(call, RangeError, "hybrid");
  }
});

Deno.test("scheduled sampling changes the loss of a training step alone, and follows its stream", () => {
  const sampling = attentionSystem(lstm(2, 3), {
    ...sizes,
    attention: kinds[0],
    scheduledSampling: 0.5,
  });
  const own = randomWeights(sampling, 3);
  const loss = (seed?: number) =>
    sampling.gradients(
      own,
      { x, targets },
      seed === undefined ? {} : { training: true, rng: new RandomState(seed) },
    ).loss;
  assertEquals(loss(1), loss(1));
  assert(new Set([1, 2, 3, 4, 5].map(loss)).size > 1);
  assertLess(checkSystem(sampling, own, { x, targets }, 8).maxRelativeError, 2e-7);
  assertThrows(
    () => sampling.gradients(own, { x, targets }, { training: true }),
    TypeError,
    "must have an rng",
  );
});

Deno.test("what is no target or no size is refused with its place", () => {
  const gradients = (targets: number[][]) => () => system.gradients(params, { x, targets });
  assertThrows(gradients([[1]]), RangeError, "a target for each of 3 sequences: there are 1");
  assertThrows(gradients([[1], [4], []]), RangeError, "label 0 of target 1");
  assertThrows(gradients([[1], [2, 0], []]), RangeError, "label 1 of target 1 is 0");
  const make = (options: object) => () =>
    attentionSystem(lstm(2, 3), { ...sizes, attention: kinds[0], ...options });
  assertThrows(make({ hidden: 0 }), RangeError, "hidden must be a whole number >= 1");
  assertThrows(make({ attention: { kind: "dot", width: 1.5 } }), RangeError, "width");
  assertThrows(make({ attention: { ...kinds[2], reach: -1 } }), RangeError, "reach");
  assertThrows(
    make({ attention: { kind: "multi", width: 3 } }),
    RangeError,
    "attention.kind must be",
  );
  assertThrows(make({ labelSmoothing: 1 }), RangeError, "labelSmoothing");
  assertThrows(make({ labelSmoothing: "0.1" }), RangeError, "labelSmoothing");
  assertThrows(make({ ctcWeight: "1" }), RangeError, "ctcWeight");
  assertThrows(make({ scheduledSampling: 2 }), RangeError, "scheduledSampling");
});

Deno.test("decode() takes the options that every system takes, and says at most a label a frame", () => {
  const decode = (options: object) => () => system.decode(params, x, options);
  assertThrows(decode({ beamWidht: 2 }), TypeError, 'did you mean "beamWidth"?');
  const lm = trainNgram([[1, 2]], { labels: 4 });
  assertThrows(decode({ lm }), RangeError, "a language model needs a beam");
  const talkative = copyParams(params);
  talkative["decoder.b"].data.set([-100, 0, 0, 0]);
  const longest = system.nBest(talkative, x, { beamWidth: Infinity, maxLabels: undefined })
    .map((found) => Math.max(...found.map(({ labels }) => labels.length)));
  assertEquals(longest, [5, 1, 4]);
});

Deno.test("an output that is not finite is an error, wherever it is asked for", () => {
  const wild = copyParams(params), one = sequenceAt(x, 0);
  wild["decoder.b"].data.fill(Infinity);
  for (
    const call of [
      () => system.gradients(wild, { x, targets }),
      () => system.decode(wild, x),
      () => system.decode(wild, x, { beamWidth: 3 }),
      () => system.attentionWeights(wild, x, targets),
      () => system.labelGradients(wild, one, [1, 2]),
    ]
  ) assertThrows(call, NotFiniteError, "an output is not finite");
});

/** Weights of zero but for the output's bias: every step has the same probabilities. */
function onlyBias(system: { init(rng: RandomState): Params }, b: readonly number[]): Params {
  const params = Object.fromEntries(
    Object.entries(system.init(new RandomState(0)))
      .map(([name, { rows, cols }]) => [name, matrix(rows, cols)]),
  );
  params["decoder.b"].data.set(b);
  return params;
}

Deno.test("label smoothing weighs every label by ε/K, the end among them", () => {
  const epsilon = 0.2, b = [0.3, -1, 2, 0.5];
  const smooth = attentionSystem(linear(2, 3), {
    ...sizes,
    attention: kinds[0],
    labelSmoothing: epsilon,
  });
  const logSum = Math.log(b.reduce((sum, logit) => sum + Math.exp(logit), 0));
  const logProbs = b.map((logit) => logit - logSum);
  const expected = [2, 1, 0].reduce(
    (sum, label) =>
      sum - (1 - epsilon) * logProbs[label] -
      epsilon / 4 * logProbs.reduce((all, logProb) => all + logProb, 0),
    0,
  );
  const batch = { x: sequences([sequenceAt(x, 0)]), targets: [[2, 1]] };
  assertAlmostEquals(smooth.gradients(onlyBias(smooth, b), batch).loss, expected, 1e-12);
});

Deno.test("scheduled sampling tells every sequence what it said itself, from its second step on", () => {
  const sampling = attentionSystem(linear(2, 2), {
    ...sizes,
    attention: kinds[0],
    scheduledSampling: 1,
  });
  const params = randomWeights(sampling, 2);
  params["encoder.W"].data.set([1, 0, 0, 1]);
  params["encoder.b"].data.fill(0);
  // What is heard decides what is said: label 1 where the first value is 1, label 2 where it is -1.
  const W = params["decoder.W"], row = sizes.hidden * W.cols;
  W.data[row + 1] = 1000;
  W.data[row + 2] = -1000;
  const heard = [1, -1].map((value) => matrix(2, 2, [value, 0, value, 0]));
  const told = (order: readonly number[], lengths: readonly number[]) => {
    const batch = {
      x: sequences(order.map((n) => heard[n])),
      targets: lengths.map((length) => Array<number>(length).fill(3)),
    };
    const ctx = { training: true, rng: new RandomState(1) };
    const { data, rows, cols } = sampling.gradients(params, batch, ctx).grads["decoder.embedding"];
    return Array.from({ length: rows }, (_, k) => k)
      .filter((k) => data.subarray(k * cols, (k + 1) * cols).some((d) => d !== 0));
  };
  assertEquals(told([0], [1]), [0, 1]);
  assertEquals(told([1], [3]), [0, 2]);
  assertEquals(told([0, 1], [3, 2]), [0, 1, 2]);
});
