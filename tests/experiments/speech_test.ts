import { assertEquals } from "@std/assert";
import {
  type Experiment,
  memoryOf,
  normalForm,
  requireExperiment,
  requireMemory,
  speechCorpora,
  speechExperiment,
  Training,
} from "lib/experiments/mod.ts";
import { digitExperiment } from "lib/studies/human_speech/sweep.ts";
import { experiment } from "lib/studies/phones_from_sound/sweep.ts";
import { fakeVoices } from "../support/fake_voices.ts";

Deno.test("every training on speech is an experiment that fits into memory, its pieces into its batch", () => {
  for (const corpus of speechCorpora) {
    for (const batch of [1, 3, 16]) {
      const experiment = speechExperiment(corpus, 5, { batch });
      requireExperiment(experiment);
      requireMemory(experiment, 2.5 * 2 ** 30);
      assertEquals(experiment.pieces ?? 1, Math.min(4, batch));
    }
    assertEquals(normalForm(speechExperiment(corpus, 5)).precision, "single");
  }
});

Deno.test("a training on voices, or on digits, is that of notebook 29 or 33", () => {
  const recipeOf = ({ model, optimizer, criterion, batch, iters, precision }: Experiment) => {
    return { model, optimizer, criterion, batch, iters, precision };
  };
  const voices = speechExperiment("voices", 3), read = experiment("blstm", "awb", 3);
  assertEquals(recipeOf(voices), recipeOf(read));
  assertEquals({ ...read.corpus, ...voices.corpus }, read.corpus);
  const digits = speechExperiment("digits", 0), heard = digitExperiment("theo", 0);
  assertEquals(recipeOf(digits), recipeOf(heard));
  assertEquals({ ...heard.corpus, ...digits.corpus }, heard.corpus);
});

Deno.test("what is left out of a training on speech is what its documentation says", () => {
  const stacks = { voices: 2, timit: 2, digits: 4, recordings: 4 };
  const steps = { voices: 1800, timit: 1200, digits: 500, recordings: 1200 };
  const warps = [0.88, 0.94, 1, 1.06, 1.12], noise = { snr: [10, 40], share: 0.25 };
  for (const corpus of speechCorpora) {
    const { corpus: heard, ...found } = speechExperiment(corpus, 0), stack = stacks[corpus];
    assertEquals<object>(
      heard,
      corpus === "voices"
        ? { kind: corpus, stack, warps, noise }
        : { kind: corpus, features: { stack }, augment: { warps, snr: [5, 30] } },
    );
    const stated = {
      model: "blstm",
      hidden: 100,
      batch: 16,
      lr: 7e-3,
      evalEvery: 100,
      pieces: 4,
    } as const;
    const { corpus: _, ...due } = speechExperiment(corpus, 0, { ...stated, iters: steps[corpus] });
    assertEquals(found, due);
    assertEquals(found.evaluations.map(({ sequences }) => sequences), [200, 200]);
    assertEquals(new Set(found.evaluations.map(({ stream }) => stream)).size, 2);
    const layers = [{ kind: "bidirectional", of: { kind: "lstm", hidden: 100 } }, {
      kind: "linear",
    }];
    const [dropped, kept] = [0.2, 0.4].map((rate) => ({ kind: "dropout", rate }));
    assertEquals<object>(found.model, {
      kind: "layers",
      layers: [dropped, layers[0], kept, layers[1]],
    });
  }
});

Deno.test("rows of test are told from those of dev, however often dev is evaluated", () => {
  for (const [iters, evalEvery] of [[10, 2], [10, 10], [10, 11], [10, 1000]]) {
    const { evaluations: [dev, test] } = speechExperiment("voices", 0, { iters, evalEvery });
    assertEquals([dev.split, test.split, dev.every], ["dev", "test", evalEvery]);
    assertEquals(test.every > iters && test.every !== dev.every, true);
  }
});

Deno.test("recordings name their labels, and are timed where their transcripts are", () => {
  const recordings = { unit: "words", labels: ["one", "two"] } as const;
  const plain = speechExperiment("recordings", 0, { recordings });
  const timed = speechExperiment("recordings", 0, { recordings, timed: true });
  assertEquals(plain.corpus, timed.corpus);
  assertEquals([plain.evaluations[0].timing, timed.evaluations[0].timing], [undefined, {}]);
  const all = speechExperiment("recordings", 0);
  assertEquals(memoryOf(plain) < memoryOf(all), true);
});

Deno.test("the training on voices steps and evaluates both splits", async () => {
  const overrides = { iters: 1, hidden: 3, batch: 4 };
  const experiment = speechExperiment("voices", 0, overrides);
  const { kind: _, ...options } = experiment.corpus as { kind: "voices" };
  const training = new Training(experiment, { data: fakeVoices(options) });
  const rows = await Array.fromAsync(training.rows());
  assertEquals(rows.map(({ timing }) => timing!.length), [1, 1]);
  assertEquals(rows[0].per === rows[1].per, false);
});
