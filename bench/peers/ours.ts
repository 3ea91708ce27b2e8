/**
 * This library as a contender, with the kernels that the first argument names.
 *
 * @module
 */
import { ctcBatchLoss, transducerLoss } from "lib/criteria/mod.ts";
import { greedyDecode, prefixBeamSearch } from "lib/decoding/mod.ts";
import { writeUpExperiment } from "lib/experiments/mod.ts";
import { lstm } from "lib/models/mod.ts";
import { type Twin, useKernels, withPrecision } from "lib/numeric/kernels/mod.ts";
import {
  type Matrix,
  matrix,
  type Params,
  RandomState,
  sequences,
  withWorkspace,
} from "lib/numeric/mod.ts";
import {
  Adam,
  clipGlobalNorm,
  meanOfPieces,
  piecesOf,
  streams,
  Team,
  Training,
} from "lib/training/mod.ts";
import {
  attentionBatches,
  type AttentionBeamWorkload,
  attentionModel,
  type AttentionWorkload,
} from "../attention.ts";
import { ceiling, operationsPerTurn } from "../ceiling.ts";
import { layerOperations } from "../operations.ts";
import {
  beamInputs,
  type BeamWorkload,
  conformerInputs,
  type ConformerWorkload,
  type CoresWorkload,
  corpusOf,
  ctcInputs,
  type CtcWorkload,
  gaussians,
  greedyCheck,
  greedyInputs,
  type GreedyWorkload,
  type LayerWorkload,
  modelOf,
  type SpeechWorkload,
  type Task,
  trainingBatches,
  type TrainWorkload,
  transducerInputs,
  type TransducerWorkload,
} from "../workloads.ts";
import { type Hello, type Job, serve } from "./serve.ts";

/** Turns of the multiply–add loop in one sample. */
const TURNS = 100_000;

const loop = ceiling();

export function prepare(task: Exclude<Task, CoresWorkload>): Job {
  switch (task.kind) {
    case "train":
      return training(task);
    case "speech": {
      const run = givenStep(task);
      return { check: [run(), run(), run()], run };
    }
    case "ctc":
      return ctc(task);
    case "transducer":
      return transducer(task);
    case "greedy":
      return greedy(task);
    case "beam":
      return beam(task);
    case "layer":
      return layer(task);
    case "conformer":
      return conformerBlock(task);
    case "attention":
      return attentionStep(task);
    case "attention-beam":
      return attentionBeam(task);
    case "ceiling": {
      // The first number is the work of one sample, for GFLOP/s.
      return { check: [TURNS * operationsPerTurn], run: () => loop.run(TURNS, 0.999, 0.001) };
    }
  }
}

function training(task: TrainWorkload): Job {
  const run = task.draws ? drawnStep(task) : givenStep(task);
  return { check: [run(), run(), run()], run };
}

function drawnStep({ seed, hidden, batch }: TrainWorkload): () => number {
  const training = new Training(writeUpExperiment("blstm", seed, { hidden, batch }));
  return () => training.step().loss;
}

/** A training's steps by so many workers; by one, in this thread. */
async function onCores(task: CoresWorkload, workers: number): Promise<Job> {
  const { seed, hidden, batch, pieces, corpus } = task;
  const training = new Training({
    ...writeUpExperiment("blstm", seed, { hidden, batch }),
    corpus: { kind: "phonemes", ...corpus },
    pieces,
  });
  const team = workers > 1 ? await Team.start(training, workers) : undefined;
  const run = async () =>
    (await (team === undefined ? training.step() : training.stepOn(team))).loss;
  return { check: [await run(), await run(), await run()], run, end: () => team?.end() };
}

function givenStep(task: TrainWorkload | SpeechWorkload): () => number {
  const batches = trainingBatches(task);
  const model = modelOf(task);
  const params: Params = model.init(new RandomState(task.seed + streams.weights));
  const adam = new Adam();
  let steps = 0;
  return () => {
    const { x, targets } = batches[steps++ % batches.length];
    return withWorkspace((alloc) => {
      const { y, cache } = model.forward(params, x, { alloc });
      const { loss, dLogits } = ctcBatchLoss(y, targets, {}, alloc);
      const { grads } = model.backward(params, cache, dLogits, { alloc });
      clipGlobalNorm(grads, 1);
      adam.step(params, grads);
      return loss;
    });
  };
}

