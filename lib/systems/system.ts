import type { Alignment, PrefixReading, Topology } from "../alignment/mod.ts";
import type { Knowledge, LabelledBatch } from "../corpora/mod.ts";
import type { Context } from "../models/mod.ts";
import type { Matrix, Params, RandomState, Sequences } from "../numeric/mod.ts";
import type { DecodeOptions } from "./decode.ts";

/** Which label topology a sequence gets: blank anywhere, or silence around words alone. */
export type TopologyKind = "ctc" | "hmm";

/** The mean loss of a batch, nats per sequence, and what it says of the weights. */
export interface BatchGradients {
  /** Mean over the sequences whose target fits; `Infinity` if none does. */
  readonly loss: number;
  /** The gradient of the loss with respect to every weight. */
  readonly grads: Params;
  /** How many targets do not fit into their frames. */
  readonly infeasible: number;
}

/** What was recognised in one sequence. */
export interface RecognisedSequence {
  /** Without blanks. */
  readonly labels: readonly number[];
  /** Its log-probability by the decoder's own count, nats. */
  readonly score: number;
}

/** What was recognised in a batch. */
export interface Recognition {
  /** One per sequence. */
  readonly sequences: readonly RecognisedSequence[];
  /** [N, K] log-probabilities, nats, where the system gives one row per frame */
  readonly logProbs?: Sequences;
}

/** One label of a target: log p(a_s | a_1 … a_{s-1}, x), and how it changes with the input. */
export interface LabelGradient {
  /** nats */
  readonly logProb: number;
  /** [T, D] its gradient with respect to x, computed when it is asked for */
  dx(): Matrix;
}

/** How label gradients are taken. */
export interface LabelGradientOptions {
  /** The words of the target, where the topology knows words; defaults to one for each label. */
  readonly words?: readonly (readonly number[])[];
  /**
   * Whether the gradient of the blank's logit is set to 0 on its way back; defaults to true, as in
   * the paper.
   */
  readonly maskBlank?: boolean;
  /** How the paths of a prefix are counted; defaults to `"partial"`, as eq. 23 is printed. */
  readonly prefix?: PrefixReading;
  /**
   * β, the power of the average posterior of x that prefix scores divide by, which the gradient
   * does not flow through; defaults to 0.
   */
  readonly priorScale?: number;
  /** The blank label; defaults to 0. */
  readonly blank?: number;
  /**
   * λ of a hybrid: the gradient is that of λ times the log-probability by its CTC and 1 - λ times that
   * by its decoder, eq. 50 of the paper; defaults to 0, the decoder alone.
   */
  readonly ctcWeight?: number;
}

/**
 * Checks options of a system that has one way to give labels.
 *
 * @throws {RangeError} If they weigh two.
 */
export function requireNoHybrid({ ctcWeight = 0 }: Pick<LabelGradientOptions, "ctcWeight">): void {
  if (ctcWeight === 0) return;
  throw new RangeError(
    `Cannot take gradients as ctcWeight must be 0 where the system is no hybrid: it is ${ctcWeight}`,
  );
}

/**
 * What is trained, and what recognises. Like a layer it holds no weights: they come in as `params`.
 * What only some systems can do is optional.
 */
export interface System {
  /** What it needs to know of every batch that it is trained on. */
  readonly needs: readonly Knowledge[];
  /** Draws new weights. */
  init(rng: RandomState): Params;
  /** How many frames come out of its encoder for T that go in. */
  frames(T: number): number;
  /**
   * The loss of a batch and its gradient with respect to every weight; the weights stay as they are.
   *
   * @throws {NotFiniteError} If an output is not finite.
   */
  gradients(params: Params, batch: LabelledBatch, ctx?: Context): BatchGradients;
  /** Recognises every sequence; greedily, unless options say how. */
  decode(params: Params, x: Sequences, options?: DecodeOptions, ctx?: Context): Recognition;
  /** [N, K] log-probabilities of every label at every frame, nats */
  posterior?(params: Params, x: Sequences, ctx?: Context): Sequences;
  /** The topology of every sequence: that of the criterion, unless another is asked for. */
  topologies?(batch: Pick<LabelledBatch, "targets" | "words">, kind?: TopologyKind): Topology[];
  /**
   * Forced alignment by paths of the system's own: where the labels of every target lie, in frames of
   * the encoder; a score of -Infinity and no spans where a target does not fit.
   *
   * @throws {RangeError} If there is not one target per sequence, or a label is out of range or blank.
   */
  align?(
    params: Params,
    x: Sequences,
    targets: readonly (readonly number[])[],
    ctx?: Context,
  ): Pick<Alignment, "score" | "spans">[];
  /**
   * Where a decoder listens while it is told the target: one matrix [U + 1, T] a sequence, whose last
   * row is the end's; T frames of the encoder. Without columns where nothing attends.
   */
  attentionWeights?(
    params: Params,
    x: Sequences,
    targets: readonly (readonly number[])[],
  ): Matrix[];
  /**
   * The labels of a target, each given those before it, with their gradients.
   *
   * @param x [T, D] one sequence
   * @returns One per label; undefined if the target does not fit into the frames.
   */
  labelGradients?(
    params: Params,
    x: Matrix,
    target: readonly number[],
    options?: LabelGradientOptions,
  ): readonly LabelGradient[] | undefined;
}

/** A system that can do what is optional. */
export type Able<Ability extends keyof System> = System & Required<Pick<System, Ability>>;

/**
 * A system that must be able to do something.
 *
 * @param what Begins the message, such as "Cannot align".
 * @throws {RangeError} If it is not.
 */
export function requireAble<Ability extends keyof System>(
  what: string,
  system: System,
  ...abilities: readonly Ability[]
): Able<Ability> {
  const missing = abilities.find((ability) => system[ability] === undefined);
  if (missing === undefined) return system as Able<Ability>;
  throw new RangeError(`${what} as the system must have ${missing}(): it has none`);
}
