import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ctcTopology } from "lib/alignment/mod.ts";
import type { LabelledBatch } from "lib/corpora/mod.ts";
import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
import {
  type EvaluatedBatch,
  forcedAlignments,
  gradientAlignments,
  measured,
  requireMeasurable,
  timingMetrics,
  Training,
} from "lib/training/mod.ts";
import { timingMeasure } from "lib/training/measures/timing.ts";
import { fakeVoices } from "../../support/fake_voices.ts";
import { smallExperiment } from "../../support/experiments.ts";

/** A posterior sure of the label of every frame. */
function sure(labels: readonly number[], K: number) {
  const logProbs = matrix(labels.length, K);
  logProbs.data.fill(-20);
  labels.forEach((label, t) => logProbs.data[t * K + label] = 0);
  return logProbs;
}

/** Two words, "1 2" and "1", with silence (3) before and between, at these times in seconds. */
function spoken(path: readonly number[], frames: number, frameSeconds: number): EvaluatedBatch {
  const times = [[0.1, 0.185], [0.185, 0.3], [0.405, 0.5]];
  const batch: LabelledBatch = {
    x: sequences([matrix(frames, 1)]),
    targets: [[1, 2, 1]],
    words: [[[1, 2], [1]]],
    spans: [times.map(([start, end], index) => ({
      index,
      label: [1, 2, 1][index],
      start: start / frameSeconds,
      end: end / frameSeconds,
    }))],
  };
  const topologies = [ctcTopology([1, 2, 1])];
  return { batch, logProbs: sequences([sure(path, 4)]), topologies };
}

const knows = ["alignment", "words"] as const;

Deno.test("times are read off edges of frames and compared with the truth inside them, to the ms", () => {
  // Frames of 40 ms: found at 80–200, 200–320 and 400–520.
  const path = [0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 1, 1];
  const { words, labels, silenceRatio, labelDuration, unaligned } = timingMetrics(
    [spoken(path, 13, 0.04)],
    {},
    { frameSeconds: 0.04, silence: 3, knows },
  );
  // |80 - 100|, |320 - 300|, |400 - 405|, |520 - 500|; of labels, |200 - 185| twice as well
  assertAlmostEquals(words!.tse, (20 + 20 + 5 + 20) / 4, 1e-9);
  assertAlmostEquals(words!.onset, (20 + 5) / 2, 1e-9);
  assertAlmostEquals(words!.offset, 20, 1e-9);
  assertAlmostEquals(words!.onsetBias, (-20 - 5) / 2, 1e-9);
  assertAlmostEquals(words!.tseCenter, (0 + 7.5) / 2, 1e-9);
  assertEquals([words!.within10, words!.within20, words!.count], [0.25, 1, 2]);
  assertAlmostEquals(labels!.tse, (20 + 15 + 15 + 20 + 5 + 20) / 6, 1e-9);
  assertAlmostEquals(silenceRatio, 4 / 13, 1e-12);
  assertAlmostEquals(labelDuration, 120, 1e-9);
  assertEquals(unaligned, 0);
});

Deno.test("frames that a model joins are as much longer, and the truth stays where it is", () => {
  const path = [0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 1, 1];
  const scale = { silence: 3, knows };
  const stacked = timingMetrics([spoken(path, 13, 0.04)], {}, { frameSeconds: 0.04, ...scale });
  const halved = timingMetrics([spoken(path, 52, 0.01)], {}, {
    frameSeconds: 0.01,
    factor: 4,
    ...scale,
  });
  for (const key of ["tse", "tseCenter", "onset", "offset", "within10"] as const) {
    assertAlmostEquals(halved.words![key], stacked.words![key], 1e-9);
    assertAlmostEquals(halved.labels![key], stacked.labels![key], 1e-9);
  }
  assertAlmostEquals(halved.labelDuration, stacked.labelDuration, 1e-9);
});

Deno.test("a system that joins three frames is timed on three, though its last may have fewer", () => {
  const path = [0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 1, 1];
  const { batch, logProbs, topologies } = spoken(path, 39, 0.01);
  const system = { frames: (T: number) => Math.ceil(T / 3), topologies: () => topologies };
  const of = { system, data: { frameSeconds: 0.01, silence: 3, knows }, params: {} };
  const [{ labelDuration }] = timingMeasure.compute([{ batch, logProbs }], {}, of as never);
  assertAlmostEquals(labelDuration, 90, 1e-9); // three outputs each
});

