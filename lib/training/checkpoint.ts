import { createHash } from "node:crypto";
import { canonicalJson, differenceOf } from "../form/json.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../models/mod.ts";
import { kernelsInUse } from "../numeric/kernels/mod.ts";
import { matrix, paramAt, type Params, type RandomStreamState } from "../numeric/mod.ts";
import { version } from "../version.ts";
import type { OptimizerState } from "./optimizer.ts";
import type { Experiment } from "./experiment.ts";
import { requireExperiment } from "./experiment_form.ts";
import type { EvaluationRow } from "./evaluation_row.ts";

/**
 * The format of a training's checkpoint, the only one that this library goes on from. It also counts
 * up when the bits change that a training makes: no run is half of one and half of the other.
 */
export const checkpointFormat = 1;

/** Where the loop of a training is. */
export interface Progress {
  /** Steps taken. */
  iter: number;
  /** Training targets that did not fit into their frames. */
  infeasible: number;
  /** Loss of the batch of the last step, nats per sequence; NaN before the first. */
  nll: number;
  /** Evaluations in a row, on the first grid, at `stopAtPer` or below. */
  solved: number;
  /** Which grid is looked at next after this step; the number of grids where all of them were. */
  due: number;
}

/** All that the rest of a training depends on beside its experiment. */
export interface TrainingState {
  readonly progress: Progress;
  /** The evaluations so far. */
  readonly rows: readonly EvaluationRow[];
  readonly params: Params;
  readonly optimizer: OptimizerState;
  /** By what is drawn from them. */
  readonly streams: Readonly<Record<string, RandomStreamState>>;
}

/** A training's checkpoint cannot be gone on from; the message says what to do. */
export class CheckpointError extends SyntaxError {
  /** The name of the class, as errors print it. */
  override readonly name = "CheckpointError";

  /**
   * The error of one checkpoint.
   *
   * @param reason What is wrong, and what to do.
   * @param options.file Its path, where it is in a file.
   */
  constructor(readonly reason: string, options: { file?: string; cause?: unknown } = {}) {
    const { file, cause } = options;
    super(`Cannot go on from ${file ?? "the checkpoint"}: ${reason}`, { cause });
  }
}

/**
 * A training under way as the bytes of a safetensors file: tensors `weights/NAME`, `stream/NAME`
 * and those of the optimizer, such as `mean/NAME`; the rest, and a hash over everything, as metadata.
 */
export function encodeTraining(
  experiment: Experiment,
  { progress, rows, params, optimizer, streams }: TrainingState,
): Uint8Array<ArrayBuffer> {
  const tensors = {
    ...prefixed("weights", params),
    ...Object.assign(
      {},
      ...Object.entries(optimizer.moments).map(([name, m]) => prefixed(name, m)),
    ),
    ...prefixed("stream", mapped(streams, streamMatrix)),
  };
  const metadata = {
    format: `${checkpointFormat}`,
    library: version,
    kernels: kernelsInUse(),
    experiment: JSON.stringify(experiment),
    steps: `${optimizer.steps}`,
    moments: Object.keys(optimizer.moments).join(" "),
    progress: exactJson(progress),
    rows: exactJson(rows),
  };
  return encodeCheckpoint(tensors, { ...metadata, sha256: hashOf(tensors, metadata) });
}

/**
 * Reads what {@link encodeTraining} wrote.
 *
 * @param due The experiment that it must be of; defaults to whichever it is of.
 * @throws {CheckpointError} If a byte of it is not what was written, it is of another format or
 * experiment, or was made with kernels that are not in use.
 */
