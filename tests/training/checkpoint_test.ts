import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type EvaluationRow, type Experiment, train, Training } from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { kernelsInUse, useKernels } from "lib/numeric/kernels/mod.ts";
import { copyParams, type Params, type RandomStreamState } from "lib/numeric/mod.ts";
import {
  CheckpointError,
  checkpointFormat,
  decodeTraining,
  encodeTraining,
  type TrainingState,
} from "lib/training/checkpoint.ts";
import { version } from "lib/version.ts";
import { smallExperiment } from "../support/experiments.ts";
import { mutilation } from "../support/mutilations.ts";
import { cases, dataOf, shortExperiment } from "../support/option_cases.ts";

/** A training from its start, stopped for good after some rows, or in a step before its rows. */
async function stoppedAfter(
  experiment: Experiment,
  { rows = Infinity, iter = Infinity }: { rows?: number; iter?: number },
): Promise<Training> {
  const training = new Training(experiment, { data: dataOf(experiment) });
  const stopping = new AbortController();
  const step = training.step.bind(training);
  training.step = () => {
    const result = step();
    if (training.iter === iter) stopping.abort();
    return result;
  };
  for await (const _ of training.rows({ signal: stopping.signal })) {
    if (training.rowsSoFar.length === rows) break;
  }
  return training;
}

/** All that comes of a training. */
async function endOf(
  training: Training,
): Promise<{ rows: readonly EvaluationRow[]; at: Uint8Array }> {
  await Array.fromAsync(training.rows());
  assert(training.finished);
  return { rows: training.rowsSoFar, at: training.checkpoint() };
}

