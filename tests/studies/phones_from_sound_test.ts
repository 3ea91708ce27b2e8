import { assert, assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { speechFeatures } from "lib/audio/mod.ts";
import { judge } from "lib/claims/mod.ts";
import { timitDataSet, type TimitOptions, type VoicesOptions } from "lib/corpora/mod.ts";
import { voiceScripts } from "lib/corpora/voices/mod.ts";
import { sentenceWords } from "lib/corpora/sentences/mod.ts";
import { type Run, runName, storeOf, Training } from "lib/experiments/mod.ts";
import { labelErrors } from "lib/metrics/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import {
  alignLabels,
  claims,
  confusions,
  confusionTable,
  type Course,
  editsOf,
  errorsOf,
  foldTable,
  gather,
  gravesExperiment,
  gravesWeights,
  type HeardSentence,
  ITERS,
  type Key,
  last,
  lines,
  listen,
  listenedClaims,
  phonesHeard,
  published,
  type Results,
  results,
  seedTable,
  sentenceTable,
  sweep,
} from "lib/studies/phones_from_sound/mod.ts";
import runs from "../../results/speech.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { fakeVoices } from "../support/fake_voices.ts";
import { noisySound } from "../support/sounds.ts";

Deno.test("phones from sound: both readers without awb at five seeds, BLSTMs without each other voice, all buildable", () => {
  const all = sweep.entries([0, 1, 2, 3, 4]);
  assertEquals(sweep.seeds, 5);
  assertEquals(new Set(all.map(({ experiment }) => runName(experiment))).size, 13);
  for (const { key, experiment } of all) {
    const { kind: _, ...options } = experiment.corpus as { kind: "voices" } & VoicesOptions;
    new Training(experiment, { data: fakeVoices({ ...options, sentences: 1 }) });
    assertEquals([options.train!.length, options.train!.includes(key.unseen)], [3, false]);
    assertEquals(options.test, [key.unseen]);
  }
  const kept = all.filter(({ keepsWeights }) => keepsWeights).map(({ key }) => key);
  assertEquals(kept, [{ reader: "blstm", unseen: "awb", seed: 0 }]);
});

Deno.test("gather() keeps readers, voices, seeds and parts apart, and takes counts for shares of phones", () => {
  const run = ({ reader, unseen, seed }: Key): Run["rows"] =>
    [1, ITERS].flatMap((iter) =>
      [0, 1].map((part) => {
        const per = (reader === "lstm" ? 0.4 : 0.2) + (unseen === "awb" ? 0 : 0.1) + seed / 100 +
          part / 1000 + (iter === 1 ? 1 : 0);
        const counts = { substitutions: 2, insertions: 1, deletions: 1 };
        return {
          ...{ every: ITERS / 4, iter, nll: 1, per, seqAcc: 0, infeasible: 0 },
          errors: [{ per, ...counts }, { per: per / 2, ...counts }],
          blanks: { blankRate: per / 4, spikeWidth: 2 },
        } as unknown as Run["rows"][number];
      })
    );
  const { seeds, folds } = gather(
    sweep.entries([0, 1]).map(({ key, experiment }) => ({
      key,
      run: { experiment, rows: run(key) },
    })),
  );
  const pers = (courses: readonly Course[], part: "same" | "unseen") =>
    last(courses, part).map(({ best }) => Math.round(1000 * best.per));
  assertEquals(pers(seeds.blstm, "same"), [200, 210]);
  assertEquals(pers(seeds.blstm, "unseen"), [201, 211]);
  assertEquals(pers(seeds.lstm, "unseen"), [401, 411]);
  assertEquals(pers(Object.values(folds), "unseen"), [201, 301, 301, 301]);
  const [first, end] = seeds.blstm[0].same;
  assertEquals([first.iter, end.iter], [1, ITERS]);
  assertEquals(end.best, { substitutions: 0.1, deletions: 0.05, insertions: 0.05, per: 0.2 });
  assertEquals([end.beam.per, end.blankRate, end.spikeWidth], [0.1, 0.05, 2]);
});