export function decodeTraining(
  bytes: Uint8Array,
  due?: Experiment,
): { experiment: Experiment; state: TrainingState } {
  const { params: tensors, metadata } = read(bytes);
  const { sha256, ...others } = metadata;
  requireFormat(others);
  if (sha256 !== hashOf(tensors, others)) {
    throw new CheckpointError(
      "it is damaged, its hash is not that of its bytes: remove it to start anew",
    );
  }
  const experiment: unknown = JSON.parse(others.experiment);
  const difference = due && differenceOf(experiment, due, "experiment");
  if (difference !== undefined) {
    throw new CheckpointError(
      `it is of another experiment, ${difference}: go on with that one, or remove it to start anew`,
    );
  }
  requireExperiment(experiment);
  const { kernels } = others, inUse = kernelsInUse();
  if (kernels !== inUse) {
    throw new CheckpointError(
      `it was made with the kernels "${kernels}", and "${inUse}" give other bits: go on with those, ` +
        `or remove it to start anew`,
    );
  }
  const state = {
    progress: parseExactJson(others.progress) as Progress,
    rows: parseExactJson(others.rows) as EvaluationRow[],
    params: under("weights", tensors),
    optimizer: {
      steps: Number(others.steps),
      moments: Object.fromEntries(
        others.moments.split(" ").map((name) => [name, under(name, tensors)]),
      ),
    },
    streams: mapped(under("stream", tensors), streamState),
  };
  return { experiment, state };
}

function read(bytes: Uint8Array): ReturnType<typeof decodeCheckpoint> {
  try {
    return decodeCheckpoint(bytes);
  } catch (error) {
    const reason = (error as Error).message.replace(/^Cannot read the checkpoint as /, "");
    throw new CheckpointError(`it is damaged, ${reason}: remove it to start anew`, {
      cause: error,
    });
  }
}

/** A checkpoint of another format may hold anything else, so that nothing but its version is looked at. */
function requireFormat({ format, library }: Readonly<Record<string, string>>): void {
  if (format === `${checkpointFormat}`) return;
  if (!/^[1-9]\d*$/.test(format ?? "") || library === undefined) {
    throw new CheckpointError(
      "it is not one of a training, as it says no format: remove it to start anew",
    );
  }
  throw new CheckpointError(
    `it is of format ${format}, written by version ${
      JSON.stringify(library)
    } of the library, and ` +
      `version ${version} knows format ${checkpointFormat} alone: go on with the version that ` +
      `wrote it, or remove it to start anew`,
  );
}

/** SHA-256 over every name, shape, value and text. */
function hashOf(tensors: Params, metadata: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256").update(canonicalJson(metadata));
  for (const [name, { rows, cols, data }] of Object.entries(tensors)) {
    hash.update(JSON.stringify([name, rows, cols]));
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
}

/** Words of a {@link RandomStreamState}'s key. */
const WORDS = 624;

/** [1, 626] The key, pos, and the Gaussian that waits, NaN where none does. */
function streamMatrix({ key, pos, gauss = NaN }: RandomStreamState): Params[string] {
  return matrix(1, WORDS + 2, [...key, pos, gauss]);
}

function streamState(m: Params[string], name: string): RandomStreamState {
  const { data } = paramAt({ [name]: m }, name, 1, WORDS + 2);
  const [pos, gauss] = data.subarray(WORDS);
  const state = { key: Uint32Array.from(data.subarray(0, WORDS)), pos };
  return Number.isNaN(gauss) ? state : { ...state, gauss };
}

function prefixed(prefix: string, params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, m]) => [`${prefix}/${name}`, m]),
  );
}

/** The inverse of {@link prefixed}. */
function under(prefix: string, tensors: Params): Params {
  return Object.fromEntries(
    Object.entries(tensors).filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, m]) => [name.slice(prefix.length + 1), m]),
  );
}

function mapped<A, B>(
  record: Readonly<Record<string, A>>,
  of: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, v]) => [name, of(v, name)]));
}

/** Numbers that JSON has no text for. */
const unwritable = ["NaN", "Infinity", "-Infinity", "-0"];

/** JSON of values without text of their own, every number in it exact: those that JSON lacks are text. */
function exactJson(value: unknown): string {
  return JSON.stringify(value, (_, v) => {
    if (typeof v !== "number") return v;
    return Object.is(v, -0) ? "-0" : Number.isFinite(v) ? v : String(v);
  });
}

function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_, v) => unwritable.includes(v) ? Number(v) : v);
}