function ctc(task: CtcWorkload): Job {
  const { logits, targets } = ctcInputs(task);
  const batch = sequences(logits);
  const { loss, dLogits } = ctcBatchLoss(batch, targets);
  return {
    check: [loss, dLogits.frames.data.reduce((sum, d) => sum + Math.abs(d), 0)],
    run: () => withWorkspace((alloc) => ctcBatchLoss(batch, targets, {}, alloc).loss),
  };
}

/**
 * The same batch by two workers of a training, in four pieces. Its model is a linear layer that leaves
 * logits as they are; its passes, and the way of logits to the workers, are in the time. Workers give
 * gradients of weights alone, so that the size of the logits' is from this thread.
 */
async function ctcOnTwo(task: CtcWorkload): Promise<Job> {
  const { seed, batch, labels: K } = task, { logits, targets } = ctcInputs(task);
  const training = new Training({
    ...writeUpExperiment("blstm", seed, { batch }),
    corpus: { kind: "phonemes", phonemes: K - 1, bands: K },
    model: { kind: "layers", layers: [{ kind: "linear" }] },
    pieces: 4,
  });
  const params = Object.fromEntries(
    Object.entries(training.params).map(([name, { rows, cols }]) => {
      const m = matrix(rows, cols);
      if (rows === K) { for (let k = 0; k < K; k++) m.data[k * K + k] = 1; }
      return [name, m];
    }),
  );
  const x = sequences(logits);
  const pieces = piecesOf({ x, targets }, 4, new RandomState(seed));
  const team = await Team.start(training, 2);
  const run = async () => meanOfPieces(await team.gradients(params, pieces), params).loss;
  return { check: [await run(), ctc(task).check[1]], run, end: () => team.end() };
}

function transducer(task: TransducerWorkload): Job {
  const { logits, targets } = transducerInputs(task);
  const { frames: T, length: U, batch: B } = task;
  const losses = (each: (dLogits: Matrix) => void) => {
    let sum = 0;
    for (let b = 0; b < B; b++) {
      withWorkspace((alloc) => {
        const { loss, dLogits } = transducerLoss(logits[b], T, U, targets[b], {}, alloc);
        sum += loss / B;
        each(dLogits);
      });
    }
    return sum;
  };
  let size = 0;
  const loss = losses(({ data }) => size += data.reduce((sum, d) => sum + Math.abs(d), 0) / B);
  return { check: [loss, size], run: () => losses(() => {}) };
}

function greedy(task: GreedyWorkload): Job {
  const scores = greedyInputs(task);
  const run = () => greedyDecode(scores);
  return { check: greedyCheck(run()), run };
}

function beam(task: BeamWorkload): Job {
  const logProbs = beamInputs(task);
  const run = () => prefixBeamSearch(logProbs, { beamWidth: task.width })[0].labels;
  return { check: greedyCheck(run()), run };
}

/** As in a step: input and cache are in the workspace, one pass follows the other. */
function layer(task: LayerWorkload): Job {
  const { inputs: D, hidden: H, pass } = task;
  const rng = new RandomState(task.seed);
  const { x: { frames: { rows: N }, offsets } } = corpusOf(task).batch(rng, task.batch);
  const one = lstm(D, H);
  const params = one.init(rng);
  const input = gaussians(rng, N, D), gradient = gaussians(rng, N, H);
  let ms = 0;
  return {
    check: [layerOperations(N, D, H, pass)],
    run: () =>
      withWorkspace((alloc) => {
        const x = { frames: copyInto(alloc(N, D), input), offsets };
        const dy = { frames: copyInto(alloc(N, H), gradient), offsets };
        const start = performance.now();
        const { cache } = one.forward(params, x, { alloc });
        const between = performance.now();
        one.backward(params, cache, dy, { alloc }).dx();
        ms = pass === "forward" ? between - start : performance.now() - between;
      }),
    stopwatch: () => ms,
    ceiling: ceilingGflops,
  };
}