/** Results in which everything is as the sources and the bars would have it. */
function asExpected(): Results {
  const course = (same: number, unseen: number): Course => {
    const point = (per: number) => {
      const way = (per: number) => ({ substitutions: per, deletions: 0, insertions: 0, per });
      const ratio = published.labelError.prefixSearch / published.labelError.bestPath;
      return [{ iter: ITERS, best: way(per), beam: way(ratio * per), blankRate: 0.85 }];
    };
    return { same: point(same), unseen: point(unseen) };
  };
  const seeds = [0, 1, 2, 3, 4].map((seed) => 1 + seed / 100);
  return {
    seeds: {
      blstm: seeds.map((s) => course(0.08 * s, 0.3 * s)),
      lstm: seeds.map((s) => course(0.16 * s, 0.4 * s)),
    },
    folds: Object.fromEntries(
      ["awb", "rms", "kal16", "slt"].map((voice) => [voice, course(0.08, 0.3)]),
    ) as unknown as Results["folds"],
  };
}

Deno.test("phones from sound: where all is as expected, every claim holds", () => {
  assertEquals(claims(asExpected()).map((spec) => judge(spec).verdict), [
    ...["reproduced", "reproduced", "holds", "holds", "yes", "reproduced"],
  ]);
});

Deno.test("phones from sound: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "speech": runs })));
});

Deno.test("phones from sound: what a machine hears can differ in every row from what is stored and expected", () => {
  const stored = asExpected();
  const errors = (rate: number) => {
    const labels = 1000, substitutions = Math.round(rate * labels);
    return { rate, substitutions, deletions: 0, insertions: 0, labels };
  };
  const listened = {
    awb: errors(0.3),
    newWords: { same: errors(0.085), unseen: errors(0.31) },
  };
  assertEveryRowCanFail((listened) => listenedClaims(stored, listened), listened);
});

const labelling = fc.array(fc.constantFrom("aa", "b", "k", "s"), { maxLength: 9 });

Deno.test("alignLabels() keeps both sides whole and in order, and has the edits that PER counts", () => {
  const number = (label: string) => ["aa", "b", "k", "s"].indexOf(label);
  fc.assert(fc.property(labelling, labelling, (said, heard) => {
    const edits = alignLabels(said, heard);
    assertEquals(edits.flatMap((edit) => edit.said ?? []), said);
    assertEquals(edits.flatMap((edit) => edit.heard ?? []), heard);
    const sentence = { said, heard } as unknown as HeardSentence;
    const { rate, ...counts } = errorsOf([sentence]);
    const expected = labelErrors([heard.map(number)], [said.map(number)]);
    assertEquals({ rate, ...counts }, expected);
  }));
});

Deno.test("confusions() counts every error, the most frequent first, as shares of the phone that was said", () => {
  const sentences = [
    { said: ["k", "ae", "t"], heard: ["k", "eh", "t", "s"] },
    { said: ["b", "ae", "d"], heard: ["b", "eh"] },
    { said: ["ae", "d"], heard: ["ae", "d"] },
  ] as unknown as HeardSentence[];
  assertEquals(confusions(editsOf(sentences)), [
    { said: "ae", heard: "eh", count: 2, share: 2 / 3 },
    { heard: "s", count: 1, share: NaN },
    { said: "d", count: 1, share: 1 / 2 },
  ]);
});

Deno.test("lines() gives sentences that no training hears, of unseen words where they are asked for", () => {
  const trained = voiceScripts().filter(({ split }) => split === "train")
    .flatMap(({ texts }) => texts);
  const words = new Set(trained.flatMap(sentenceWords));
  const known = lines(["awb"], "test", 100), unseen = lines(["rms", "slt"], "unseen", 20);
  assertEquals([known.length, unseen.length], [100, 40]);
  assertEquals([known[99].voice, unseen[0].voice, unseen[39].voice], ["awb", "rms", "slt"]);
  assert([...known, ...unseen].every(({ text }) => !trained.includes(text)));
  const news = ({ text }: { text: string }) => sentenceWords(text).filter((w) => !words.has(w));
  const heldOut = unseen.flatMap(news);
  assertGreater(heldOut.length, 3 * 40);
  assertEquals(known.flatMap(news).filter((word) => heldOut.includes(word)), []);
});

