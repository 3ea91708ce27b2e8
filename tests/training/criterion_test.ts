import { assert, assertEquals, assertThrows } from "@std/assert";
import { hmmTopology } from "lib/alignment/mod.ts";
import { dataSet, phonemeCorpus, wordCorpus } from "lib/corpora/mod.ts";
import { framewiseBatchLoss, fullSumBatchLoss, logFrequencies } from "lib/criteria/mod.ts";
import { runName, writeUpExperiment } from "lib/experiments/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import {
  buildCriterion,
  buildModel,
  type CriterionOptions,
  type EvaluationRow,
  type Experiment,
  Training,
} from "lib/training/mod.ts";
import { randomSequences } from "../support/matrices.ts";
import { smallExperiment } from "../support/experiments.ts";

/** A tiny word experiment, evaluated with an alignment. */
function wordExperiment(criterion: CriterionOptions, overrides: Partial<Experiment> = {}) {
  return smallExperiment({
    corpus: { kind: "words", wordsPerSequence: [1, 2] },
    model: { kind: "ffnn" },
    criterion,
    iters: 40,
    optimizer: { lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 100 },
    evaluations: [{ every: 40, sequences: 7, stream: 1000003, alignment: {} }],
    ...overrides,
  });
}

async function rowsOf(experiment: Experiment): Promise<EvaluationRow[]> {
  return await Array.fromAsync(new Training(experiment).rows());
}

Deno.test("the write-up's experiments keep their names, and so their results", () => {
  assertEquals(
    runName(writeUpExperiment("blstm", 0, { fineEvery: 10 })),
    "write-up-blstm-seed0-54f17ebf",
  );
});

Deno.test("full-sum with its defaults trains to the bit as ctc does", async () => {
  const ctc = await rowsOf(wordExperiment({ kind: "ctc" }));
  assertEquals(await rowsOf(wordExperiment({ kind: "full-sum" })), ctc);
  const scales = { posteriorScale: 1, transitionScale: 0, topology: "ctc" as const };
  assertEquals(await rowsOf(wordExperiment({ kind: "full-sum", ...scales })), ctc);
});

Deno.test("rows carry an alignment only where the grid asks for one", async () => {
  const [first] = await rowsOf(smallExperiment());
  assertEquals(Object.keys(first), ["every", "iter", "nll", "per", "seqAcc", "infeasible"]);
  const [aligned] = await rowsOf(wordExperiment({ kind: "ctc" }));
  assertEquals(Object.keys(aligned).at(-1), "alignment");
  assertEquals(JSON.parse(JSON.stringify(aligned)), aligned); // no NaN, no undefined
});

Deno.test("framewise training of the feed-forward network on clean words finds the words", async () => {
  for (const separatedBlank of [false, true]) {
    const experiment = wordExperiment({ kind: "framewise", separatedBlank }, { iters: 100 });
    const [first, last] = await rowsOf(experiment);
    assertEquals([last.per, last.alignment?.tse, last.alignment?.unaligned], [0, 0, 0]);
    assert(first.alignment!.frameCe > 10 * last.alignment!.frameCe);
    assert(Math.abs(last.alignment!.silenceRatio! - 0.2) < 0.05);
    assertEquals(last.alignment?.labelDuration, 2);
  }
});

Deno.test("every kind of full sum trains, and its loss is that of its parts", async () => {
  const transitions = { speech: { loop: 0.5 }, silence: { loop: 0.9 } };
  const criteria: CriterionOptions[] = [
    { kind: "full-sum", topology: "hmm" },
    { kind: "full-sum", topology: "hmm", transitions, transitionScale: 0.3, posteriorScale: 0.5 },
    { kind: "full-sum", prior: { kind: "static", priorScale: 0.3 } },
    { kind: "full-sum", topology: "hmm", prior: { kind: "sequence", priorScale: 0.5 } },
    { kind: "full-sum", prior: { kind: "batch", priorScale: 0.5, stopGradient: false } },
    { kind: "full-sum", normalizedGradient: { over: "sequence" }, separatedBlank: true },
  ];
  const initial = [];
  for (const criterion of criteria) {
    const [first, last] = await rowsOf(wordExperiment(criterion));
    assert(Number.isFinite(last.nll) && last.alignment!.frameCe < first.alignment!.frameCe);
    initial.push(first.nll);
  }
  assertEquals(new Set(initial).size, criteria.length);
});

