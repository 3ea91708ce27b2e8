import { runSpans, type Span } from "../../alignment/mod.ts";
import { bestPath } from "../../decoding/mod.ts";
import type { LabelledBatch } from "../../corpora/mod.ts";
import { mean, sequenceAt, sequences } from "../../numeric/mod.ts";
import { requireAble, type TransducerSystem } from "../../systems/mod.ts";
import type { TrainedModel } from "../../training/mod.ts";
import type { Reader } from "../fixed_vector/mod.ts";

/**
 * How many frames after the end of its phone a label is known, mean over labels.
 *
 * CTC and the transducer, whose encoder reads forwards, know a label at the frame that they give it
 * at; only sequences that they recognise without an error count, and NaN stands for none. Attention
 * weighs all frames, so that it knows no label before the last of them.
 */
export function latencyOf(
  reader: Reader,
  { system, params }: TrainedModel,
  { x, targets, alignment }: LabelledBatch,
): number {
  const waits = targets.flatMap((target, b) => {
    const sequence = sequenceAt(x, b), T = sequence.rows;
    const phones: Span[] = runSpans(alignment!.subarray(x.offsets[b], x.offsets[b + 1]));
    if (reader !== "ctc" && reader !== "transducer") return phones.map(({ end }) => T - end);
    const given = reader === "transducer"
      ? (system as TransducerSystem).stream(params).push(sequence)
      : spikes(bestPath(
        requireAble("Cannot tell the latency", system, "posterior")
          .posterior(params, sequences([sequence])).frames,
      ));
    const exact = given.map(({ label }) => label).join() === target.join();
    return exact ? given.map(({ frame }, n) => frame + 1 - phones[n].end) : [];
  });
  return waits.length === 0 ? NaN : mean(waits);
}

/** The first frame of every label on a path of CTC. */
function spikes(path: ArrayLike<number>): { label: number; frame: number }[] {
  return Array.from(path, (label, frame) => ({ label, frame }))
    .filter(({ label, frame }) => label !== 0 && (frame === 0 || path[frame - 1] !== label));
}
