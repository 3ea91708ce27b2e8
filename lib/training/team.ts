import type { CorpusFolders, LabelledBatch } from "../corpora/mod.ts";
import { kernelsInUse, type Twin } from "../numeric/kernels/mod.ts";
import type { Params, Sequences } from "../numeric/mod.ts";
import { NotFiniteError } from "../systems/mod.ts";
import { askWorker, inLanes, startWorker } from "../workers.ts";
import type { Experiment } from "./experiment.ts";
import type { Piece, PieceGradients } from "./pieces.ts";
import { type HeldOut, heldOut, type Recognised } from "./held_out.ts";
import {
  copyInto,
  paramsIn,
  type Shapes,
  shapesOf,
  sharedArray,
  sharedRoom,
} from "./shared_params.ts";

/** What a worker of a team is asked; the first is to be its own. */
export type TeamRequest =
  | {
    readonly kind: "open";
    readonly experiment: Experiment;
    readonly kernels: Twin;
    readonly shapes: Shapes;
    readonly weights: SharedArrayBuffer;
    /** Where the gradients of every piece belong. */
    readonly gradients: readonly SharedArrayBuffer[];
    /** Where its corpus is opened, if it is one that people bring. */
    readonly folders?: CorpusFolders;
  }
  | { readonly kind: "gradients"; readonly piece: Piece; readonly place: number }
  | { readonly kind: "recognise"; readonly x: Sequences; readonly keep: boolean };

/** What it answers, after that it listens. */
export type TeamAnswer =
  | { readonly kind: "opened" }
  | { readonly kind: "gradients"; readonly loss: number; readonly infeasible: number }
  | { readonly kind: "recognised"; readonly found: Recognised }
  | { readonly kind: "failed"; readonly name: string; readonly message: string };

type Failed = TeamAnswer & { readonly kind: "failed" };

/**
 * Workers that train one experiment together: any of them computes any piece of a batch, or decodes
 * any batch, with the kernels in use here. Weights, features and gradients are in memory that all share. Each
 * worker builds the system of the experiment for itself, from its own corpus.
 *
 * @example
 * ```ts ignore
 * import { Team, Training, writeUpExperiment } from "lib/experiments/mod.ts";
 *
 * const training = new Training({ ...writeUpExperiment("blstm", 0), pieces: 4 });
 * using team = await Team.start(training, 2);
 * const { loss } = await training.stepOn(team);
 * ```
 */
export class Team implements Disposable {
  readonly #workers: readonly Worker[];
  readonly #weights: Params;
  readonly #gradients: readonly Params[];
  /** Room for the features of every piece, as large as they were so far. */
  readonly #features: SharedArrayBuffer[] = [];

  private constructor(workers: readonly Worker[], weights: Params, gradients: readonly Params[]) {
    this.#workers = workers;
    this.#weights = weights;
    this.#gradients = gradients;
  }

  /**
   * Starts the workers of a training, at most one for each piece of a batch.
   *
   * @param training Only its experiment and the shapes of its weights count.
   * @param folders Where its corpus is opened, if it is one that people bring; defaults to nowhere.
   * @throws {RangeError} If the number of workers is not a whole number >= 1.
   * @throws {Error} If one does not start.
   */
  static async start(
    { experiment, params }: { readonly experiment: Experiment; readonly params: Params },
    workers: number,
    folders?: CorpusFolders,
  ): Promise<Team> {
    requireWorkers(workers);
    const { pieces = 1 } = experiment;
    const shapes = shapesOf(params);
    const weights = sharedRoom(shapes);
    const gradients = Array.from({ length: pieces }, () => sharedRoom(shapes));
    const request: TeamRequest = {
      kind: "open",
      experiment,
      kernels: kernelsInUse(),
      shapes,
      weights,
      gradients,
      folders,
    };
    const url = new URL("./team_worker.ts", import.meta.url);
    const started = await Promise.allSettled(
      Array.from({ length: Math.min(workers, pieces) }, async () => {
        const worker = await startWorker(url);
        try {
          requireAnswer(await askTeam(worker, request));
          return worker;
        } catch (error) {
          worker.terminate();
          throw error;
        }
      }),
    );
    const team = new Team(
      started.flatMap((one) => one.status === "fulfilled" ? [one.value] : []),
      paramsIn(weights, shapes),
      gradients.map((room) => paramsIn(room, shapes)),
    );
    const failed = started.find((one) => one.status === "rejected");
    if (failed === undefined) return team;
    team.end();
    throw failed.reason;
  }

