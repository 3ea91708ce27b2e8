/**
 * Aligns recordings with their texts; or held-out sequences of a model's corpus with their labels, and
 * says how far that is from the truth.
 *
 * @module
 */
import {
  alignmentFormats,
  type AlignmentMethod,
  alignmentMethods,
  alignmentTable,
  alignmentTexts,
  attentionAlignments,
  forcedAlignments,
  gradientAlignments,
  heldOutBatch,
  heldOutSequences,
  listens,
  markdownTable,
  pathAlignments,
  readModel,
  requireFrames,
  systemOf,
  type TrainedModel,
} from "lib/experiments/mod.ts";
import type { Alignment } from "lib/alignment/mod.ts";
import type { LabelledBatch } from "lib/corpora/mod.ts";
import { writeWhole } from "lib/write_whole.ts";
import {
  choice,
  flag,
  integer,
  largestScore,
  mostSequences,
  number,
  parseOptions,
  seedRange,
  text,
  UsageError,
} from "./args.ts";
import { alignRecordings } from "./align_recordings.ts";
import { readBrought } from "./brought.ts";
import { print } from "./print.ts";
import { runTask } from "./run_task.ts";
import { requireOutput } from "./writable.ts";

const options = parseOptions(
  "align",
  "Aligns a recording with its text, where --audio names one; else held-out sequences of a model's " +
    "corpus.\nExit code 3: the text is not what the recording says, as told on stderr.",
  {
    audio: text({ placeholder: "FILE", help: "a recording, .wav or .sph, or a folder of them" }),
    text: text({ help: "what it says; defaults to the .txt beside it" }),
    textFile: text({ placeholder: "FILE", help: "what it says, as a file" }),
    channel: integer({ min: 1, max: 65_535, help: "which channel is heard (default: the mean)" }),
    plot: text({ placeholder: "FILE", help: "draw the recording, words and phones as a PNG" }),
    overwrite: flag({ help: "replace alignments of recordings that are there" }),
    model: text({
      placeholder: "FILE",
      help: "the model, as `deno task train --save` writes it; of recordings one comes along",
    }),
    format: choice(alignmentFormats, {
      help: "how to write the alignment (default textgrid of recordings, else ctm)",
    }),
    method: choice(alignmentMethods, {
      help: "how to align held-out sequences (default viterbi, of attention without CTC attention)",
    }),
    blankShift: number({
      min: -largestScore,
      max: largestScore,
      help: "of viterbi: added to every blank's log-probability (default -4 of recordings, else 0)",
      unit: "nats",
    }),
    priorScale: number({
      min: 0,
      max: largestScore,
      help: "of viterbi: power of the prior divided by (default 0.5 of recordings, else 0)",
    }),
    sequences: integer({
      min: 1,
      max: mostSequences,
      help: "how many held-out sequences to align (default 16)",
    }),
    seed: integer({ ...seedRange, help: "seed to draw them with; defaults to the model's own" }),
    frameLength: number({
      min: 0.001,
      max: 60_000,
      unit: "ms",
      help: "what a frame of theirs stands for (default 10)",
    }),
    output: text({
      placeholder: "FOLDER",
      help:
        "write files there, and errors to stdout; otherwise alignments to stdout, errors to stderr",
    }),
  },
);

/** Flags of recordings alone, and of held-out sequences alone. */
const ofRecordings = ["text", "textFile", "channel", "plot", "overwrite"] as const;
const ofSequences = ["method", "sequences", "seed", "frameLength"] as const;
/** The most sequences that are named one by one. */
const mostNamed = 12;

await runTask("align", async () => {
  const { audio } = options;
  const foreign = (audio === undefined ? ofRecordings : ofSequences).find((key) => options[key]);
  if (foreign !== undefined) {
    const name = foreign.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(
      audio === undefined
        ? `--${name} is of recordings: expected --audio FILE as well`
        : `--${name} is of held-out sequences: it has no meaning for --audio`,
    );
  }
  if (audio === undefined) return await alignHeldOut();
  const { format = "textgrid", ...asked } = options;
  return await alignRecordings({ ...asked, audio, format });
});