Deno.test("silence in targets is no label that is timed, and counts as silence", () => {
  const one = spoken([3, 3, 1, 1, 1, 2, 2, 2, 3, 3, 1, 1, 1], 13, 0.04);
  const [first, second, third] = one.batch.spans![0];
  const target = [3, 1, 2, 3, 1];
  const batch = {
    x: one.batch.x,
    targets: [target],
    spans: [[
      { index: 0, label: 3, start: 0, end: first.start },
      { ...first, index: 1 },
      { ...second, index: 2 },
      { index: 3, label: 3, start: second.end, end: third.start },
      { ...third, index: 4 },
    ]],
  };
  const scale = { frameSeconds: 0.04, silence: 3 };
  const inTargets = timingMetrics(
    [{ ...one, batch, topologies: [ctcTopology(target)] }],
    {},
    { ...scale, knows: ["alignment"] },
  );
  const path = [0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 1, 1];
  const asBlank = timingMetrics([spoken(path, 13, 0.04)], {}, { ...scale, knows });
  assertEquals(inTargets.labels, asBlank.labels);
  assertEquals(inTargets.silenceRatio, asBlank.silenceRatio);
  assertEquals(inTargets.labelDuration, asBlank.labelDuration);
  assertEquals(inTargets.words, undefined);
});

Deno.test("what cannot be aligned is counted, and where nothing can there is nothing to time", () => {
  const short = spoken([1, 2], 13, 0.04);
  const timing = timingMetrics([short], {}, { frameSeconds: 0.04, silence: 3, knows });
  const { words, silenceRatio, labelDuration, unaligned } = timing;
  assertEquals([unaligned, words!.count, words!.tse], [1, 0, NaN]);
  assertEquals([silenceRatio, labelDuration], [NaN, NaN]);
});

const voices = { kind: "voices", stack: 4, sentences: 3 } as const;
const at = [{}, { blankShift: -3, priorScale: 0.5 }, {
  topology: "hmm",
  posteriorScale: 0.5,
}] as const;
const grid = { every: 3, sequences: 7, stream: 1000003, timing: { at } };
const speech = smallExperiment({ corpus: voices, evaluations: [grid] });
const data = fakeVoices({ stack: 4, sentences: 3 });

Deno.test("a grid asks for several alignments at once, each as if it were asked for alone", () => {
  const training = new Training(speech, { data });
  const { timing } = training.evaluate(grid);
  assertEquals(timing!.length, 3);
  assertEquals(new Set(timing!.map(({ words }) => words!.tse)).size, 3);
  at.forEach((options, n) => {
    const alone = { ...grid, timing: { at: [options] } };
    const one = new Training({ ...speech, evaluations: [alone] }, { data });
    assertEquals(one.evaluate(alone).timing, [timing![n]]);
  });
});

Deno.test("the times of a batch are those of its forced alignments", () => {
  const training = new Training(speech, { data });
  const { system, params } = training;
  const batch = data.dev.batch(new RandomState(5), 6);
  const logProbs = system.posterior!(params, batch.x);
  const evaluated = { batch, logProbs, topologies: system.topologies!(batch) };
  const options = { blankShift: -1, priorScale: 0.3 };
  const scale = { frameSeconds: 0.04, silence: data.silence, knows: data.knows };
  const { labels } = timingMetrics([evaluated], options, scale);
  const alignments = forcedAlignments(evaluated, options);
  const errors = alignments.flatMap(({ spans }, b) =>
    spans.flatMap(({ start, end }, n) => {
      const due = batch.spans![b][n];
      return [Math.abs(start - due.start), Math.abs(end - due.end)];
    })
  );
  assertAlmostEquals(labels!.tse, 40 * errors.reduce((a, b) => a + b) / errors.length, 1e-9);
});

Deno.test("letters have no place of their own, so that words alone are timed", () => {
  const letters = { sentences: 3, labels: "letters" } as const;
  const experiment = smallExperiment({
    corpus: { kind: "voices", ...letters },
    evaluations: [grid],
  });
  const training = new Training(experiment, { data: fakeVoices(letters) });
  const [{ words, labels }] = training.evaluate(grid).timing!;
  assertEquals([words!.count > 0, labels], [true, undefined]);
});

Deno.test("a model that halves time is timed on longer frames, as nothing compares frames", () => {
  const model = { kind: "blstm", hidden: 3, layers: 2, pyramid: true } as const;
  const plain = { stack: 1, sentences: 3 };
  const experiment = { ...speech, corpus: { kind: "voices", ...plain }, model } as const;
  const training = new Training(experiment, { data: fakeVoices(plain) });
  const [{ words, labelDuration, unaligned }] = training.evaluate(grid).timing!;
  assertEquals(unaligned, 0);
  // Sounds of 300 ms with six labels: no model can be further off, nor labels last longer.
  assertEquals(words!.count > 0 && words!.tse < 300 && labelDuration <= 50, true);
  assertEquals(labelDuration >= 20, true);
});

