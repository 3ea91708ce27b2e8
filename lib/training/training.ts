import { type DataSet, dataSet, type LabelledBatch } from "../corpora/mod.ts";
import { labelErrorRate } from "../metrics/mod.ts";
import { withPrecision } from "../numeric/kernels/mod.ts";
import { type Allocate, type Params, RandomState, withWorkspace } from "../numeric/mod.ts";
import { type BatchGradients, NotFiniteError, type System } from "../systems/mod.ts";
import { Adam } from "./adam.ts";
import { clipGlobalNorm, globalNorm } from "./clip.ts";
import { buildSystem } from "./build_system.ts";
import { DivergedError, wildWeight } from "./diverged.ts";
import { type EvaluationGrid, type Experiment, streams } from "./experiment.ts";
import { requireExperiment } from "./experiment_form.ts";
import { type HeldOut, heldOut, recognised } from "./held_out.ts";
import {
  askedMeasures,
  measured,
  type MeasureResults,
  requireMeasurable,
} from "./measures/measures.ts";
import { requireMemory } from "./memory.ts";
import { gradientsOfPiece, meanOfPieces, piecesOf } from "./pieces.ts";
import { stoppable } from "./stoppable.ts";
import { requireWorkers, Team } from "./team.ts";

/** What one evaluation found. */
export interface EvaluationRow extends MeasureResults {
  /** The grid that the row belongs to. */
  every: number;
  /** Steps taken, counted from 1. */
  iter: number;
  /** Mean loss of the training batch of this step, nats per sequence. */
  nll: number;
  /** Label error rate of greedy decoding on fresh sequences. */
  per: number;
  /** Share of those sequences decoded without an error. */
  seqAcc: number;
  /** Training targets that did not fit into their frames, up to this step. */
  infeasible: number;
}

/** What one evaluation found on its sequences. */
export type Evaluation = Pick<EvaluationRow, "per" | "seqAcc" | keyof MeasureResults>;

