import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { MissingRunError, type ReadableStore, storeOf } from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import {
  type Aligner,
  alignerNames,
  aligners,
  asPublished,
  claims,
  type Condition,
  conditionNames,
  type Errors,
  type EvaluatedModel,
  forced,
  gather,
  type Gradients,
  modelOf,
  PLACE,
  publishedRatio,
  type Results,
  SEQUENCES,
  table16,
  table5,
  words,
} from "lib/studies/gradient_alignment/mod.ts";
import { type Experiment, Training } from "lib/training/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { linesOf } from "../support/printed_tables.ts";

Deno.test("Tables 5 and 16 are, figure by figure, what our copy of the paper prints", () => {
  const figures = ({ tse, tseCenter, silence }: typeof forced[number] | typeof table16[number]) => [
    tse.toFixed(1),
    tseCenter.toFixed(1),
    silence.toFixed(1),
  ];
  const dash = (method: string) => method.replace("–", "-");
  assertEquals(
    table5.map((row) => [row.labels, dash(row.method), row.variant, ...figures(row)]),
    linesOf(5),
  );
  assertEquals(
    table16.map((row) => [row.variant, row.masked ? "Yes" : "No", ...figures(row)]),
    linesOf(16),
  );
});

Deno.test("forced alignments of the same models are those of the paper's Table 4", () => {
  const printed = linesOf(4).map((cells) => cells.slice(0, 5))
    .filter(([, method]) => method !== "Normed grad, seq." && !method.includes("+"));
  const ours = forced.map(({ labels, method, tse, tseCenter, silence }) => [
    labels,
    method === "–" ? "-" : method === "Normed grad" ? "Normed grad, batch" : method,
    ...[tse, tseCenter, silence].map((value) => value.toFixed(1)),
  ]);
  assertEquals(ours, printed);
});

Deno.test("asPublished() leaves the prior out where Table 5 does, and ratios compare one model", () => {
  assertEquals(words.map((name) => asPublished("GradScore", name)), [
    "GradScore, prior",
    "GradScore",
    "GradScore, prior",
  ]);
  assertEquals(
    words.map((name) => publishedRatio("GradScoreExt", name).toFixed(3)),
    [67.9 / 68.2, 72.5 / 84.4, 69.2 / 78.9].map((ratio) => ratio.toFixed(3)),
  );
});

/** A store that has untrained weights for every experiment, and tells which were asked for. */
function untrained(asked: string[], folder = ""): ReadableStore {
  return {
    ...storeOf({}),
    within: (name) => untrained(asked, `${name}/`),
    readWeights: (experiment: Experiment) => {
      asked.push(folder + experiment.name);
      const { params } = new Training(experiment);
      const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
      return Promise.resolve(bytes);
    },
  };
}

Deno.test("modelOf() reads the weights of notebooks 17 and 4, and draws as many sequences of each", async () => {
  const asked: string[] = [];
  for (const name of conditionNames) {
    const { evaluated } = await modelOf(untrained(asked), name, 3);
    assertEquals(evaluated.batch.targets.length, SEQUENCES);
  }
  assertEquals(asked, [
    "blank-balance/blank-balance-baseline-seed3",
    "blank-balance/blank-balance-separated-blank-seed3",
    "blank-balance/blank-balance-normalised-batch-seed3",
    "write-up/write-up-blstm-seed3",
  ]);
  await assertRejects(
    () => modelOf(storeOf({}), "words, baseline", 0),
    MissingRunError,
    "deno task sweep blank-balance",
  );
});

Deno.test("every aligner reads the gradients that its name says", () => {
  const T = 8;
  const peak = (at: number) => {
    const G = matrix(1, T);
    G.data[at] = 20;
    return [G];
  };
  const gradients: Gradients = {
    masked: peak(1),
    whole: peak(3),
    entered: peak(5),
    divided: peak(7),
  };
  const model = { evaluated: { batch: { targets: [[4]] } } } as unknown as EvaluatedModel;
  const names = alignerNames.filter((name) => !name.startsWith("forced"));
  const starts = names.map((name) => [name, aligners[name](model, gradients)[0].spans[0].start]);
  assertEquals(Object.fromEntries(starts), {
    "GradScore": 1,
    "GradScore, γ = −4": 1,
    "GradScoreExt": 1,
    "GradScore, prior": 7,
    "GradScoreExt, prior": 7,
    "GradScore, unmasked": 3,
    "GradScoreExt, unmasked": 3,
    "GradScoreExt, entered once": 5,
  });
});

Deno.test("gather() has errors of every aligner and condition, and a sequence to draw", async () => {
  const untrainedModel = async (name: Condition) => [await modelOf(untrained([]), name, 0)];
  const models = {
    "words, baseline": await untrainedModel("words, baseline"),
    "words, separated blank": await untrainedModel("words, separated blank"),
    "words, normalised": await untrainedModel("words, normalised"),
    "phones": await untrainedModel("phones"),
  };
  const { errors, sample } = gather(models);
  for (const name of alignerNames) {
    for (const condition of conditionNames) {
      const { tse, silence, onsetBias } = errors[name][condition];
      for (const values of [tse, silence, onsetBias]) {
        assertEquals(values.map(Number.isFinite), [true], `${name}, ${condition}`);
      }
    }
  }
  const { batch } = models["words, baseline"][0].evaluated;
  assertEquals(sample.labels.length, batch.targets[PLACE].length);
  assertEquals(sample.x.rows, batch.x.offsets[PLACE + 1] - batch.x.offsets[PLACE]);
  assertEquals(sample.rows.map(({ name }) => name), alignerNames);
  assertEquals(sample.rows.find(({ name }) => name === "GradScoreExt")!.spans, sample.found);
  assertNotEquals(sample.rows[0].spans, sample.rows[1].spans);
});

