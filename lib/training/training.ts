import { type CorpusFolders, type DataSet, dataSet, type LabelledBatch } from "../corpora/mod.ts";
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
import { buildSystem } from "./build_system.ts";
import { decodeTraining, encodeTraining, type Progress, type TrainingState } from "./checkpoint.ts";
import { DivergedError } from "./diverged.ts";
import { type EvaluationGrid, type Experiment, streams } from "./experiment.ts";
import type { Evaluation, EvaluationRow, StepResult } from "./evaluation_row.ts";
import { requireExperiment } from "./experiment_form.ts";
import { evaluationOf, type HeldOut, heldOut, heldOutBatches, recognised } from "./held_out.ts";
import { askedMeasures, requireMeasurable } from "./measures/measures.ts";
import { requireMemory } from "./memory.ts";
import { moveWeights } from "./move_weights.ts";
import { buildOptimizer, type Optimizer } from "./optimizer.ts";
import { gradientsOfBatch, meanOfPieces, piecesOf } from "./pieces.ts";
import { stoppable } from "./stoppable.ts";
import { requireWorkers, Team } from "./team.ts";
import { TrainingStreams } from "./training_streams.ts";

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
  /** What is trained. */
  readonly experiment: Experiment;
  /** Its data set, opened. */
  readonly data: DataSet;
  /** What is trained and what recognises. */
  readonly system: System;
  /** The weights, which every step changes in place. */
  readonly params: Params;
  readonly #optimizer: Optimizer;
  readonly #streams: TrainingStreams;
  #progress: Progress;
  #rows: EvaluationRow[] = [];

  /**
   * A training before its first step.
   *
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
    this.#optimizer = buildOptimizer(optimizer);
    this.#streams = new TrainingStreams(experiment);
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
      optimizer: this.#optimizer.getState(),
      streams: this.#streams.getState(),
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
    this.#optimizer.setState(optimizer);
    this.#streams.setState(streams);
  }

  /**
   * Draws a batch and takes one step.
   *
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   */
  step(): StepResult {
    return this.#inWorkspace((alloc) => {
      const { system, params } = this, { pieces = 1 } = this.experiment;
      const batch = this.#streams.takeBatch((rng) => this.#draw(rng, alloc));
      const { layers } = this.#streams;
      try {
        return this.#move(batch, gradientsOfBatch(system, params, batch, pieces, layers, alloc));
      } catch (error) {
        throw this.#diverged(error);
      }
    });
  }

  /**
   * {@link Training.step} by several workers, to the same bits.
   *
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   * @throws {Error} If a worker has ended.
   */
  async stepOn(team: Team): Promise<StepResult> {
    const { iters, pieces = 1 } = this.experiment;
    if (pieces === 1) return this.step();
    const draw = (rng: RandomState) => this.#draw(rng);
    const batch = this.#streams.takeBatch(draw);
    const asked = team.gradients(this.params, piecesOf(batch, pieces, this.#streams.layers));
    const answered = asked.catch((error) => Promise.reject(this.#diverged(error)));
    if (this.iter + 1 < iters) this.#streams.drawAhead(draw); // while the workers compute
    const parts = await answered;
    return this.#inWorkspace((alloc) => this.#move(batch, meanOfPieces(parts, this.params, alloc)));
  }

  #precisely<T>(work: () => T): T {
    return withPrecision(this.experiment.precision ?? "double", work);
  }

  #inWorkspace<T>(work: (alloc: Allocate) => T): T {
    return this.#precisely(() => withWorkspace(work));
  }

  #draw(rng: RandomState, alloc?: Allocate): LabelledBatch {
    return this.#precisely(() => this.data.train.batch(rng, this.experiment.batch, alloc));
  }

  #move({ targets }: LabelledBatch, gradients: BatchGradients): StepResult {
    const { params, experiment } = this, optimizer = this.#optimizer, step = this.iter + 1;
    const result = moveWeights(params, gradients, targets.length, { optimizer, experiment, step });
    this.#progress.iter = step;
    return result;
  }

  /** What is not finite in a step shows that the training diverged. */
  #diverged(error: unknown): unknown {
    return error instanceof NotFiniteError
      ? new DivergedError(this.iter + 1, error.message)
      : error;
  }

  /**
   * Decodes the grid's sequences greedily, see {@link EvaluationGrid}, and measures what it asks for.
   *
   * @throws {RangeError} If the grid is not one of the experiment's own.
   */
  evaluate(grid: EvaluationGrid): Evaluation {
    const { count, draw, keep } = this.#heldOut(grid);
    return this.#precisely(() => {
      const parts = Array.from({ length: count }, (_, n): HeldOut => {
        const batch = draw(n);
        return heldOut(batch, recognised(this.system, this.params, batch.x, keep));
      });
      return evaluationOf(grid, parts, this);
    });
  }

  /**
   * {@link Training.evaluate} by several workers, to the same bits.
   *
   * @throws {RangeError} If the grid is not one of the experiment's own.
   * @throws {Error} If a worker has ended.
   */
  async evaluateOn(team: Team, grid: EvaluationGrid): Promise<Evaluation> {
    const { count, draw, keep } = this.#heldOut(grid);
    const next = (n: number) => this.#precisely(() => draw(n));
    const parts = await team.recognise(this.params, count, next, keep);
    return this.#precisely(() => evaluationOf(grid, parts, this));
  }

  /** The batches of an evaluation, to be drawn one after the other. */
  #heldOut(grid: EvaluationGrid) {
    const { experiment: { batch }, data } = this;
    return {
      ...heldOutBatches(grid, data, batch, this.#streams.ofGrid(grid)),
      keep: askedMeasures(grid).length > 0,
    };
  }

  /**
   * Steps to the end, or until it may stop, giving a row for every evaluation and a pause in which
   * others may run; where somebody may stop it, a pause after every step. Called again, it goes on
   * from where it was.
   *
   * @param options.signal Ends it after the step or the evaluation under way; defaults to never.
   * @param options.workers How many take the pieces of its batches, at most one for each piece: the
   * same bits whatever their number. Defaults to 1, which is this thread.
   * @param options.folders Where workers open a corpus that people bring; defaults to nowhere.
   * @param options.onStep Awaited after every step and its evaluations, to take a checkpoint;
   * defaults to nothing.
   * @throws {RangeError} If the number of workers is not a whole number >= 1.
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   * @throws {Error} If a worker has ended.
   */
  async *rows(
    options: {
      signal?: AbortSignal;
      workers?: number;
      folders?: CorpusFolders;
      onStep?: () => Promise<void>;
    } = {},
  ): AsyncGenerator<EvaluationRow, void, void> {
    const { iters, evaluations, pieces = 1 } = this.experiment;
    const { signal, workers = 1, folders, onStep } = options;
    requireWorkers(workers);
    const work = stoppable(signal);
    const at = this.#progress;
    let team: Team | undefined;
    try {
      if (Math.min(workers, pieces) > 1) team = await Team.start(this, workers, folders);
      while (!this.finished && !work.stopped) {
        if (at.due === evaluations.length) {
          const { loss, infeasible } = await (team ? this.stepOn(team) : this.step());
          at.nll = loss;
          at.infeasible += infeasible;
          at.due = 0;
          await work.pause(false);
        } else {
          const row = await this.#lookAt(evaluations[at.due], team);
          at.due++;
          if (row !== undefined) {
            yield row;
            await work.pause();
          }
        }
        if (at.due === evaluations.length) await onStep?.();
      }
    } finally {
      team?.end();
      work.end(`at step ${at.iter} of ${iters}`);
    }
  }

  /** The row of this step on a grid, where one is due. */
  async #lookAt(grid: EvaluationGrid, team?: Team): Promise<EvaluationRow | undefined> {
    const { iters, evaluations, stopAtPer = -1 } = this.experiment;
    const at = this.#progress, { iter, nll, infeasible } = at;
    if (iter !== 1 && iter % grid.every !== 0 && iter !== iters) return undefined;
    const { per, seqAcc, ...asked } =
      await (team ? this.evaluateOn(team, grid) : this.evaluate(grid));
    const row = { every: grid.every, iter, nll, per, seqAcc, infeasible, ...asked };
    this.#rows.push(row);
    if (grid === evaluations[0]) at.solved = per <= stopAtPer ? at.solved + 1 : 0;
    return row;
  }
}