Deno.test("buildCriterion() builds what its options say", () => {
  const corpus = wordCorpus();
  const batch = corpus.batch(new RandomState(1), 3);
  const K = corpus.labels;
  const lengths = [0, 1, 2].map((b) => batch.x.offsets[b + 1] - batch.x.offsets[b]);
  const logits = randomSequences(new RandomState(2), lengths, K);
  const loss = (options: CriterionOptions) =>
    buildCriterion(options, dataSet({ kind: "words" }, 0), new RandomState(3)).loss(logits, batch);
  const topologies = batch.words.map((words) => hmmTopology(words, { silence: 0 }));
  assertEquals(
    loss({ kind: "full-sum", topology: "hmm" }),
    fullSumBatchLoss(logits, topologies),
  );
  assertEquals(loss({ kind: "framewise" }), framewiseBatchLoss(logits, batch.alignment));
  const { alignment } = corpus.batch(new RandomState(3), 1000);
  const logPrior = logFrequencies(alignment, K, { smoothing: 1 });
  assertEquals(
    loss({ kind: "full-sum", topology: "hmm", prior: { kind: "static", priorScale: 0.5 } }),
    fullSumBatchLoss(logits, topologies, { prior: { kind: "static", priorScale: 0.5, logPrior } }),
  );
});

Deno.test("buildCriterion() refuses at once what would fail at the first step", () => {
  const build = (options: object, data = dataSet({ kind: "words" }, 0)) => () =>
    buildCriterion({ kind: "full-sum", ...options }, data, new RandomState(0));
  const { silence: _, ...noisy } = dataSet({ kind: "words" }, 0);
  assertThrows(
    build({ topology: "hmm" }, { ...noisy, silence: undefined }),
    RangeError,
    "must be silence: none of the data set's is",
  );
  const silence = { loop: 0.5 };
  assertThrows(
    build({ topology: "hmm", transitions: { speech: { loop: 1 }, silence } }),
    RangeError,
    "forward of speech is 0",
  );
  assertThrows(build({ normalizedGradient: { minimum: 2, maximum: 1 } }), RangeError, "minimum");
});

Deno.test("a corpus without words takes every label for one", () => {
  const corpus = phonemeCorpus(0);
  const batch = corpus.batch(new RandomState(1), 1);
  const criterion = buildCriterion(
    { kind: "ctc" },
    dataSet({ kind: "phonemes" }, 0),
    new RandomState(0),
  );
  const [topology] = criterion.topologies(batch, "hmm");
  assertEquals([...topology.labels], [0, ...batch.targets[0].flatMap((label) => [label, 0])]);
});

Deno.test("alignments of phonemes are compared with the runs of the truth", async () => {
  const experiment = smallExperiment({
    iters: 1,
    criterion: { kind: "framewise" },
    evaluations: [{
      every: 1,
      sequences: 4,
      stream: 1000003,
      alignment: { topology: "hmm", priorScale: 1, blankShift: -1 },
    }],
  });
  const [{ alignment }] = await rowsOf(experiment);
  assertEquals(alignment?.unaligned, 0);
  assert(
    alignment!.tse! > 0 && alignment!.onset! + alignment!.offset! - 2 * alignment!.tse! < 1e-9,
  );
});

Deno.test("targets that cannot be aligned are counted and left out", async () => {
  // One frame per letter, no silence: "ll" has no CTC path.
  const [{ alignment, infeasible }] = await rowsOf(wordExperiment({ kind: "ctc" }, {
    corpus: {
      kind: "words",
      words: ["ll"],
      wordsPerSequence: [1, 1],
      framesPerLetter: [1, 1],
      silenceFactor: [0, 0],
    },
    iters: 1,
  }));
  assertEquals([alignment?.unaligned, alignment?.tse, infeasible], [7, undefined, 3]);
});

Deno.test("buildModel() stacks recurrent layers", () => {
  const model = buildModel({ kind: "blstm", hidden: 3, layers: 2 }, 5, 4);
  const params = model.init(new RandomState(0));
  assertEquals([params["0.fwd.Wx"].rows, params["1.fwd.Wx"].rows, params["2.W"].rows], [5, 6, 6]);
  assertEquals(
    buildModel({ kind: "lstm", hidden: 3, layers: 1 }, 5, 4).init(new RandomState(0)),
    buildModel({ kind: "lstm", hidden: 3 }, 5, 4).init(new RandomState(0)),
  );
  assertThrows(
    () => buildModel({ kind: "lstm", hidden: 3, layers: 0 }, 5, 4),
    RangeError,
    "layers must be a whole number >= 1: current value is 0",
  );
});

Deno.test("unknown kinds of corpus, model, criterion, topology and prior are refused", () => {
  const refused = (overrides: object, what: string) =>
    assertThrows(
      () => new Training({ ...smallExperiment(), ...overrides } as Experiment).step(),
      RangeError,
      what,
    );
  refused({ corpus: { kind: "speech" } }, 'it is "speech"');
  refused({ model: { kind: "tdnn" } }, 'it is "tdnn"');
  refused({ criterion: { kind: "mmi" } }, 'it is "mmi"');
  refused({ criterion: { kind: "full-sum", topology: "rna" } }, 'it is "rna"');
  refused({ criterion: { kind: "full-sum", prior: { kind: "x", priorScale: 1 } } }, 'it is "x"');
});
