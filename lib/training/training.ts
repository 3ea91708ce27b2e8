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
import type { PosteriorBatch } from "./measures/measure.ts";
import {
  askedMeasures,
  measured,
  type MeasureResults,
  requireMeasurable,
} from "./measures/measures.ts";
import { requireMemory } from "./memory.ts";
import { stoppable } from "./stoppable.ts";

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
    return withPrecision(this.experiment.precision ?? "double", () => this.#step());
  }

  #step(): StepResult {
    return withWorkspace((alloc) => {
      const batch = this.data.train.batch(this.#rng, this.experiment.batch, alloc);
      const step = this.#iter + 1;
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
      this.#iter = step;
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
   * others may run; where somebody may stop it, a pause after every step.
   *
   * @param options.signal Ends it after the step or the evaluation under way; defaults to never.
   */
  async *rows(options: { signal?: AbortSignal } = {}): AsyncGenerator<EvaluationRow, void, void> {
    const { iters, evaluations, stopAtPer = -1 } = this.experiment;
    const work = stoppable(options.signal);
    let infeasible = 0;
    let solved = 0; // evaluations in a row
    try {
      while (this.#iter < iters && solved < 2 && !work.stopped) {
        const { loss: nll, infeasible: unfit } = this.step();
        infeasible += unfit;
        const iter = this.#iter;
        await work.pause(false);
        for (const grid of evaluations) {
          if (work.stopped) return;
          if (iter !== 1 && iter % grid.every !== 0 && iter !== iters) continue;
          const { per, seqAcc, ...asked } = this.evaluate(grid);
          yield { every: grid.every, iter, nll, per, seqAcc, infeasible, ...asked };
          if (grid === evaluations[0]) solved = per <= stopAtPer ? solved + 1 : 0;
          await work.pause();
        }
      }
    } finally {
      work.end(`at step ${this.#iter} of ${iters}`);
    }
  }
}

/**
 * Trains an experiment from its first step to its last.
 *
 * @param options.signal Ends it after the step or the evaluation under way, without an error and
 * with the rows so far; defaults to never, in a notebook to the stop button.
 * @param options.data Its data set, opened, as {@link Training} takes it.
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
  options: { signal?: AbortSignal; data?: DataSet } = {},
): AsyncGenerator<EvaluationRow, void, void> {
  return new Training(experiment, { data: options.data }).rows(options);
}