/** TSE in frames, as `results/` gives them: three kinds of word models, then the phones. */
// deno-fmt-ignore
const measured: Partial<Record<Aligner, readonly (readonly number[])[]>> = {
  "forced, against blank": [
    [2.72, 2.75, 0.19, 1.43, 0.53, 0.36, 0.73, 2.65, 1.06, 1.38],
    [0.66, 0.58, 0.58, 0.68, 0.5, 0.64, 1, 0.73, 0.78, 1.17],
    [1.56, 2.54, 0.19, 0.39, 0.59, 0.23, 0.65, 2.58, 2.06, 2.92],
    [1.55, 1.52, 1.7, 1.05, 1.78],
  ],
  "GradScore": [
    [4.06, 4.38, 3.23, 3.46, 3.19, 2.95, 3.15, 3.85, 3.28, 3.42],
    [3.81, 3.42, 3.35, 3.32, 3.16, 2.86, 3.27, 3.69, 3.22, 3.58],
    [4.25, 4.54, 3.23, 3.25, 3.09, 3.55, 3.23, 3.88, 3.61, 4.42],
    [3.84, 3.8, 5.12, 3.35, 4.28],
  ],
  "GradScoreExt": [
    [2.81, 3.58, 1.85, 2.21, 1.59, 0.95, 1.58, 3.27, 1.67, 2.08],
    [1.28, 1.79, 1.77, 1.71, 1.31, 1.27, 2.19, 1.77, 1.56, 1.67],
    [2.34, 3.67, 1.5, 2.14, 1.28, 1.32, 1.23, 3.15, 2, 2.83],
    [3.79, 3.91, 4.73, 2.87, 4.36],
  ],
  "GradScore, prior": [
    [4, 3.62, 3.23, 3.5, 3.06, 3.14, 3.12, 3.58, 3.67, 3.79],
    [3.56, 2.92, 3.19, 2.96, 3.22, 2.95, 2.81, 3.04, 3.22, 3.62],
    [3.88, 3.62, 3.35, 3.18, 2.97, 3.09, 3.38, 3.65, 3.67, 4.25],
    [2.28, 1.8, 2.14, 2.18, 2.39],
  ],
  "GradScoreExt, prior": [
    [2.5, 2.5, 1.38, 2.25, 1.47, 1.18, 1.04, 2.69, 1.83, 1.71],
    [0.91, 1.33, 1.12, 1.11, 1.03, 1.14, 1.5, 1.19, 0.89, 1.62],
    [2, 2.75, 1.62, 1.54, 1.34, 0.91, 1.46, 2.46, 1.94, 2.88],
    [2.36, 1.84, 2.2, 1.59, 2.36],
  ],
  "GradScore, unmasked": [
    [4.12, 4.21, 3.19, 3.54, 3.22, 3, 3.31, 3.69, 3.33, 4],
    [3.62, 3.17, 3.19, 2.93, 3.19, 3.09, 3.12, 3.08, 3.33, 3.67],
    [4.38, 4.88, 3.31, 3.18, 3.09, 3.45, 3.23, 3.81, 3.83, 4.33],
    [4.34, 3.72, 5, 3.51, 4.97],
  ],
  "GradScoreExt, unmasked": [
    [3.03, 3.58, 1.85, 2.18, 1.94, 0.95, 1.69, 2.81, 1.78, 3.08],
    [0.97, 0.71, 1.69, 1.5, 1.03, 1.59, 1.38, 1.31, 1.83, 1.54],
    [2.44, 3.83, 2.12, 2.14, 1.25, 1.77, 1.12, 3.31, 2.78, 2.75],
    [3.95, 4.28, 4.66, 3.04, 4.89],
  ],
  "GradScoreExt, entered once": [
    [4.25, 3.79, 3.65, 3.61, 3.81, 3.23, 3.62, 4.62, 2.22, 5.12],
    [3.66, 2.5, 2.27, 3.54, 2.81, 2.59, 3.42, 4.08, 1.72, 1.21],
    [4.59, 4.33, 3.65, 3.32, 3.81, 3, 4.58, 4.65, 3.39, 3.92],
    [5.95, 7.39, 5.19, 6.04, 7.18],
  ],
};

Deno.test("gradient alignment: such errors give the stated verdicts, and every row can fail", () => {
  const errors = Object.fromEntries(
    Object.entries(measured).map(([name, columns]) => [
      name,
      Object.fromEntries(columns.map((tse, n): [Condition, Errors] => [
        conditionNames[n],
        { tse, silence: [], onsetBias: [] },
      ])),
    ]),
  ) as Results["errors"];
  assertEveryRowCanFail(claims, { errors });
});