Deno.test("timing is refused where frames have no length, nothing has a place, or silence is none", () => {
  const { system, params } = new Training(speech, { data });
  const refused = (change: object, message: string) =>
    assertThrows(
      () => requireMeasurable(grid, { system, data: { ...data, ...change } }),
      RangeError,
      message,
    );
  refused({ frameSeconds: undefined }, "the data set must say how long a frame is");
  refused({ knows: ["speakers"] }, "must have a reference alignment or words: it has speakers");
  refused({ silence: undefined }, "one of the labels must be silence");
  requireMeasurable(grid, { system, data });
  assertEquals(
    measured({}, [], { system, params, data, recognised: { labels: [], targets: [] } }),
    {},
  );
});

const gradients = [
  { method: "grad-score" },
  { method: "grad-score-ext" },
  { method: "grad-score", maskBlank: false },
  { method: "grad-score", priorScale: 1, blankScore: -2 },
] as const;

Deno.test("gradients are timed after forced alignments, each as if it were asked for alone", () => {
  const training = new Training(speech, { data });
  for (let step = 0; step < 5; step++) training.step();
  const found = (timing: object) => {
    const asked = { ...grid, timing };
    const one = new Training({ ...speech, evaluations: [asked] }, { data });
    for (const [name, { data }] of Object.entries(training.params)) {
      one.params[name].data.set(data);
    }
    return one.evaluate(asked).timing!;
  };
  const all = found({ at, gradients });
  assertEquals(all.length, at.length + gradients.length);
  assertEquals(all.slice(0, at.length), found({ at }));
  gradients.forEach((way, n) => {
    assertEquals(found({ gradients: [way] }), [found({})[0], all[at.length + n]]);
  });
});

Deno.test("the times by gradients are those of gradientAlignments(), of one and of several batches", () => {
  const training = new Training(speech, { data });
  const { system, params } = training;
  const batches = [3, 2].map((B) => {
    const batch = data.dev.batch(new RandomState(B), B);
    return { batch, logProbs: system.posterior!(params, batch.x) };
  });
  const recognised = { labels: [], targets: [] };
  const { timing } = measured({ timing: { gradients: [{ method: "grad-score-ext" }] } }, batches, {
    ...{ system, params, data, recognised },
  });
  const errors = batches.flatMap(({ batch }) =>
    gradientAlignments(training, { batch }, "grad-score-ext").flatMap(({ spans }, b) =>
      spans.flatMap(({ start, end }, n) => {
        const due = batch.spans![b][n];
        return [Math.abs(start - due.start), Math.abs(end - due.end)];
      })
    )
  );
  const { labels, silenceRatio } = timing![1];
  assertAlmostEquals(labels!.tse, 40 * errors.reduce((a, b) => a + b) / errors.length, 1e-9);
  assertEquals(silenceRatio >= 0 && silenceRatio < 1, true);
});

Deno.test("gradients are those of features, which keep their length where a model halves time", () => {
  const model = { kind: "blstm", hidden: 3, layers: 2, pyramid: true } as const;
  const plain = { stack: 1, sentences: 3 };
  const asked = { ...grid, timing: { gradients } };
  const training = new Training(
    { ...speech, corpus: { kind: "voices", ...plain }, model, evaluations: [asked] },
    { data: fakeVoices(plain) },
  );
  const [, ...byGradients] = training.evaluate(asked).timing!;
  for (const { words, unaligned } of byGradients) {
    // Sounds of 300 ms: an alignment read at half its speed would run past their end.
    assertEquals([unaligned, words!.count > 0, words!.tse < 300], [0, true, true]);
  }
});

Deno.test("gradients are refused where a system has none, and by an unknown option", () => {
  const { system } = new Training(speech, { data });
  const timing = { gradients: [{ method: "grad-score" }] } as const;
  assertThrows(
    () => requireMeasurable({ timing }, { system: { ...system, labelGradients: undefined }, data }),
    RangeError,
    'Cannot measure "timing" by gradients as the system must have labelGradients()',
  );
  const misspelt = { method: "grad-score", gamma: 1 } as const;
  assertThrows(
    () =>
      new Training(
        { ...speech, evaluations: [{ ...grid, timing: { gradients: [misspelt] } }] },
        { data },
      ),
    TypeError,
    "gamma",
  );
});
