import { assert, assertEquals, assertThrows } from "@std/assert";
import { greedyDecode, trainNgram } from "lib/decoding/mod.ts";
import {
  beamDecoder,
  decodeBatch,
  decodesAsCtc,
  decodeSequences,
  heldOutBatch,
  listens,
  Training,
} from "lib/experiments/mod.ts";
import { labelErrorRate } from "lib/metrics/mod.ts";
import { sequenceAt } from "lib/numeric/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

/** A model that is not quite untrained, on a corpus whose labels follow one another. */
function halfTrained(): Training {
  const corpus = { kind: "phonemes", noise: 0.4, phonotactics: 2 } as const;
  const training = new Training(smallExperiment({ corpus, model: { kind: "lstm", hidden: 6 } }));
  for (let step = 0; step < 40; step++) training.step();
  return training;
}

const training = halfTrained();

Deno.test("decoded labels have their errors, and spans in their order inside the sequence", () => {
  const held = heldOutBatch(training, 5);
  const lm = trainNgram(held.batch.targets, { labels: training.data.labels, order: 3 });
  for (const options of [{}, { beamWidth: 8 }, { beamWidth: 8, lm, insertionBonus: 1 }]) {
    decodeBatch(held, options).forEach(({ target, labels, errors, spans }, b) => {
      const posterior = sequenceAt(held.logProbs, b);
      const due = options.beamWidth === undefined ? greedyDecode : beamDecoder(options);
      assertEquals(labels, due(posterior));
      assertEquals(target, held.batch.targets[b]);
      assertEquals(errors, Math.round(labelErrorRate([labels], [target]) * target.length));
      assertEquals(spans.map(({ label }) => label), labels);
      const ends = [0, ...spans.flatMap(({ start, end }) => [start, end])];
      assertEquals(ends, ends.toSorted((x, y) => x - y));
      assert(ends.at(-1)! <= sequenceAt(held.logProbs, b).rows);
    });
  }
  assertThrows(() => decodeBatch(held, { beamWidth: 0 }), RangeError, "beamWidth");
});

Deno.test("models trained with the HMM topology are not decoded as CTC's", () => {
  assertEquals(decodesAsCtc(training), true);
  const criterion = { kind: "full-sum", topology: "hmm" } as const;
  assertEquals(decodesAsCtc({ experiment: smallExperiment({ criterion }) }), false);
});

Deno.test("a decoder listens where its attention weighs frames, and nothing else does", () => {
  const attention = (kind: "dot" | "none") =>
    ({ kind: "attention", hidden: 4, attention: { kind } }) as Parameters<typeof listens>[0];
  assertEquals([listens(attention("dot")), listens(attention("none"))], [true, false]);
  assertEquals([listens({ kind: "ctc" }), listens({ kind: "full-sum" })], [false, false]);
});

Deno.test("decodeSequences() of a model of frames decodes as decodeBatch(), with its options", () => {
  const held = heldOutBatch(training, 4);
  for (const options of [{}, { beamWidth: 8, insertionBonus: 99 }]) {
    assertEquals(decodeSequences(training, held.batch, options), decodeBatch(held, options));
  }
});
