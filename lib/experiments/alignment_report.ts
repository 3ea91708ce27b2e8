import {
  type Alignment,
  alignmentJson,
  ctmText,
  type Segment,
  segmentsOf,
  type Span,
  textGrid,
  textGridText,
  wordSpans,
} from "../alignment/mod.ts";
import { number, requireForm } from "../form/mod.ts";
import { requireReference } from "../corpora/mod.ts";
import { silenceRatio } from "../metrics/mod.ts";
import {
  alignmentErrors,
  type EvaluatedBatch,
  type TrainedModel,
  trueSpans,
  wordsOf,
} from "../training/mod.ts";
import type { TableRow } from "./table.ts";

/** The formats that alignments are written in. */
export const alignmentFormats = ["textgrid", "ctm", "json"] as const;

/** One of them. */
export type AlignmentFormat = typeof alignmentFormats[number];

/** One file of alignments, by the name that it should have. */
export interface AlignmentText {
  /** Its name, without a folder. */
  readonly file: string;
  /** All that is in it. */
  readonly text: string;
}

/**
 * The alignments of a batch as files: one CTM for all sequences, or one TextGrid or JSON for each.
 * A TextGrid has a tier for words, if the corpus has any, and one for labels, and below them where
 * both truly are. Sequences that could not be aligned are left out of CTM and TextGrid.
 *
 * @param options.frameSeconds Length of a frame.
 * @throws {RangeError} If the format is unknown, a frame is not longer than 0, or there is not one
 * alignment for each sequence.
 */
export function alignmentTexts(
  { data }: Pick<TrainedModel, "data">,
  { batch }: Pick<EvaluatedBatch, "batch">,
  alignments: readonly Alignment[],
  format: AlignmentFormat,
  options: { frameSeconds: number },
): AlignmentText[] {
  const { frameSeconds } = options;
  const formats = { is: "choice", of: alignmentFormats } as const;
  requireForm<AlignmentFormat>("Cannot write alignments", formats, format, "format");
  requireForm<number>(
    "Cannot write alignments",
    number({ above: 0 }),
    frameSeconds,
    "frameSeconds",
  );
  if (alignments.length !== batch.targets.length) {
    throw new RangeError(
      `Cannot write alignments as there must be one for each of ${batch.targets.length} ` +
        `sequences: there are ${alignments.length}`,
    );
  }
  const names = data.knows.includes("words") ? data.names : undefined;
  const text = (labels: readonly number[]) =>
    labels.map((label) => names?.[label] ?? String(label)).join("");
  const words = wordsOf(batch);
  const sequences = alignments.map((alignment, b) => {
    const frames = batch.x.offsets[b + 1] - batch.x.offsets[b];
    const timed = (spans: readonly Span[]): { words: Segment[]; labels: Segment[] } => ({
      words: segmentsOf(wordSpans(spans, words[b]), words[b].map(text), { frames, frameSeconds }),
      labels: segmentsOf(spans, spans.map(({ label }) => text([label])), { frames, frameSeconds }),
    });
    return { recording: recordingName(b, alignments.length), frames, alignment, timed, b };
  });
  if (format === "json") {
    return sequences.map(({ recording, frames, alignment }) => ({
      file: `${recording}.json`,
      text: alignmentJson(alignment, { frames, frameSeconds, names }),
    }));
  }
  const aligned = sequences.filter(({ alignment: { score } }) => score > -Infinity);
  if (format === "ctm") {
    const lines = aligned.flatMap(({ recording, alignment: { spans }, timed }) =>
      timed(spans).words.map((segment) => ({ recording, channel: "1", ...segment }))
    );
    return [{ file: "alignment.ctm", text: ctmText(lines) }];
  }
  return aligned.map(({ recording, frames, alignment: { spans }, timed, b }) => {
    const found = timed(spans), truth = timed(trueSpans(batch, b, data));
    const tiers: Record<string, Segment[]> = names === undefined
      ? { labels: found.labels, "true labels": truth.labels }
      : {
        words: found.words,
        labels: found.labels,
        "true words": truth.words,
        "true labels": truth.labels,
      };
    const { end } = segmentsOf([{ start: 0, end: frames }], [""], { frames, frameSeconds })[0];
    return { file: `${recording}.TextGrid`, text: textGridText(textGrid(tiers, end)) };
  });
}

/** sequence-01, …, so that names sort as numbers do. */
function recordingName(b: number, count: number): string {
  return `sequence-${String(b + 1).padStart(String(count).length, "0")}`;
}

/**
 * How far the alignments of a batch are from the truth, as a table of one column of milliseconds
 * and one of frames.
 *
 * @param options.frameSeconds Length of a frame.
 * @throws {RangeError} If it is not above 0, or there is not one alignment for each sequence.
 */
export function alignmentTable(
  { batch }: Pick<EvaluatedBatch, "batch">,
  alignments: readonly Alignment[],
  options: { frameSeconds: number },
): TableRow[] {
  const { frameSeconds } = options;
  requireForm<number>("Cannot report times", number({ above: 0 }), frameSeconds, "frameSeconds");
  const errors = alignmentErrors([{ batch, alignments }]);
  const { tse, tseCenter, onset, offset, onsetBias, offsetBias, unaligned } = errors;
  const time = (what: string, frames: number | undefined): TableRow => ({
    measure: what,
    ms: frames === undefined ? "–" : (1000 * frameSeconds * frames).toFixed(1),
    frames: frames === undefined ? "–" : frames.toFixed(2),
  });
  const share = (value: number | undefined) =>
    value === undefined ? "–" : `${(100 * value).toFixed(1)} %`;
  const count = (what: string, value: string): TableRow => ({
    measure: what,
    ms: "",
    frames: value,
  });
  return [
    time("TSE, left and right boundaries", tse),
    time("TSE, centres", tseCenter),
    time("onsets, mean distance", onset),
    time("onsets, mean of found - true", onsetBias),
    time("offsets, mean distance", offset),
    time("offsets, mean of found - true", offsetBias),
    count("silence found", share(errors.silenceRatio)),
    count(
      "silence in truth",
      share(silenceRatio(requireReference("Cannot report times", batch).alignment)),
    ),
    count("sequences aligned", `${alignments.length - unaligned} of ${alignments.length}`),
  ];
}
