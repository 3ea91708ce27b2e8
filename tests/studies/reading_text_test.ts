import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { alphabet, letterCorpus, lettersText, textLabels } from "lib/corpora/mod.ts";
import { logProbability, writeArpa } from "lib/decoding/mod.ts";
import { runName, Training } from "lib/experiments/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import {
  claims,
  corpora,
  decodedBy,
  decoderNames,
  errorByLetter,
  experiment,
  figures,
  heldOut,
  latticeOf,
  type Results,
  searches,
  spellingModel,
  sweep,
  textsOf,
  wordModel,
} from "lib/studies/reading_text/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("reading text: every reader at four seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 4);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 4);
});

Deno.test("errorByLetter() is nothing where sounds are clear, and that of the rest where there are none", () => {
  assertEquals(errorByLetter({ variation: 0.1 }, 0, 50), 0);
  // Without a sound of its own every letter is taken for the most frequent label, the space.
  const { targets } = letterCorpus(0).batch(new RandomState(1), 400), [space] = textLabels(" ");
  const rest = targets.flat().filter((label) => label !== space).length / targets.flat().length;
  assertAlmostEquals(errorByLetter({ signature: 0 }, 0), rest, 0.01);
});

Deno.test("errorByLetter() of features that only a tilt tells apart is that of their means", () => {
  // Two letters would be told apart with the error Q(τ √D / 2 v); of 28 most are confused.
  const { kind: _, ...toy } = corpora["toy features"];
  const error = errorByLetter(toy, 0, 100);
  assertGreater(error, 0.5);
  assertGreater(error, errorByLetter({ ...toy, tilt: 1 }, 0, 100) + 0.3);
});

Deno.test("the spelling model gives a text the probability of its words", () => {
  const words = wordModel(2, 0), letters = spellingModel(writeArpa(words));
  const text = "don't take the cat";
  const labels = text.split(" ").map((word) => words.words.indexOf(word));
  assertAlmostEquals(
    logProbability(letters, textLabels(text)),
    logProbability(words, labels),
    1e-9,
  );
  assertEquals(logProbability(letters, textLabels("dont take the cat")), -Infinity);
});

Deno.test("a search with words reads nothing but words", () => {
  const model = new Training(experiment("deep speech", 0)), batch = heldOut(model, 2);
  const { lexicon, bigram, greedy } = searches(0);
  for (const options of [lexicon, bigram]) {
    for (const text of textsOf(model, batch, options)) {
      for (const word of text.split(" ")) {
        assert(text === "" || wordModel(1, 0).words.includes(word));
      }
    }
  }
  assertEquals(textsOf(model, batch, greedy).length, 2);
  assertEquals(Object.keys(decodedBy([model], 2)), [...decoderNames]);
});

Deno.test('α of "hi" holds what its paths have one by one, and its states are those of the text', () => {
  const { states, logAlpha, logProb, enumerated, paths } = latticeOf(
    new Training(experiment("deep speech", 0)),
    "hi",
  );
  assertEquals(states, ["ε", "h", "ε", "i", "ε"]);
  assertEquals(logAlpha.cols, 5);
  assertAlmostEquals(logProb, enumerated, 1e-12);
  assertGreater(paths, 10);
  assertEquals(lettersText(textLabels(alphabet)), alphabet);
});

const error = (rate: number) => ({ cer: [rate, rate + 0.01], wer: [2 * rate, 2 * rate + 0.01] });
const decoded = (rate: number) => ({
  ...error(rate),
  edits: { substitutions: 3, insertions: 2, deletions: 1 },
});
const held: Results = {
  errors: {
    "deep speech": error(0.02),
    "plain rnn": error(0.2),
    "deep speech, toy features": error(0.6),
    "plain rnn, toy features": error(0.8),
  },
  byLetter: { "own sounds": [0.08, 0.09], "toy features": [0.7, 0.71] },
  decoded: {
    greedy: decoded(0.04),
    beam: decoded(0.03),
    lexicon: decoded(0.02),
    bigram: decoded(0.01),
  },
  lattice: {
    states: ["ε", "h", "ε", "i", "ε"],
    logAlpha: matrix(3, 5, Array(15).fill(-1)),
    logProb: -1,
    enumerated: -1,
    paths: 7,
  },
};

Deno.test("reading text: every row can fail, and the verdicts are those stated where all holds", () => {
  assertEveryRowCanFail(claims, held);
});

Deno.test("reading text: the figures are drawn of any results", () => {
  for (const draw of Object.values(figures)) assertEquals(draw(held).tagName, "svg");
});
