import { type DataSet, dataSet, type LabelledBatch } from "../corpora/mod.ts";
import { labelErrorRate } from "../metrics/mod.ts";
import { withPrecision } from "../numeric/kernels/mod.ts";
import {
  type Allocate,
  copyParams,
  paramAt,
  type Params,
  RandomState,
  withWorkspace,
} from "../numeric/mod.ts";
import { type BatchGradients, NotFiniteError, type System } from "../systems/mod.ts";
import { Adam } from "./adam.ts";
import { clipGlobalNorm, globalNorm } from "./clip.ts";
import { buildSystem } from "./build_system.ts";
import { decodeTraining, encodeTraining, type Progress, type TrainingState } from "./checkpoint.ts";
import { DivergedError, wildWeight } from "./diverged.ts";
import { type EvaluationGrid, type Experiment, streams } from "./experiment.ts";
import type { Evaluation, EvaluationRow, StepResult } from "./evaluation_row.ts";
import { requireExperiment } from "./experiment_form.ts";
import type { PosteriorBatch } from "./measures/measure.ts";
import { askedMeasures, measured, requireMeasurable } from "./measures/measures.ts";
import { requireMemory } from "./memory.ts";
import { stoppable } from "./stoppable.ts";

/**
 * A training under way: weights, optimizer and streams. {@link train} runs one to its end.
 *
 * @example
 * ```ts
 * import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const training = new Training(writeUpExperiment("blstm", 0));
 * assertAlmostEquals(training.step().loss, 82.59178701541417);
 * ```
 */
export class Training {
  readonly experiment: Experiment;
  readonly data: DataSet;
  readonly system: System;
  /** The weights, which every step changes in place. */
  readonly params: Params;
  readonly #adam: Adam;
  readonly #rng: RandomState;
  readonly #layerRng: RandomState;
  readonly #evaluationRngs: Map<EvaluationGrid, RandomState>;
  #progress: Progress;
  #rows: EvaluationRow[] = [];

