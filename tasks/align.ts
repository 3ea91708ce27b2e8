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
  type TrainedModel,
} from "lib/experiments/mod.ts";
import { writeWhole } from "lib/write_whole.ts";
import { choice, integer, number, parseOptions, seedRange, text } from "./args.ts";
import { writing } from "./writing.ts";

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
      help: "of viterbi: added to every blank's log-probability",
      unit: "nats",
    }),
    priorScale: number({ min: 0, help: "of viterbi: power of the prior that is divided by" }),
    sequences: integer({ default: 16, min: 1, help: "how many to align" }),
    seed: integer({ ...seedRange, help: "seed to draw them with; defaults to the model's own" }),
    frameLength: number({ default: 10, above: 0, unit: "ms", help: "what a frame stands for" }),
    output: text({
      placeholder: "FOLDER",
      help:
        "write files there, and errors to stdout; otherwise alignments to stdout, errors to stderr",
    }),
  },
);
const { model: file, format, method, blankShift, priorScale, sequences, seed, output } = options;
if (file === undefined) refuse("--model is missing: expected a file of `deno task train --save`");
if (method !== "viterbi" && (blankShift !== undefined || priorScale !== undefined)) {
  refuse(`--blank-shift and --prior-scale are of viterbi, and the method is ${method}`);
}
if (output !== undefined) requireFolder(output);

const trained = read(file);
const batch = heldOutBatch(trained, sequences, { seed });
const alignments = method === "viterbi"
  ? forcedAlignments(batch, { blankShift, priorScale })
  : gradientAlignments(trained, batch, method);
const { frameLength } = options;
const texts = alignmentTexts(trained, batch, alignments, format, {
  frameSeconds: frameLength / 1000,
});
const summary = markdownTable(alignmentTable(batch, alignments, { frameLength }));
if (output === undefined) {
  await print(onStdout(texts));
  console.error(summary);
} else {
  await writing("align", async () => {
    for (const { file, text } of texts) await writeWhole(`${output}/${file}`, text);
  });
  console.log(`${summary}\n\nalign: wrote ${texts.length} files to ${output}`);
}

function read(file: string): TrainedModel {
  try {
    return readModel(Deno.readFileSync(file));
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    return refuse(
      `--model cannot be ${JSON.stringify(file)}: expected a file of ` +
        `\`deno task train --save\` (${reason})`,
    );
  }
}

function requireFolder(folder: string): void {
  try {
    Deno.mkdirSync(folder, { recursive: true });
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    refuse(
      `--output cannot be ${JSON.stringify(folder)}: expected a folder to write in (${reason})`,
    );
  }
}

/** All files as one text: JSON as one list, TextGrids each below a comment with its name. */
function onStdout(texts: readonly { file: string; text: string }[]): string {
  switch (format) {
    case "json":
      return `[\n${texts.map(({ text }) => text.trimEnd()).join(",\n")}\n]\n`;
    case "textgrid":
      return texts.map(({ file, text }) => `! ${file}\n${text.trimEnd()}\n`).join("\n");
    case "ctm":
      return texts.map(({ text }) => text).join("");
  }
}

async function print(text: string): Promise<void> {
  const stdout = Deno.stdout.writable.getWriter();
  await stdout.write(new TextEncoder().encode(text));
  stdout.releaseLock();
}

/** Ends with a person's mistake. */
function refuse(message: string): never {
  console.error(`align: ${message} (--help shows all flags)`);
  Deno.exit(2);
}
