import { requireSpans } from "./spans.ts";
import type { Alignment, ScoredSpan } from "./viterbi.ts";

/** An alignment with what it takes to read it: frames, their length, and names of labels. */
export interface AlignmentFile {
  /** T of the sequence. */
  readonly frames: number;
  /** Length of a frame, seconds. */
  readonly frameSeconds: number;
  /** nats; -Infinity if the target has no path, where there are no spans. */
  readonly score: number;
  readonly spans: readonly (ScoredSpan & { readonly text?: string })[];
}

/**
 * An alignment as JSON: frames, frameSeconds, score and spans, one span per line. A score of
 * -Infinity is `null`.
 *
 * @param options.frames T of the sequence.
 * @param options.frameSeconds Length of a frame, seconds.
 * @param options.names What to call every label, by its number; defaults to no texts.
 * @throws {RangeError} If a span is empty, overlaps another, leaves the frames or has no finite
 * score, or the length of a frame is not above 0.
 *
 * @example
 * ```ts
 * import { alignmentJson, ctcTopology, readAlignmentJson, viterbi } from "lib/alignment/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const alignment = viterbi(matrix(2, 2), ctcTopology([1]));
 * const text = alignmentJson(alignment, { frames: 2, frameSeconds: 0.01, names: ["ε", "a"] });
 * assertEquals(readAlignmentJson(text).spans[0].text, "a");
 * ```
 */
export function alignmentJson(
  alignment: Pick<Alignment, "score" | "spans">,
  options: { frames: number; frameSeconds: number; names?: readonly string[] },
): string {
  const { frames, frameSeconds, names } = options;
  const spans = alignment.spans.map(({ index, label, start, end, score }) => {
    const text = names?.[label];
    return text === undefined ? { index, label, start, end, score } : {
      index,
      label,
      text,
      start,
      end,
      score,
    };
  });
  const { score } = alignment;
  requireFile({ frames, frameSeconds, score, spans });
  const head = JSON.stringify({ frames, frameSeconds, score }).slice(1, -1);
  const lines = spans.map((span) => `\n  ${JSON.stringify(span)}`).join(",");
  return `{${head},"spans":[${lines}${spans.length > 0 ? "\n" : ""}]}\n`;
}

/**
 * Reads what {@link alignmentJson} wrote.
 *
 * @throws {SyntaxError} If it is not JSON of that shape, or spans overlap or leave the frames.
 */
export function readAlignmentJson(text: string): AlignmentFile {
  try {
    const { frames, frameSeconds, score, spans } = JSON.parse(text);
    const file = { frames, frameSeconds, score: score === null ? -Infinity : score, spans };
    requireFile(file);
    return file;
  } catch (error) {
    throw new SyntaxError(`Cannot read the alignment: ${(error as Error).message}`);
  }
}

function requireFile({ frames, frameSeconds, score, spans }: AlignmentFile): void {
  if (!(Number.isInteger(frames) && frames >= 1 && frameSeconds > 0 && frameSeconds < Infinity)) {
    throw new RangeError(
      `An alignment must have at least 1 frame of a length above 0: it has ${frames} frames of ` +
        `${frameSeconds} seconds`,
    );
  }
  if (!(typeof score === "number" && score < Infinity)) {
    throw new RangeError(`An alignment must have a score below Infinity: it has ${score}`);
  }
  if (!Array.isArray(spans)) throw new RangeError("An alignment must have a list of spans");
  requireSpans(spans, frames);
  spans.forEach((span, n) => {
    for (const name of ["index", "label", "score"] as const) {
      if (!Number.isFinite(span[name])) {
        throw new RangeError(
          `A span must have a finite ${name}: that of span ${n} is ${span[name]}`,
        );
      }
    }
  });
}