  /** Number of workers. */
  get size(): number {
    return this.#workers.length;
  }

  /**
   * The gradients of pieces, in their order, which hold until the next call.
   *
   * @throws {NotFiniteError} If an output is not finite.
   * @throws {Error} If a worker has ended.
   */
  async gradients(params: Params, pieces: readonly Piece[]): Promise<PieceGradients[]> {
    copyInto(this.#weights, params);
    const answers = await this.#spread(pieces.length, (worker, place) => {
      const piece = this.#shared(pieces[place], place);
      return askTeam(worker, { kind: "gradients", piece, place });
    });
    return answers.map(requireAnswer).map((answer, place) => {
      const { loss, infeasible } = answer as TeamAnswer & { kind: "gradients" };
      const sequences = pieces[place].batch.targets.length;
      return { loss, infeasible, sequences, grads: this.#gradients[place] };
    });
  }

  /**
   * What an evaluation keeps of `count` batches, in their order.
   *
   * @param next Gives the n-th batch, and is called in their order.
   * @param keep Whether posteriors are kept.
   * @throws {Error} If a worker has ended.
   */
  async recognise(
    params: Params,
    count: number,
    next: (n: number) => LabelledBatch,
    keep: boolean,
  ): Promise<HeldOut[]> {
    copyInto(this.#weights, params);
    return await this.#spread(count, async (worker, n) => {
      const batch = next(n);
      const answer = requireAnswer(await askTeam(worker, { kind: "recognise", x: batch.x, keep }));
      return heldOut(batch, (answer as TeamAnswer & { kind: "recognised" }).found);
    });
  }

  /** Ends the workers at once. */
  end(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  /** {@linkcode Team.end}, for `using`. */
  [Symbol.dispose](): void {
    this.end();
  }

  /** The same piece as it is sent: its features in shared memory, nothing of the rest of its batch. */
  #shared({ batch, seed }: Piece, place: number): Piece {
    const { x, alignment } = batch, { data } = x.frames;
    const fits = this.#features[place]?.byteLength >= data.byteLength;
    if (!fits) this.#features[place] = new SharedArrayBuffer(data.byteLength);
    const shared = sharedArray(this.#features[place], 0, data.length);
    shared.set(data);
    const frames = { ...x.frames, data: shared };
    const sent = { ...batch, x: { frames, offsets: x.offsets } };
    return { batch: alignment ? { ...sent, alignment: alignment.slice() } : sent, seed };
  }

  /** Begins work 0 … n - 1 in this order, each with a worker that has nothing to do. */
  async #spread<T>(n: number, work: (worker: Worker, n: number) => Promise<T>): Promise<T[]> {
    const idle = [...this.#workers], found: T[] = [];
    await inLanes(n, idle.length, async (k) => {
      const worker = idle.pop()!;
      found[k] = await work(worker, k);
      idle.push(worker);
    });
    return found;
  }
}

/**
 * Checks a number of workers.
 *
 * @throws {RangeError} If it is not a whole number >= 1.
 */
export function requireWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1) return;
  throw new RangeError(
    `Cannot train as workers must be a whole number >= 1: current value is ${workers}`,
  );
}

async function askTeam(worker: Worker, request: TeamRequest): Promise<TeamAnswer> {
  try {
    return await askWorker(worker, request, (answer: TeamAnswer) => answer);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Cannot go on training as a worker has ended: ${message}`, { cause: error });
  }
}

/** @throws What was thrown in the worker. */
function requireAnswer(answer: TeamAnswer): TeamAnswer {
  if (answer.kind === "failed") throw errorOf(answer);
  return answer;
}

function errorOf({ name, message }: Failed): Error {
  const kinds = [NotFiniteError, RangeError, TypeError, SyntaxError];
  const Kind = kinds.find((kind) => kind.name === name) ?? Error;
  return new Kind(message);
}