const halves: Experiment["model"] = {
  kind: "layers",
  layers: [{ kind: "dropout", rate: 0.3 }, { kind: "lstm", hidden: 3 }, { kind: "linear" }],
};
const [grid] = smallExperiment().evaluations;
const experiments = fc.record({
  seed: fc.nat(1000),
  corpus: fc.constantFrom<Experiment["corpus"]>({ kind: "phonemes" }, { kind: "words" }),
  model: fc.constantFrom<Experiment["model"]>({ kind: "blstm", hidden: 2 }, halves),
  criterion: fc.constantFrom<Experiment["criterion"]>(
    { kind: "ctc" },
    { kind: "framewise" },
    { kind: "full-sum", prior: { kind: "batch", priorScale: 0.3 } },
    { kind: "full-sum", prior: { kind: "static", priorScale: 0.3 }, separatedBlank: true },
  ),
  precision: fc.constantFrom("double" as const, "single" as const),
  batch: fc.integer({ min: 1, max: 3 }),
  iters: fc.integer({ min: 1, max: 7 }),
  stopAtPer: fc.constantFrom(0, 0.97, 99),
  evaluations: fc.array(
    fc.record({
      every: fc.integer({ min: 1, max: 4 }),
      sequences: fc.integer({ min: 1, max: 3 }),
      stream: fc.nat(1e6),
      blanks: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
}).map((change) => smallExperiment(change));

Deno.test("a training that goes on from its checkpoint ends with the bits of one left in peace, wherever it was taken", async () => {
  await fc.assert(
    fc.asyncProperty(experiments, fc.nat(7), fc.nat(7), async (experiment, rows, iter) => {
      const whole = await endOf(new Training(experiment));
      for (const stop of [{ rows }, { iter }]) {
        const stopped = await stoppedAfter(experiment, stop);
        const bytes = stopped.checkpoint();
        const resumed = Training.resume(bytes);
        assertEquals(resumed.checkpoint(), bytes);
        assertEquals(resumed.rowsSoFar, stopped.rowsSoFar);
        const end = await endOf(resumed);
        assertEquals(end, whole);
        assertEquals(await endOf(stopped), whole);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("every option of an experiment survives a checkpoint", async () => {
  for (const [place, { base, change }] of Object.entries(cases)) {
    const experiment = { ...shortExperiment(base), ...change };
    const data = dataOf(experiment);
    const whole = new Training(experiment, { data }), half = new Training(experiment, { data });
    await Array.fromAsync(whole.rows());
    half.step(), half.step();
    const steps = Training.resume(half.checkpoint(), { experiment, data });
    const stopped = await stoppedAfter(experiment, { iter: 2 });
    const rows = Training.resume(stopped.checkpoint(), { data });
    await Array.fromAsync(steps.rows());
    await Array.fromAsync(rows.rows());
    assertEquals(rows.checkpoint(), whole.checkpoint(), place);
    if (whole.iter === experiment.iters) assertEquals(steps.params, whole.params, place);
  }
});

/** Nothing is at rest in it: see the test that uses it. */
const busy = smallExperiment({
  model: halves,
  iters: 9,
  stopAtPer: 99,
  evaluations: [3, 2].map((every) => ({ ...grid, every, stream: every, blanks: true })),
});

const shifted = (params: Params) =>
  Object.fromEntries(
    Object.entries(copyParams(params)).map(([name, m]) => {
      m.data.forEach((value, i) => m.data[i] = 1e-3 + 1.1 * value);
      return [name, m];
    }),
  );
const ofStream = (
  name: string,
  change: (stream: RandomStreamState) => Partial<RandomStreamState>,
) =>
(state: TrainingState): TrainingState => {
  const stream = state.streams[name];
  return { ...state, streams: { ...state.streams, [name]: { ...stream, ...change(stream) } } };
};
const ofProgress = (change: Partial<TrainingState["progress"]>) => (state: TrainingState) => ({
  ...state,
  progress: { ...state.progress, ...change },
});
const streamNames = ["training", "layers", "evaluations[0]", "evaluations[1]"];
const changes: Record<string, (state: TrainingState) => TrainingState> = {
  "params": (state) => ({ ...state, params: shifted(state.params) }),
  "rows": (state) => ({ ...state, rows: state.rows.slice(1) }),
  "optimizer.steps": (state) => ({ ...state, optimizer: { ...state.optimizer, steps: 9 } }),
  "optimizer.moments.mean": ({ optimizer, ...state }) => ({
    ...state,
    optimizer: {
      ...optimizer,
      moments: { ...optimizer.moments, mean: shifted(optimizer.moments.mean) },
    },
  }),
  "optimizer.moments.square": ({ optimizer, ...state }) => ({
    ...state,
    optimizer: {
      ...optimizer,
      moments: { ...optimizer.moments, square: shifted(optimizer.moments.square) },
    },
  }),
  "progress.iter": ofProgress({ iter: 3 }),
  "progress.infeasible": ofProgress({ infeasible: 5 }),
  "progress.nll": ofProgress({ nll: 5 }),
  "progress.solved": ofProgress({ solved: 0 }),
  "progress.due": ofProgress({ due: 2 }),
  ...Object.fromEntries(streamNames.flatMap((name) => [
    [`streams.${name}.key`, ofStream(name, ({ key }) => ({ key: key.map((word) => ~word) }))],
    [`streams.${name}.pos`, ofStream(name, ({ pos }) => ({ pos: (pos + 300) % 624 }))],
    // The chance of dropout is uniform: no Gaussian is drawn from the stream of layers.
    ...name === "layers"
      ? []
      : [[`streams.${name}.gauss`, ofStream(name, ({ gauss = 0 }) => ({ gauss: gauss + 1 }))]],
  ])),
};

/** The places of everything in a state; tensors and lists are one each. */
function placesOf(value: object, path: string[] = []): string[] {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return [path.join(".")];
  return Object.entries(value).flatMap(([key, v]) =>
    typeof v !== "object" || ["params", "mean", "square"].includes(key)
      ? [[...path, key].join(".")]
      : placesOf(v, [...path, key])
  );
}

Deno.test("everything in a checkpoint decides on what follows: another value gives another training", async () => {
  const bytes = (await stoppedAfter(busy, { iter: 2 })).checkpoint();
  const { state } = decodeTraining(bytes);
  const places = placesOf(state).filter((place) => !place.endsWith(".gauss"));
  assertEquals(places.sort(), Object.keys(changes).filter((p) => !p.endsWith(".gauss")).sort());
  const outcome = async (state: TrainingState) => {
    const training = Training.resume(encodeTraining(busy, state));
    await Array.fromAsync(training.rows());
    return { rows: training.rowsSoFar, params: training.params };
  };
  const left = await outcome(state);
  assertEquals(left.rows.length, 4, "the training ends early, as it is solved");
  for (const [place, change] of Object.entries(changes)) {
    assertNotEquals(await outcome(change(state)), left, place);
  }
});

Deno.test("a training stopped between a step and its evaluation, or between two of them, still gives every row", async () => {
  const experiment = smallExperiment({ evaluations: [grid, { ...grid, every: 2, stream: 7 }] });
  const rows = await Array.fromAsync(train(experiment));
  for (const stop of [{ rows: 1 }, { iter: 1 }, { iter: 10 }]) {
    const stopped = await stoppedAfter(experiment, stop);
    const before = [...stopped.rowsSoFar];
    assertEquals([...before, ...await Array.fromAsync(stopped.rows())], rows);
  }
});

Deno.test("onStep is awaited after every step and its evaluations", async () => {
  const training = new Training(smallExperiment({ iters: 6 }));
  const seen: [number, number][] = [];
  await Array.fromAsync(training.rows({
    onStep: async () => {
      await Promise.resolve();
      seen.push([training.iter, training.rowsSoFar.length]);
    },
  }));
  assertEquals(seen, [[1, 1], [2, 1], [3, 1], [4, 1], [5, 2], [6, 3]]);
});

Deno.test("a checkpoint keeps what JSON has no number for: NaN, infinities and -0", () => {
  const { experiment, state } = decodeTraining(new Training(busy).checkpoint());
  assertEquals(state.progress.nll, NaN);
  const rows = [NaN, Infinity, -Infinity, -0].map((nll) => ({
    ...{ every: 5, iter: 1, nll, per: 0, seqAcc: 0, infeasible: 0 },
  }));
  const found = decodeTraining(encodeTraining(experiment, { ...state, rows })).state.rows;
  assert(rows.every(({ nll }, n) => Object.is(nll, found[n].nll)));
});

Deno.test("a checkpoint is a value of its own: what was resumed from it leaves it, and the training, alone", () => {
  const training = new Training(busy), bytes = training.checkpoint();
  const copy = bytes.slice(), weights = copyParams(training.params);
  const resumed = Training.resume(bytes);
  resumed.step();
  resumed.evaluate(resumed.experiment.evaluations[0]);
  assertEquals([bytes, training.params, training.checkpoint()], [copy, weights, copy]);
});

Deno.test("a checkpoint that is damaged in any way is refused in one line that says what to do, or has lost nothing", () => {
  const training = new Training(smallExperiment({ model: { kind: "lstm", hidden: 1 } }));
  training.step();
  const bytes = training.checkpoint();
  const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  fc.assert(
    fc.property(fc.boolean(), mutilation, (inHeader, mutilate) => {
      const damaged = inHeader
        ? new Uint8Array([...mutilate(bytes.slice(0, header)), ...bytes.subarray(header)])
        : mutilate(bytes);
      try {
        assertEquals(Training.resume(damaged).checkpoint(), bytes);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        assertEquals(error.message.includes("\n"), false);
        assert(/^Cannot go on from the checkpoint: .*remove it to start anew$/.test(error.message));
      }
    }),
    { numRuns: 300 },
  );
});

/** The bytes of a checkpoint whose metadata say something else. */
function relabelled(from: string, to: string): Uint8Array {
  const bytes = new Training(smallExperiment()).checkpoint();
  const text = new TextDecoder("latin1").decode(bytes);
  assert(text.includes(from) && from.length === to.length);
  return Uint8Array.from(text.replace(from, to), (letter) => letter.charCodeAt(0));
}

for (
  const [what, bytes, options, part] of [
    ["nothing", new Uint8Array(0), {}, "it is damaged, it is not a safetensors file"],
    ["an end cut off", new Training(busy).checkpoint().slice(0, -1), {}, "it is cut short"],
    [
      "a model alone",
      encodeCheckpoint(new Training(busy).params, { experiment: JSON.stringify(busy) }),
      {},
      "it is not one of a training, as it says no format: remove it to start anew",
    ],
    [
      "another experiment",
      new Training(busy).checkpoint(),
      { experiment: { ...busy, optimizer: { ...busy.optimizer, lr: 0.004 } } },
      "it is of another experiment, optimizer.lr is 0.003, not 0.004: go on with that one, or " +
      "remove it to start anew",
    ],
    [
      "a newer format",
      relabelled(`"format":"${checkpointFormat}"`, `"format":"${checkpointFormat + 1}"`),
      {},
      `it is of format ${checkpointFormat + 1}, written by version "${version}" of the library, ` +
      `and version ${version} knows format ${checkpointFormat} alone: go on with the version ` +
      `that wrote it, or remove it to start anew`,
    ],
    [
      "a format that is no number",
      relabelled(`"format":"${checkpointFormat}"`, '"format":"x"'),
      {},
      "it is not one of a training, as it says no format: remove it to start anew",
    ],
    [
      "another step number",
      relabelled('\\"iter\\":0', '\\"iter\\":1'),
      {},
      "it is damaged, its hash is not that of its bytes: remove it to start anew",
    ],
  ] as const
) {
  Deno.test(`resume() refuses ${what} in one line`, () => {
    assertThrows(() => Training.resume(bytes, options), CheckpointError, part);
  });
}

Deno.test("resume() takes another spelling of the same JSON for the same experiment", () => {
  const bytes = new Training(busy).checkpoint();
  const experiment = Object.fromEntries(Object.entries(busy).reverse()) as unknown as Experiment;
  assertEquals(Training.resume(bytes, { experiment }).experiment, busy);
});

Deno.test("resume() refuses a checkpoint made with other kernels than those in use, and says with which", () => {
  const own = kernelsInUse(), other = own === "simd" ? "plain" : "simd";
  const bytes = new Training(smallExperiment()).checkpoint();
  useKernels(other);
  try {
    assertThrows(
      () => Training.resume(bytes),
      CheckpointError,
      `it was made with the kernels "${own}", and "${other}" give other bits: go on with those`,
    );
  } finally {
    useKernels(own);
  }
  assertEquals(Training.resume(bytes).iter, 0);
});

Deno.test("resume() opens on a data set that is given, and asks for no more memory than there may be", () => {
  const training = new Training(smallExperiment()), bytes = training.checkpoint();
  assertEquals(Training.resume(bytes, { data: training.data }).data, training.data);
  assertThrows(() => Training.resume(bytes, { memory: 1000 }), RangeError, "it would need about");
});
