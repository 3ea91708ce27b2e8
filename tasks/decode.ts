/**
 * Decodes held-out sequences of a model's corpus, and says when each decoded label was spoken.
 *
 * @module
 */
import { type NgramModel, readArpa } from "lib/decoding/mod.ts";
import {
  type DecodedSequence,
  decodeSequences,
  heldOutSequences,
  readModel,
  systemOf,
  type TrainedModel,
} from "lib/experiments/mod.ts";
import {
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
import { readBrought, textOf } from "./brought.ts";
import { print } from "./print.ts";
import { runTask } from "./run_task.ts";

const options = parseOptions(
  "decode",
  "Decodes held-out sequences of a model's corpus: error rate, labels, and their times in frames.",
  {
    model: text({ placeholder: "FILE", help: "the model, as `deno task train --save` writes it" }),
    beam: integer({
      min: 1,
      max: 10_000,
      help: "prefixes that the beam search keeps; greedy without it",
    }),
    lm: text({ placeholder: "FILE", help: "n-gram model over the labels, as an ARPA file" }),
    lmWeight: number({
      min: -largestScore,
      max: largestScore,
      help: "weight of the language model (default 0.5)",
    }),
    insertionBonus: number({
      min: -largestScore,
      max: largestScore,
      help: "bonus for every label (default 0)",
      unit: "nats",
    }),
    sequences: integer({ default: 16, min: 1, max: mostSequences, help: "how many to decode" }),
    seed: integer({ ...seedRange, help: "seed to draw them with; defaults to the model's own" }),
    json: flag({ help: "print one JSON object" }),
  },
);

await runTask("decode", () => {
  const { model, beam, lm: arpa, lmWeight, insertionBonus, sequences, seed, json } = options;
  if (model === undefined) {
    throw new UsageError("--model is missing: expected a file of `deno task train --save`");
  }
  if (beam === undefined) {
    const [given] =
      Object.entries({ lm: arpa, "lm-weight": lmWeight, "insertion-bonus": insertionBonus })
        .find(([, value]) => value !== undefined) ?? [];
    if (given !== undefined) {
      throw new UsageError(`--${given} is of the beam search: expected --beam N as well`);
    }
  }
  if (lmWeight !== undefined && arpa === undefined) {
    throw new UsageError("--lm-weight needs a language model: expected --lm FILE.arpa as well");
  }

  const trained = readTrained(model);
  const nameOf = namesOf(trained);
  const lm = arpa === undefined ? undefined : readLanguageModel(arpa, trained);
  const batch = heldOutSequences(trained, sequences, { seed });
  const decoded = decodeSequences(trained, batch, {
    beamWidth: beam,
    lm,
    lmWeight: lmWeight ?? 0.5,
    insertionBonus,
  });
  const errors = decoded.reduce((sum, sequence) => sum + sequence.errors, 0);
  const labels = decoded.reduce((sum, { target }) => sum + target.length, 0);
  if (json) {
    print(JSON.stringify({
      per: errors / labels,
      errors,
      labels,
      sequences: decoded.map(({ target, labels, errors, spans }) => ({
        target: target.map(nameOf),
        decoded: labels.map(nameOf),
        errors,
        spans: spans.map(({ label, start, end }) => ({ label: nameOf(label), start, end })),
      })),
    }));
  } else {
    const system = systemOf(trained.experiment.criterion);
    const how = beam === undefined ? "greedy" : `beam of ${beam}${lm ? ", language model" : ""}`;
    const by = [...system === "ctc" ? [] : [system], how].join(", ");
    print(`PER ${(errors / labels).toFixed(3)}: ${errors} errors in ${labels} labels (${by})`);
    decoded.forEach((sequence, n) => print(`\n${lines(sequence, n, nameOf)}`));
  }
});

/** What a label is called: its name in the corpus, or its number. */
function namesOf({ data }: TrainedModel): (label: number) => string {
  return (label) => data.names[label];
}

/** Target, decoding and times of a sequence, label below label. */
function lines(
  { target, labels, errors, spans }: DecodedSequence,
  n: number,
  nameOf: (label: number) => string,
): string {
  const times = spans.map(({ start, end }) => end - start > 1 ? `${start}–${end - 1}` : `${start}`);
  const found = labels.map(nameOf);
  const widths = found.map((name, i) => Math.max(name.length, times[i]?.length ?? 0));
  const row = (texts: readonly string[]) =>
    texts.map((text, i) => text.padEnd(widths[i])).join(" ");
  return [
    `${String(n + 1).padStart(4)}  target   ${target.map(nameOf).join(" ")}`,
    `      decoded  ${row(found)}  (${errors} ${errors === 1 ? "error" : "errors"})`,
    ...(times.length === labels.length ? [`      frames   ${row(times)}`] : []),
  ].map((line) => line.trimEnd()).join("\n");
}

function readTrained(file: string): TrainedModel {
  const trained = readBrought("model", file, "a file of `deno task train --save`", readModel);
  const { criterion } = trained.experiment;
  if (criterion.kind !== "full-sum" || criterion.topology !== "hmm") return trained;
  throw new UsageError(
    `--model cannot be ${JSON.stringify(file)}: expected a model with blanks between labels, ` +
      `and this one was trained with the HMM topology`,
  );
}

function readLanguageModel(file: string, trained: TrainedModel): NgramModel {
  const words = Array.from({ length: trained.data.labels }, (_, label) => label)
    .map(namesOf(trained));
  const expected = `an ARPA file with the words ${words.slice(1).join(" ")}`;
  return readBrought("lm", file, expected, (bytes) => readArpa(textOf(bytes), { words }));
}