/** Forwards, loss, and gradients of all weights and of the input. */
function conformerBlock(task: ConformerWorkload): Job {
  const { block, params, x, target } = conformerInputs(task);
  const step = <T>(result: (loss: number, dx: Matrix, grads: Params) => T) =>
    withWorkspace((alloc) => {
      const { y, cache } = block.forward(params, x, { alloc });
      const { data } = y.frames, dy = alloc(y.frames.rows, y.frames.cols), N = dy.rows;
      let loss = 0;
      for (let i = 0; i < data.length; i++) {
        const apart = data[i] - target.data[i];
        loss += apart * apart / (2 * N);
        dy.data[i] = apart / N;
      }
      const { grads, dx } = block.backward(params, cache, { ...y, frames: dy }, { alloc });
      return result(loss, dx().frames, grads);
    });
  const size = ({ data }: Matrix) => data.reduce((sum, value) => sum + Math.abs(value), 0);
  return {
    check: step((loss, dx, grads) => {
      return [loss, size(dx), Object.values(grads).reduce((sum, m) => sum + size(m), 0)];
    }),
    run: () => step((loss) => loss),
  };
}

function attentionStep(task: AttentionWorkload): Job {
  const { system, params } = attentionModel(task), batches = attentionBatches(task);
  const adam = new Adam();
  let steps = 0;
  const run = () =>
    withWorkspace((alloc) => {
      const batch = batches[steps++ % batches.length];
      const { loss, grads } = system.gradients(params, batch, { alloc, training: true });
      clipGlobalNorm(grads, 1);
      adam.step(params, grads);
      return loss;
    });
  return { check: [run(), run(), run()], run };
}

function attentionBeam(task: AttentionBeamWorkload): Job {
  const { system, params } = attentionModel(task), { beamWidth, maxLabels } = task;
  const x = sequences([
    gaussians(new RandomState(task.seed + streams.training), task.frames, task.features),
  ]);
  const run = () => system.nBest(params, x, { beamWidth, maxLabels, lengthPower: 1 })[0][0];
  const { labels, score } = run();
  return { check: [score, ...greedyCheck(labels)], run };
}

/** What the multiply–add loop reaches now, 10⁹ operations a second. */
function ceilingGflops(): number {
  const start = performance.now();
  loop.run(TURNS, 0.999, 0.001);
  return TURNS * operationsPerTurn / (performance.now() - start) / 1e6;
}

function copyInto(to: Matrix, from: Matrix): Matrix {
  to.data.set(from.data);
  return to;
}

/** Steps of training and Conformer blocks in single precision, and nothing else. */
function inSingle(task: Task): Job | undefined {
  if (!["train", "speech", "conformer", "attention"].includes(task.kind)) return undefined;
  return withPrecision("single", () => {
    const { check, run } = prepare(task as Exclude<Task, CoresWorkload>);
    return { check, run: () => withPrecision("single", run) };
  });
}

/** How each of us takes part, by the first argument. */
const ways: Record<string, { kernels: Twin; threads?: number; prepare: Prepare }> = {
  simd: { kernels: "simd", prepare: inDouble },
  plain: { kernels: "plain", prepare: inDouble },
  single: { kernels: "simd", prepare: inSingle },
  two: {
    kernels: "simd",
    threads: 2,
    prepare: (task) => {
      if (task.kind === "cores") return onCores(task, 2);
      return task.kind === "ctc" && task.batch > 1 ? ctcOnTwo(task) : undefined;
    },
  },
};

type Prepare = (task: Task) => Job | undefined | Promise<Job>;

function inDouble(task: Task): Job | Promise<Job> {
  return task.kind === "cores" ? onCores(task, 1) : prepare(task);
}

if (import.meta.main) {
  const { kernels, threads, prepare } = ways[Deno.args[0]];
  let hello: Hello = { versions: { Deno: Deno.version.deno, V8: Deno.version.v8 }, threads };
  try {
    useKernels(kernels);
  } catch (error) {
    hello = { ...hello, absent: error instanceof Error ? error.message : String(error) };
  }
  await serve(hello, prepare);
}
