import type { ReadableStore } from "../../experiments/mod.ts";
import { labelErrorRate } from "../../metrics/mod.ts";
import type { AttentionSystem } from "../../systems/mod.ts";
import type { TrainedModel } from "../../training/mod.ts";
import { modelsOf, sequencesOf, trainedLengths } from "../fixed_vector/mod.ts";
import { latencyOf } from "./latency.ts";
import { type Listening, listeningOf } from "./listening.ts";

/** How much longer than the longest of training, and the phones that makes. */
export const factors: readonly number[] = [1, 2, 4, 8];
export const lengths: readonly number[] = factors.map((factor) => factor * trainedLengths[1]);

/** What is compared. */
export const readers = ["additive", "location", "ctc", "transducer"] as const;

/** Those that attend. */
export const attending = ["additive", "location"] as const;

/** Held-out sequences of each length. */
const SEQUENCES = 12;

/** Figures by length and seed. */
export interface Results {
  /** [lengths][seeds] label error rate of greedy decoding */
  readonly errors: Readonly<Record<typeof readers[number], readonly (readonly number[])[]>>;
  /** [lengths][seeds] */
  readonly listening: Readonly<Record<typeof attending[number], readonly (readonly Listening[])[]>>;
  /** [lengths][seeds] frames from the end of a phone until its label is known, see `latencyOf()` */
  readonly latency: Readonly<Record<typeof readers[number], readonly (readonly number[])[]>>;
}

/**
 * Reads models of notebook 24 from the store of `results/`, and tests them on longer sequences.
 *
 * @throws {MissingRunError} If weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const all = Object.fromEntries(
    await Promise.all(readers.map(async (reader) => [reader, await modelsOf(store, reader)])),
  ) as Record<typeof readers[number], TrainedModel[]>;
  const tested = Object.fromEntries(
    readers.map((reader) => [
      reader,
      lengths.map((n) => all[reader].map((model) => testOf(reader, model, n))),
    ]),
  ) as Record<typeof readers[number], ReturnType<typeof testOf>[][]>;
  const pick = <Key extends "error" | "listening" | "latency">(
    names: readonly (typeof readers[number])[],
    key: Key,
  ) =>
    Object.fromEntries(
      names.map((reader) => [
        reader,
        tested[reader].map((tests) => tests.map((test) => test[key])),
      ]),
    );
  return {
    errors: pick(readers, "error"),
    listening: pick(attending, "listening"),
    latency: pick(readers, "latency"),
  } as unknown as Results;
}

function testOf(reader: typeof readers[number], model: TrainedModel, n: number) {
  const batch = sequencesOf(model, n, SEQUENCES), { x, targets, alignment } = batch;
  const { system, params } = model;
  const labels = system.decode(params, x).sequences.map((sequence) => sequence.labels);
  return {
    error: labelErrorRate(labels, targets),
    latency: latencyOf(reader, model, batch),
    listening: (attending as readonly string[]).includes(reader)
      ? listeningOf(
        (system as AttentionSystem).attentionWeights(params, x, labels).map((weights, b) => ({
          weights,
          alignment: alignment!.slice(x.offsets[b], x.offsets[b + 1]),
        })),
      )
      : undefined,
  };
}