Deno.test("listen() speaks a text and names what the model hears, on the best path", () => {
  const names = ["ε", "dh", "ah", "eh", "n", "d"];
  const probabilities = [[0, 1, 0, 0, 0, 0], [0.4, 0, 0, 0.3, 0.3, 0], [0.4, 0, 0, 0.3, 0.3, 0]];
  const [{ said, heard, samples, sampleRate }] = listen({
    names,
    features: speechFeatures(16000, { stack: 2 }),
    posteriors: ([frames]) => {
      assertEquals(frames.cols, 78);
      return [matrix(3, 6, probabilities.flat().map(Math.log))];
    },
  }, [{ voice: "kal16", text: "The end." }]);
  assertEquals(said, ["dh", "iy", "eh", "n", "d"]);
  assertEquals(heard, ["dh"]);
  assertGreater(samples.length / sampleRate, 0.4);
});

Deno.test("tables say medians and means, errors in capitals and gaps as dots", () => {
  const found = asExpected();
  const [first] = seedTable(found), mean = foldTable(found).at(-1)!;
  assertEquals(first["voices trained on"], "8.2: 8.0, 8.1, 8.2, 8.2, 8.3");
  assertEquals([mean["left out"], mean["the one left out, best path"]], [
    "mean of the four",
    "30.0",
  ]);
  const sentence = { voice: "awb", text: "cat", said: ["k", "ae", "t"], heard: ["k", "eh"] };
  assertEquals(sentenceTable(sentence as unknown as HeardSentence), [
    { what: "text", awb: "cat" },
    { what: "said", awb: "k AE T" },
    { what: "heard", awb: "k EH ·" },
  ]);
  const edits = editsOf([sentence as unknown as HeardSentence]);
  assertEquals(confusionTable({ same: edits, unseen: [] }, 2), [
    { "voices trained on": "ae → eh: 1×, 100 %", "awb, never heard": "–" },
    { "voices trained on": "–", "awb, never heard": "–" },
  ]);
});

Deno.test("phonesHeard() shows phones that both kinds of voices said often enough", () => {
  const sentence = (label: string, times: number) => [
    Array.from({ length: times }, (_, n) => ({ said: label, heard: n % 2 ? label : "k" })),
  ];
  const [often, seldom] = [sentence("aa", 8), sentence("zh", 7)];
  const svg = phonesHeard({ same: [...often, ...seldom], unseen: [...often, ...seldom] });
  assertEquals(svg.querySelectorAll("circle").length, 2);
  assertStringIncludes(svg.outerHTML, ">aa<");
  assert(!svg.outerHTML.includes(">zh<"));
});

Deno.test("Graves 2006: the network has the printed number of weights, and a step of it trains", async () => {
  assertEquals(gravesWeights(), published.weights);
  const experiment = gravesExperiment(0);
  const { kind: _, ...options } = experiment.corpus as { kind: "timit" } & TimitOptions;
  const samples = Int16Array.from(noisySound(6000), (x) => 32767 * x);
  const segments = ["h#", "sh", "ix", "h#"]
    .map((text, n) => ({ text, start: n * 0.09, end: (n + 1) * 0.09 }));
  const utterance = { name: "one", speaker: "fcjf0", samples, segments };
  const data = timitDataSet({ train: [utterance], dev: [utterance], test: [utterance] }, options);
  assertEquals([data.features, data.labels, data.frameSeconds], [26, 62, 0.005]);
  const training = new Training({ ...experiment, iters: 1 }, { data });
  for await (const { iter, errors } of training.rows()) {
    assertEquals([iter, errors!.length], [1, 2]);
  }
});