/** Aligns held-out sequences of a model's corpus. */
async function alignHeldOut(): Promise<void> {
  const { model, format = "ctm", blankShift, priorScale, output } = options;
  const { sequences = 16, seed, frameLength = 10 } = options;
  if (model === undefined) {
    throw new UsageError("--model is missing: expected a file of `deno task train --save`");
  }
  const shifts = blankShift !== undefined || priorScale !== undefined;
  const refuseShifts = (found: string): never => {
    throw new UsageError(`--blank-shift and --prior-scale are of viterbi, and ${found}`);
  };
  if (shifts && (options.method ?? "viterbi") !== "viterbi") {
    refuseShifts(`the method is ${options.method}`);
  }
  const trained = readBrought("model", model, "a file of `deno task train --save`", readModel);
  const methods = methodsOf(trained), { method = methods[0] } = options;
  if (!methods.includes(method)) {
    const system = systemOf(trained.experiment.criterion);
    throw new UsageError(
      `--method cannot be "${method}" where the model's system is ${system}: ` +
        `expected one of ${methods.join(", ")}`,
    );
  }
  const framewise = "posterior" in trained.system;
  if (shifts && !framewise) refuseShifts("of CTC: the model is of another system");
  if (output !== undefined) await requireOutput(output);

  requireFrames(trained);
  const batch = heldOutSequences(trained, sequences, { seed });
  const alignments = method === "attention"
    ? attentionAlignments(trained, batch)
    : method !== "viterbi"
    ? gradientAlignments(trained, { batch }, method)
    : framewise
    ? forcedAlignments(heldOutBatch(trained, sequences, { seed }), { blankShift, priorScale })
    : pathAlignments(trained, batch);
  const frameSeconds = frameLength / 1000;
  for (const line of unaligned(batch, alignments)) console.error(`align: ${line}`);
  const texts = alignmentTexts(trained, { batch }, alignments, format, { frameSeconds });
  const summary = markdownTable(alignmentTable({ batch }, alignments, { frameSeconds }));
  if (output === undefined) {
    print(onStdout(texts, format).trimEnd());
    console.error(summary);
  } else {
    for (const { file, text } of texts) await writeWhole(`${output}/${file}`, text);
    print(`${summary}\n\nalign: wrote ${texts.length} files to ${output}`);
  }
}

/** Sequences whose target has no path, one line each. */
function unaligned(
  { x: { offsets }, targets }: LabelledBatch,
  alignments: readonly Alignment[],
): string[] {
  const lines = alignments.flatMap(({ score }, b) =>
    score > -Infinity ? [] : [
      `sequence ${b + 1} of ${alignments.length} is not aligned: its ${targets[b].length} labels ` +
      `do not fit into its ${offsets[b + 1] - offsets[b]} frames`,
    ]
  );
  if (lines.length <= mostNamed) return lines;
  return [...lines.slice(0, mostNamed), `${lines.length - mostNamed} more are not aligned`];
}

/** The ways to align that a model has, the usual first. */
function methodsOf({ system, experiment: { criterion } }: TrainedModel): AlignmentMethod[] {
  const has = {
    viterbi: "posterior" in system || "align" in system,
    attention: listens(criterion),
    "grad-score": "labelGradients" in system,
    "grad-score-ext": "labelGradients" in system,
  };
  return alignmentMethods.filter((method) => has[method]);
}

/** All files as one text: JSON as one list, TextGrids each below a comment with its name. */
function onStdout(
  texts: readonly { file: string; text: string }[],
  format: (typeof alignmentFormats)[number],
): string {
  switch (format) {
    case "json":
      return `[\n${texts.map(({ text }) => text.trimEnd()).join(",\n")}\n]\n`;
    case "textgrid":
      return texts.map(({ file, text }) => `! ${file}\n${text.trimEnd()}\n`).join("\n");
    case "ctm":
      return texts.map(({ text }) => text).join("");
  }
}
