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
  /** In order of time, in frames. */
  readonly spans: readonly NamedSpan[];
}

/** A span with the name of its label. */
export type NamedSpan = ScoredSpan & { readonly text?: string };

/**
 * An alignment as JSON: frames, frameSeconds, score and spans, one span per line. A score of
 * -Infinity is `null`.
 *
 * @param options.frames T of the sequence.
 * @param options.frameSeconds Length of a frame, seconds.
 * @param options.names What to call every label, by its number; defaults to no texts.
 * @throws {RangeError} If a span is empty, overlaps another, leaves the frames, has no finite score
 * or no name, or the length of a frame is not above 0.
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
  const spans = alignment.spans.map(({ index, label, start, end, score }, n) => {
    if (names === undefined) return { index, label, start, end, score };
    const text = names[label];
    if (text === undefined) {
      throw new RangeError(
        `Every label of an alignment must have a name: label ${label} of span ${n} has none ` +
          `among ${names.length}`,
      );
    }
    return { index, label, text, start, end, score };
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
    const value = JSON.parse(text.replace(/^\ufeff/, ""));
    if (!isRecord(value)) throw new RangeError("It must be an object");
    const { frames, frameSeconds, score } = value as unknown as AlignmentFile;
    if (!Array.isArray(value.spans)) throw new RangeError("An alignment must have a list of spans");
    if (!(score === null || Number.isFinite(score))) {
      throw new RangeError(`An alignment must have a score, or null: it has ${score}`);
    }
    const spans = value.spans.map((span: unknown, n: number) => {
      if (!isRecord(span)) throw new RangeError(`A span must be an object: span ${n} is ${span}`);
      const { index, label, text, start, end, score } = span as unknown as NamedSpan;
      return { index, label, ...(text === undefined ? {} : { text }), start, end, score };
    });
    const file = { frames, frameSeconds, score: score ?? -Infinity, spans };
    requireFile(file);
    return file;
  } catch (error) {
    throw new SyntaxError(`Cannot read the alignment: ${(error as Error).message}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requireFile({ frames, frameSeconds, score, spans }: AlignmentFile): void {
  const timed = typeof frameSeconds === "number" && frameSeconds > 0 && frameSeconds < Infinity;
  if (!(Number.isSafeInteger(frames) && frames >= 1 && timed)) {
    throw new RangeError(
      `An alignment must have at least 1 frame of a length above 0: it has ${frames} frames of ` +
        `${frameSeconds} seconds`,
    );
  }
  if (!(typeof score === "number" && score < Infinity)) {
    throw new RangeError(`An alignment must have a score below Infinity: it has ${score}`);
  }
  if (score === -Infinity && spans.length > 0) {
    throw new RangeError(
      `An alignment whose score is -Infinity must have no spans: it has ${spans.length}`,
    );
  }
  requireSpans(spans, frames);
  spans.forEach((span, n) => {
    for (const name of ["index", "label"] as const) {
      if (!(Number.isSafeInteger(span[name]) && span[name] >= 0)) {
        throw new RangeError(
          `A span must have a whole ${name} >= 0: that of span ${n} is ${span[name]}`,
        );
      }
    }
    if (!Number.isFinite(span.score)) {
      throw new RangeError(`A span must have a finite score: that of span ${n} is ${span.score}`);
    }
    if (span.text !== undefined && typeof span.text !== "string") {
      throw new RangeError(
        `A span's text must be a string: that of span ${n} is ${JSON.stringify(span.text)}`,
      );
    }
  });
}
