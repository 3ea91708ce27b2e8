import type { LabelledBatch } from "../corpora/mod.ts";
import { RandomState, type RandomStreamState } from "../numeric/mod.ts";
import type { EvaluationGrid, Experiment } from "./experiment.ts";
import { streams } from "./streams.ts";

/** Draws a batch from a stream. */
type Draw = (rng: RandomState) => LabelledBatch;

/**
 * The random streams that a training draws from, and the batch that is drawn ahead of its step. Where
 * a batch is drawn ahead, their state is the one before it, so that it is drawn again.
 */
export class TrainingStreams {
  /** What layers draw from in training. */
  readonly layers: RandomState;
  readonly #training: RandomState;
  readonly #grids: readonly EvaluationGrid[];
  readonly #evaluations: ReadonlyMap<EvaluationGrid, RandomState>;
  #ahead?: { readonly batch: LabelledBatch; readonly before: RandomStreamState };

  /** The streams before the first step. */
  constructor({ seed, evaluations }: Pick<Experiment, "seed" | "evaluations">) {
    this.#training = new RandomState(seed + streams.training);
    this.layers = new RandomState(seed + streams.layers);
    this.#grids = evaluations;
    this.#evaluations = new Map(
      evaluations.map((grid) => [grid, new RandomState(seed + grid.stream)]),
    );
  }

  /** The batch of the next step: drawn ahead, or now. */
  takeBatch(draw: Draw): LabelledBatch {
    const batch = this.#ahead?.batch ?? draw(this.#training);
    this.#ahead = undefined;
    return batch;
  }

  /** Draws the batch that {@linkcode TrainingStreams.takeBatch} gives next. */
  drawAhead(draw: Draw): void {
    const before = this.#training.getState();
    this.#ahead = { batch: this.takeBatch(draw), before };
  }

  /**
   * The stream of a grid's evaluations.
   *
   * @throws {RangeError} If the grid is not one of the experiment's own.
   */
  ofGrid(grid: EvaluationGrid): RandomState {
    const rng = this.#evaluations.get(grid);
    if (rng === undefined) {
      throw new RangeError("Cannot evaluate as the grid must be one of the experiment's own");
    }
    return rng;
  }

  /** Where every stream is, by what is drawn from it. */
  getState(): Record<string, RandomStreamState> {
    return Object.fromEntries(
      this.#named().map(([name, rng]) => {
        const before = rng === this.#training ? this.#ahead?.before : undefined;
        return [name, before ?? rng.getState()];
      }),
    );
  }

  /** Goes on from where the streams of the same experiment were. */
  setState(states: Readonly<Record<string, RandomStreamState>>): void {
    this.#ahead = undefined;
    for (const [name, rng] of this.#named()) rng.setState(states[name]);
  }

  #named(): (readonly [string, RandomState])[] {
    return [
      ["training", this.#training],
      ["layers", this.layers],
      ...this.#grids.map((grid, n) => [`evaluations[${n}]`, this.ofGrid(grid)] as const),
    ];
  }
}