/** What one step did. */
export interface StepResult {
  /** Mean loss of the batch before the step, nats per sequence. */
  loss: number;
  /** Targets in the batch that did not fit. */
  infeasible: number;
  /** Global norm of the gradient before clipping. */
  gradNorm: number;
}

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
  #iter = 0;

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
  }

  /** Steps taken so far. */
  get iter(): number {
    return this.#iter;
  }

  /**
   * Draws a batch and takes one step.
   *
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   */
  step(): StepResult {
    return this.#inWorkspace((alloc) => {
      const batch = this.data.train.batch(this.#rng, this.experiment.batch, alloc);
      return this.#update(batch, this.#gradients(batch, alloc));
    });
  }

  /**
   * {@link Training.step} by several workers, to the same bits.
   *
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   * @throws {Error} If a worker has ended.
   */
  async stepOn(team: Team): Promise<StepResult> {
    const { batch: B, pieces = 1 } = this.experiment;
    if (pieces === 1) return this.step();
    const batch = this.#precisely(() => this.data.train.batch(this.#rng, B));
    const asked = piecesOf(batch, pieces, this.#layerRng);
    const parts = await team.gradients(this.params, asked)
      .catch((error) => Promise.reject(this.#diverged(error)));
    return this.#inWorkspace((alloc) =>
      this.#update(batch, meanOfPieces(parts, this.params, alloc))
    );
  }

  #precisely<T>(work: () => T): T {
    return withPrecision(this.experiment.precision ?? "double", work);
  }

  #inWorkspace<T>(work: (alloc: Allocate) => T): T {
    return this.#precisely(() => withWorkspace(work));
  }

  /** Moves the weights by the gradients of a batch. */
  #update({ targets }: LabelledBatch, { loss, grads, infeasible }: BatchGradients): StepResult {
    const step = this.#iter + 1;
    if (!(loss < Infinity) && infeasible < targets.length) {
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
    this.#iter = step;
    return { loss, infeasible, gradNorm };
  }

  #gradients(batch: LabelledBatch, alloc: Allocate): BatchGradients {
    const { system, params } = this, rng = this.#layerRng;
    const { pieces = 1 } = this.experiment;
    try {
      if (pieces === 1) return system.gradients(params, batch, { alloc, training: true, rng });
      const parts = piecesOf(batch, pieces, rng)
        .map((piece) => gradientsOfPiece(system, params, piece, alloc));
      return meanOfPieces(parts, params, alloc);
    } catch (error) {
      throw this.#diverged(error);
    }
  }

  /** What is not finite in a step shows that the training diverged. */
  #diverged(error: unknown): unknown {
    return error instanceof NotFiniteError
      ? new DivergedError(this.#iter + 1, error.message)
      : error;
  }

  /**
   * Decodes fresh sequences from the grid's own stream, greedily, and measures what it asks for.
   *
   * @throws {RangeError} If the grid is not one of the experiment's own.
   */
  evaluate(grid: EvaluationGrid): Evaluation {
    const { sizes, draw, keep } = this.#heldOut(grid);
    return this.#precisely(() => {
      const parts = sizes.map((size): HeldOut => {
        const batch = draw(size);
        return heldOut(batch, recognised(this.system, this.params, batch.x, keep));
      });
      return this.#measured(grid, parts);
    });
  }

  /**
   * {@link Training.evaluate} by several workers, to the same bits.
   *
   * @throws {RangeError} If the grid is not one of the experiment's own.
   * @throws {Error} If a worker has ended.
   */
  async evaluateOn(team: Team, grid: EvaluationGrid): Promise<Evaluation> {
    const { sizes, draw, keep } = this.#heldOut(grid);
    const next = (n: number) => this.#precisely(() => draw(sizes[n]));
    const parts = await team.recognise(this.params, sizes.length, next, keep);
    return this.#precisely(() => this.#measured(grid, parts));
  }

  /** The batches of an evaluation, to be drawn one after the other. */
  #heldOut(grid: EvaluationGrid) {
    const rng = this.#evaluationRngs.get(grid);
    if (rng === undefined) {
      throw new RangeError("Cannot evaluate as the grid must be one of the experiment's own");
    }
    const { batch } = this.experiment, { sequences } = grid;
    return {
      sizes: Array.from(
        { length: Math.ceil(sequences / batch) },
        (_, n) => Math.min(batch, sequences - n * batch),
      ),
      draw: (size: number) => this.data.dev.batch(rng, size),
      keep: askedMeasures(grid).length > 0,
    };
  }

  #measured(grid: EvaluationGrid, parts: readonly HeldOut[]): Evaluation {
    const decoded = parts.flatMap(({ labels }) => labels);
    const targets = parts.flatMap((part) => part.targets);
    const exact = decoded.filter((labels, n) => labels.join() === targets[n].join()).length;
    return {
      per: labelErrorRate(decoded, targets),
      seqAcc: exact / targets.length,
      ...measured(grid, parts.flatMap(({ posterior }) => posterior ?? []), this),
    };
  }

  /**
   * Steps to the end, or until it may stop, giving a row for every evaluation and a pause in which
   * others may run; where somebody may stop it, a pause after every step.
   *
   * @param options.signal Ends it after the step or the evaluation under way; defaults to never.
   * @param options.workers How many take the pieces of its batches, at most one for each piece: the
   * same bits whatever their number. Defaults to 1, which is this thread.
   * @throws {RangeError} If the number of workers is not a whole number >= 1.
   * @throws {DivergedError} If the loss, the gradient or a weight has left all bounds.
   * @throws {Error} If a worker has ended.
   */
  async *rows(
    options: { signal?: AbortSignal; workers?: number } = {},
  ): AsyncGenerator<EvaluationRow, void, void> {
    const { iters, evaluations, stopAtPer = -1, pieces = 1 } = this.experiment;
    const { signal, workers = 1 } = options;
    requireWorkers(workers);
    const work = stoppable(signal);
    let team: Team | undefined;
    let infeasible = 0;
    let solved = 0; // evaluations in a row
    try {
      if (Math.min(workers, pieces) > 1) team = await Team.start(this, workers);
      while (this.#iter < iters && solved < 2 && !work.stopped) {
        const { loss: nll, infeasible: unfit } = await (team ? this.stepOn(team) : this.step());
        infeasible += unfit;
        const iter = this.#iter;
        await work.pause(false);
        for (const grid of evaluations) {
          if (work.stopped) return;
          if (iter !== 1 && iter % grid.every !== 0 && iter !== iters) continue;
          const { per, seqAcc, ...asked } =
            await (team ? this.evaluateOn(team, grid) : this.evaluate(grid));
          yield { every: grid.every, iter, nll, per, seqAcc, infeasible, ...asked };
          if (grid === evaluations[0]) solved = per <= stopAtPer ? solved + 1 : 0;
          await work.pause();
        }
      }
    } finally {
      team?.end();
      work.end(`at step ${this.#iter} of ${iters}`);
    }
  }
}

/**
 * Trains an experiment from its first step to its last.
 *
 * @param options.signal Ends it after the step or the evaluation under way, without an error and
 * with the rows so far; defaults to never, in a notebook to the stop button.
 * @param options.workers How many take the pieces of its batches, at most one for each of the
 * experiment's `pieces`: the same bits whatever their number. Defaults to 1, which is this thread.
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
  options: { signal?: AbortSignal; workers?: number } = {},
): AsyncGenerator<EvaluationRow, void, void> {
  return new Training(experiment).rows(options);
}