  /**
   * @param options.memory Bytes that it may need, see {@link memoryOf}; defaults to 4 GiB.
   * @param options.data Its data set, opened; may be left out where that takes no waiting, as for
   * synthetic ones.
   * @throws {TypeError} If the experiment has a key that nobody knows, or a value of another type,
   * or its data set must be opened first.
   * @throws {RangeError} If it has a value out of range, needs more memory, or asks for what its
   * data set does not know or its system cannot give.
   */
  constructor(experiment: Experiment, options: { memory?: number; data?: DataSet } = {}) {
    requireExperiment(experiment);
    requireMemory(experiment, options.memory);
    const { seed, optimizer, evaluations } = experiment;
    this.experiment = experiment;
    this.data = options.data ?? dataSet(experiment.corpus, seed);
    this.system = buildSystem(experiment, this.data);
    for (const grid of evaluations) requireMeasurable(grid, this);
    this.params = this.system.init(new RandomState(seed + streams.weights));
    const { clip: _, ...settings } = optimizer;
    this.#adam = new Adam(settings);
    this.#rng = new RandomState(seed + streams.training);
    this.#layerRng = new RandomState(seed + streams.layers);
    this.#evaluationRngs = new Map(
      evaluations.map((grid) => [grid, new RandomState(seed + grid.stream)]),
    );
    this.#progress = { iter: 0, infeasible: 0, nll: NaN, solved: 0, due: evaluations.length };
  }

  /** Steps taken so far. */
  get iter(): number {
    return this.#progress.iter;
  }

  /** The rows that {@link Training.rows} has given so far, those before a checkpoint among them. */
  get rowsSoFar(): readonly EvaluationRow[] {
    return this.#rows;
  }

  /** Whether no step and no evaluation is left. */
  get finished(): boolean {
    const { iters, evaluations } = this.experiment, { iter, solved, due } = this.#progress;
    return due === evaluations.length && (iter >= iters || solved >= 2);
  }

  /**
   * All that the rest of the training depends on, as the bytes of a safetensors file: it ends with
   * the same bits from there as it does in one go. To be taken at any time, between two steps or two
   * evaluations.
   *
   * @example
   * ```ts
   * import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
   * import { assertEquals } from "@std/assert";
   *
   * const training = new Training(writeUpExperiment("blstm", 0, { hidden: 4, batch: 2, iters: 3 }));
   * training.step();
   * const later = Training.resume(training.checkpoint());
   * assertEquals(later.iter, 1);
   * assertEquals(later.step(), training.step());
   * assertEquals(await Array.fromAsync(later.rows()), await Array.fromAsync(training.rows()));
   * assertEquals(later.params, training.params);
   * ```
   */
  checkpoint(): Uint8Array<ArrayBuffer> {
    return encodeTraining(this.experiment, {
      progress: this.#progress,
      rows: this.#rows,
      params: copyParams(this.params),
      optimizer: this.#adam.getState(),
      streams: Object.fromEntries(this.#streams().map(([name, rng]) => [name, rng.getState()])),
    });
  }

  /**
   * The training that {@link Training.checkpoint} was taken of, at the point where it was.
   *
   * @param options.experiment What it must be of; defaults to whichever it is of.
   * @param options.memory As of a new one.
   * @param options.data As of a new one.
   * @throws {CheckpointError} If a byte of it is not what was written, it is of another format or
   * experiment, or was made with kernels that are not in use.
   */
  static resume(
    bytes: Uint8Array,
    options: { experiment?: Experiment; memory?: number; data?: DataSet } = {},
  ): Training {
    const { experiment, state } = decodeTraining(bytes, options.experiment);
    const training = new Training(options.experiment ?? experiment, options);
    training.#restore(state);
    return training;
  }

  #restore({ progress, rows, params, optimizer, streams }: TrainingState): void {
    this.#progress = { ...progress };
    this.#rows = [...rows];
    for (const [name, { rows, cols, data }] of Object.entries(this.params)) {
      data.set(paramAt(params, name, rows, cols).data);
    }
    this.#adam.setState(optimizer);
    for (const [name, rng] of this.#streams()) rng.setState(streams[name]);
  }

  /** Every stream that it draws from, by name. */
  #streams(): (readonly [string, RandomState])[] {
    return [
      ["training", this.#rng],
      ["layers", this.#layerRng],
      ...this.experiment.evaluations.map((grid, n) =>
        [`evaluations[${n}]`, this.#evaluationRngs.get(grid)!] as const
      ),
    ];
  }

  /**
   * Draws a batch and takes one step.
   *
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   */
  step(): StepResult {
    return withPrecision(this.experiment.precision ?? "double", () => this.#step());
  }

  #step(): StepResult {
    return withWorkspace((alloc) => {
      const batch = this.data.train.batch(this.#rng, this.experiment.batch, alloc);
      const step = this.iter + 1;
      const { loss, grads, infeasible } = this.#gradients(step, batch, alloc);
      if (!(loss < Infinity) && infeasible < batch.targets.length) {
        throw new DivergedError(step, `the loss is ${loss}`);
      }
      const norm = globalNorm(grads);
      if (!Number.isFinite(norm)) {
        throw new DivergedError(step, `the norm of the gradient is ${norm}`);
      }
      const gradNorm = clipGlobalNorm(grads, this.experiment.optimizer.clip, norm);
      this.#adam.step(this.params, grads);
      const wild = wildWeight(this.params);
      if (wild !== undefined) throw new DivergedError(step, wild);
      this.#progress.iter = step;
      return { loss, infeasible, gradNorm };
    });
  }

  /** The gradients of a batch; what is not finite there shows that the training diverged. */
  #gradients(step: number, batch: LabelledBatch, alloc: Allocate): BatchGradients {
    try {
      const ctx = { alloc, training: true, rng: this.#layerRng };
      return this.system.gradients(this.params, batch, ctx);
    } catch (error) {
      if (error instanceof NotFiniteError) throw new DivergedError(step, error.message);
      throw error;
    }
  }

  /**
   * Decodes fresh sequences from the grid's own stream, greedily, and measures what it asks for.
   *
   * @throws {RangeError} If the grid is not one of the experiment's own.
   */
  evaluate(grid: EvaluationGrid): Evaluation {
    return withPrecision(this.experiment.precision ?? "double", () => this.#evaluate(grid));
  }

  #evaluate(grid: EvaluationGrid): Evaluation {
    const rng = this.#evaluationRngs.get(grid);
    if (rng === undefined) {
      throw new RangeError("Cannot evaluate as the grid must be one of the experiment's own");
    }
    const decoded: (readonly number[])[] = [];
    const targets: (readonly number[])[] = [];
    const evaluated: PosteriorBatch[] = [];
    const measuring = askedMeasures(grid).length > 0;
    while (targets.length < grid.sequences) {
      const size = Math.min(this.experiment.batch, grid.sequences - targets.length);
      const batch = this.data.dev.batch(rng, size);
      withWorkspace((alloc) => {
        const found = this.system.decode(this.params, batch.x, {}, { alloc });
        for (const { labels } of found.sequences) decoded.push(labels);
        if (!measuring) return;
        const { frames, offsets } = found.logProbs!;
        const kept = { ...frames, data: frames.data.slice() }; // `alloc` takes it back
        evaluated.push({ batch, logProbs: { frames: kept, offsets } });
      });
      targets.push(...batch.targets);
    }
    const exact = decoded.filter((labels, n) => labels.join() === targets[n].join()).length;
    return {
      per: labelErrorRate(decoded, targets),
      seqAcc: exact / targets.length,
      ...measured(grid, evaluated, this),
    };
  }

  /**
   * Steps to the end, or until it may stop, giving a row for every evaluation and a pause in which
   * others may run; where somebody may stop it, a pause after every step. Called again, it goes on
   * from where it was.
   *
   * @param options.signal Ends it after the step or the evaluation under way; defaults to never.
   * @param options.onStep Awaited after every step and its evaluations, to take a checkpoint;
   * defaults to nothing.
   */
  async *rows(
    options: { signal?: AbortSignal; onStep?: () => Promise<void> } = {},
  ): AsyncGenerator<EvaluationRow, void, void> {
    const { iters, evaluations } = this.experiment;
    const work = stoppable(options.signal);
    const at = this.#progress;
    try {
      while (!this.finished && !work.stopped) {
        if (at.due === evaluations.length) {
          const { loss, infeasible } = this.step();
          at.nll = loss;
          at.infeasible += infeasible;
          at.due = 0;
          await work.pause(false);
        } else {
          const row = this.#lookAt(evaluations[at.due]);
          at.due++;
          if (row !== undefined) {
            yield row;
            await work.pause();
          }
        }
        if (at.due === evaluations.length) await options.onStep?.();
      }
    } finally {
      work.end(`at step ${at.iter} of ${iters}`);
    }
  }

  /** The row of this step on a grid, where one is due. */
  #lookAt(grid: EvaluationGrid): EvaluationRow | undefined {
    const { iters, evaluations, stopAtPer = -1 } = this.experiment;
    const at = this.#progress, { iter, nll, infeasible } = at;
    if (iter !== 1 && iter % grid.every !== 0 && iter !== iters) return undefined;
    const { per, seqAcc, ...asked } = this.evaluate(grid);
    const row = { every: grid.every, iter, nll, per, seqAcc, infeasible, ...asked };
    this.#rows.push(row);
    if (grid === evaluations[0]) at.solved = per <= stopAtPer ? at.solved + 1 : 0;
    return row;
  }
}

/**
 * Trains an experiment from its first step to its last.
 *
 * @param options.signal Ends it after the step or the evaluation under way, without an error and
 * with the rows so far; defaults to never, in a notebook to the stop button.
 * @returns The evaluation rows, as they come; `break` stops the training.
 * @throws {TypeError} If the experiment has a key that nobody knows, or a value of another type.
 * @throws {RangeError} If it has a value out of range, or needs more memory than 4 GiB.
 * @throws {DivergedError} If the loss, the gradient or a weight leaves all bounds.
 *
 * @example
 * ```ts
 * import { train, writeUpExperiment } from "lib/experiments/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * for await (const { iter, per } of train(writeUpExperiment("blstm", 0, { iters: 2 }))) {
 *   assertEquals(iter >= 1 && per > 0, true);
 *   break;
 * }
 * ```
 */
export function train(
  experiment: Experiment,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<EvaluationRow, void, void> {
  return new Training(experiment).rows(options);
}
