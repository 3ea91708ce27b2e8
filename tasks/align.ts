/**
 * Aligns held-out sequences of a model's corpus with their labels, and says how far that is from the
 * truth.
 *
 * @module
 */
import {
  alignmentFormats,
  alignmentMethods,
  alignmentTable,
  alignmentTexts,
  forcedAlignments,
  gradientAlignments,
  heldOutBatch,
  markdownTable,
  readModel,
} from "lib/experiments/mod.ts";
import { writeWhole } from "lib/write_whole.ts";
import {
  choice,
  integer,
  largestScore,
  mostSequences,
  number,
  parseOptions,
  seedRange,
  text,
  UsageError,
} from "./args.ts";
import { readBrought } from "./brought.ts";
import { print } from "./print.ts";
import { reasonOf, runTask } from "./run_task.ts";

const options = parseOptions(
  "align",
  "Aligns held-out sequences of a model's corpus, and compares with where words and labels truly are.",
  {
    model: text({ placeholder: "FILE", help: "the model, as `deno task train --save` writes it" }),
    format: choice(alignmentFormats, {
      default: "ctm" as const,
      help: "how to write the alignment",
    }),
    method: choice(alignmentMethods, { default: "viterbi" as const, help: "how to align" }),
    blankShift: number({
      min: -largestScore,
      max: largestScore,
      help: "of viterbi: added to every blank's log-probability",
      unit: "nats",
    }),
    priorScale: number({
      min: 0,
      max: largestScore,
      help: "of viterbi: power of the prior that is divided by",
    }),
    sequences: integer({ default: 16, min: 1, max: mostSequences, help: "how many to align" }),
    seed: integer({ ...seedRange, help: "seed to draw them with; defaults to the model's own" }),
    frameLength: number({
      default: 10,
      min: 0.001,
      max: 60_000,
      unit: "ms",
      help: "what a frame stands for",
    }),
    output: text({
      placeholder: "FOLDER",
      help:
        "write files there, and errors to stdout; otherwise alignments to stdout, errors to stderr",
    }),
  },
);

await runTask("align", async () => {
  const { model, format, method, blankShift, priorScale, sequences, seed, output } = options;
  if (model === undefined) {
    throw new UsageError("--model is missing: expected a file of `deno task train --save`");
  }
  if (method !== "viterbi" && (blankShift !== undefined || priorScale !== undefined)) {
    throw new UsageError(
      `--blank-shift and --prior-scale are of viterbi, and the method is ${method}`,
    );
  }
  const trained = readBrought("model", model, "a file of `deno task train --save`", readModel);
  if (output !== undefined) requireFolder(output);

  const batch = heldOutBatch(trained, sequences, { seed });
  const alignments = method === "viterbi"
    ? forcedAlignments(batch, { blankShift, priorScale })
    : gradientAlignments(trained, batch, method);
  const frameSeconds = options.frameLength / 1000;
  const texts = alignmentTexts(trained, batch, alignments, format, { frameSeconds });
  const summary = markdownTable(alignmentTable(batch, alignments, { frameSeconds }));
  if (output === undefined) {
    print(onStdout(texts, format).trimEnd());
    console.error(summary);
  } else {
    for (const { file, text } of texts) await writeWhole(`${output}/${file}`, text);
    print(`${summary}\n\nalign: wrote ${texts.length} files to ${output}`);
  }
});

function requireFolder(folder: string): void {
  try {
    Deno.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `--output cannot be ${JSON.stringify(folder)}: expected a folder to write in ` +
        `(${reasonOf(error)})`,
    );
  }
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
