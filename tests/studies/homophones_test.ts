import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
} from "@std/assert";
import { homophoneCorpus } from "lib/corpora/mod.ts";
import { type Run, runName, storeOf, Training } from "lib/experiments/mod.ts";
import { editDistance } from "lib/metrics/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import {
  bigram,
  claims,
  corpus,
  errorsOf,
  figures,
  floorsOf,
  independentAgreement,
  learningCurves,
  type Results,
  sweep,
  systemNames,
} from "lib/studies/homophones/mod.ts";
import { readSweep } from "lib/experiments/read_sweep.ts";
import { logProbability } from "lib/decoding/mod.ts";
import runs from "../../results/beyond-ctc.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

const { kind: _, ...options } = corpus;

Deno.test("homophones: every system at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 6);
});

Deno.test("homophones: a window of three frames never holds sounds of two words", () => {
  const { model } = sweep.entries([0])[0].experiment;
  assert(model.kind === "layers" && model.layers[0].kind === "window");
  const [silence] = homophoneCorpus(options).options.framesPerSilence;
  assertGreaterOrEqual(silence, 2 * model.layers[0].radius);
});

Deno.test("floorsOf() is what the best guesses err, counted over drawn texts", () => {
  const homophones = homophoneCorpus(options), floors = floorsOf(homophones);
  const { targets } = homophones.batch(new RandomState(1), 20_000);
  const singular = (label: number) => label - (label + 1) % 2;
  let byWord = 0, byText = 0, labels = 0;
  for (const target of targets) {
    const heard = target[0] <= 2;
    const guess = target.map((label, n) => heard && n === 0 ? label : singular(label));
    const edits = editDistance(guess, target);
    byWord += edits;
    byText += heard ? 0 : edits;
    labels += target.length;
  }
  assertAlmostEquals(byWord / labels, floors.errorByWord, 0.005);
  assertAlmostEquals(byText / labels, floors.errorByText, 0.005);
});

Deno.test("floorsOf() gives the bits of every spelling by its probability, summed", () => {
  // Two or three words, no article, p = 0.3: entropies by enumeration.
  const { bitsIndependent, bitsJoint } = floorsOf(
    homophoneCorpus({ article: 0, plural: 0.3, wordsPerText: [2, 3] }),
  );
  const cost = (p: number) => -Math.log2(p);
  assertAlmostEquals(bitsJoint, 0.3 * cost(0.3) + 0.7 * cost(0.7), 1e-12);
  const byWord = [2, 3].map((n) => 0.3 * cost(0.3 ** n) + 0.7 * cost(0.7 ** n));
  assertAlmostEquals(bitsIndependent, (byWord[0] + byWord[1]) / 2, 1e-12);
  assertAlmostEquals(independentAgreement(0.3, 2), 1 - 2 * 0.3 * 0.7, 1e-12);
});

Deno.test("homophones: the bigram model has read that words agree", () => {
  const lm = bigram(homophoneCorpus(options), 0);
  const scores = [[2, 4, 6], [2, 4, 5]].map((labels) => logProbability(lm, labels));
  assertGreater(scores[0], scores[1] + 3);
});

Deno.test("errorsOf() takes the last evaluation, systems apart and seeds in order", () => {
  const entries = sweep.entries([0, 1]);
  const run = (n: number): Run => ({
    experiment: entries[n].experiment,
    rows: [0.9, n / 100].map((per, i) => (
      { every: 50, iter: i + 1, nll: 1, per, seqAcc: 0, infeasible: 0 }
    )),
  });
  const found = errorsOf(entries.map(({ key }, n) => ({ key, run: run(n) })));
  assertEquals(
    systemNames.map((name) => found[name]),
    [0, 1, 2, 3, 4, 5].map((n) => [n / 100, (n + 6) / 100]),
  );
});

/** What the book's results look like, where everything holds. */
const held: Results = {
  floors: floorsOf(homophoneCorpus(options)),
  errors: {
    "ctc, one word": [0.26, 0.27],
    "transducer, one word": [0.14, 0.15],
    "attention, one word": [0.18, 0.19],
    "ctc, the text": [0.13, 0.14],
    "transducer, the text": [0.13, 0.14],
    "attention, the text": [0.13, 0.14],
  },
  search: { alone: [0.25, 0.27], fused: [0.14, 0.15] },
  bits: {
    "ctc, the text": [1.6, 1.7],
    "transducer, the text": [0.5, 0.6],
    "attention, the text": [0.5, 0.6],
  },
  agreement: {
    "ctc, the text": [[0.58, 0.58], [0.37, 0.37], [0.25, 0.25], [0.17, 0.17]],
    "transducer, the text": Array(4).fill([0.97, 0.98]),
    "attention, the text": Array(4).fill([0.97, 0.98]),
  },
  independent: [2, 3, 4, 5].map((n) => independentAgreement(0.3, n)),
};

Deno.test("homophones: every row can fail, and the verdicts are those stated where all holds", () => {
  assertEveryRowCanFail(claims, held);
});

Deno.test("homophones: the stored trainings bear the stated verdicts on errors", async () => {
  const store = storeOf({ "beyond-ctc": runs });
  const errors = errorsOf(await readSweep(store, "homophones", sweep));
  assertEveryRowCanFail(claims, { ...held, errors });
  assert(errors["transducer, one word"].every((rate) => rate < held.floors.errorByWord));
});

Deno.test("homophones: the figures are drawn of any results", () => {
  for (const draw of Object.values(figures)) assertEquals(draw(held).tagName, "svg");
  assertEquals(learningCurves([{ name: "ctc", rows: [] }], held.floors).tagName, "svg");
});
