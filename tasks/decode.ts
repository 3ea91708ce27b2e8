/**
 * Decodes held-out sequences of a model's corpus, and says when each decoded label was spoken.
 *
 * @module
 */
import { type LanguageModel, lexiconModel, readArpa, readLexicon } from "lib/decoding/mod.ts";
import {
  type DecodedSequence,
  decodeSequences,
  heldOutSequences,
  readModel,
  systemOf,
  type TrainedModel,
} from "lib/experiments/mod.ts";
import { wordErrorRate } from "lib/metrics/mod.ts";
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
    lm: text({
      placeholder: "FILE",
      help: "n-gram model over the labels, or over the words of a lexicon, as an ARPA file",
    }),
    lexicon: text({
      placeholder: "FILE",
      help:
        "words that alone may be decoded, one a line, each with the names of its labels, or alone " +
        "where these are its characters; without --lm all are as likely",
    }),
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
    wordBonus: number({
      min: -largestScore,
      max: largestScore,
      help: "bonus for every word of a lexicon (default 0)",
      unit: "nats",
    }),
    sequences: integer({ default: 16, min: 1, max: mostSequences, help: "how many to decode" }),
    seed: integer({ ...seedRange, help: "seed to draw them with; defaults to the model's own" }),
    json: flag({ help: "print one JSON object" }),
  },
);

await runTask("decode", () => {
  const { model, beam, lm: arpa, lexicon, lmWeight, insertionBonus, wordBonus } = options;
  const { sequences, seed, json } = options;
  if (model === undefined) {
    throw new UsageError("--model is missing: expected a file of `deno task train --save`");
  }
  if (beam === undefined) {
    const ofBeam = { lm: arpa, lexicon, "lm-weight": lmWeight, "insertion-bonus": insertionBonus };
    const [given] = Object.entries(ofBeam).find(([, value]) => value !== undefined) ?? [];
    if (given !== undefined) {
      throw new UsageError(`--${given} is of the beam search: expected --beam N as well`);
    }
  }
  if (lmWeight !== undefined && arpa === undefined) {
    throw new UsageError("--lm-weight needs a language model: expected --lm FILE.arpa as well");
  }
  if (wordBonus !== undefined && lexicon === undefined) {
    throw new UsageError("--word-bonus is of words: expected --lexicon FILE as well");
  }

  const trained = readTrained(model);
  const nameOf = namesOf(trained);
  const search = lexicon !== undefined
    ? { lm: readWords(trained, lexicon, arpa) }
    : arpa !== undefined
    ? { lm: readLanguageModel(arpa, trained.data.names), lmWeight: lmWeight ?? 0.5 }
    : {};
  const batch = heldOutSequences(trained, sequences, { seed });
  const decoded = decodeSequences(trained, batch, { beamWidth: beam, ...search, insertionBonus });
  const words = lexicon === undefined ? undefined : wordErrors(decoded, nameOf);
  const errors = decoded.reduce((sum, sequence) => sum + sequence.errors, 0);
  const labels = decoded.reduce((sum, { target }) => sum + target.length, 0);
  if (json) {
    print(JSON.stringify({
      per: errors / labels,
      errors,
      labels,
      ...words && { wer: words.rate },
      sequences: decoded.map(({ target, labels, errors, spans }) => ({
        target: target.map(nameOf),
        decoded: labels.map(nameOf),
        errors,
        spans: spans.map(({ label, start, end }) => ({ label: nameOf(label), start, end })),
      })),
    }));
  } else {
    const system = systemOf(trained.experiment.criterion);
    const by = [
      ...system === "ctc" ? [] : [system],
      beam === undefined ? "greedy" : `beam of ${beam}`,
      ...lexicon === undefined ? [] : ["lexicon"],
      ...arpa === undefined ? [] : ["language model"],
    ].join(", ");
    print(`PER ${(errors / labels).toFixed(3)}: ${errors} errors in ${labels} labels (${by})`);
    if (words) {
      const { rate, substitutions, insertions, deletions } = words;
      print(
        `WER ${rate.toFixed(3)}: ${substitutions} words substituted, ${insertions} inserted, ` +
          `${deletions} deleted`,
      );
    }
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

/** An n-gram model of an ARPA file, over words by number; the first is blank's. */
function readLanguageModel(file: string, words: readonly string[]): LanguageModel {
  const known = words.slice(1, 31).join(" ") + (words.length > 31 ? " …" : "");
  const expected = `an ARPA file with the words ${known}`;
  return readBrought("lm", file, expected, (bytes) => readArpa(textOf(bytes), { words }));
}

/** A model of the words of a lexicon, by an ARPA file or all as likely, spelt in the labels. */
function readWords({ data }: TrainedModel, file: string, arpa?: string): LanguageModel {
  const { names } = data, separator = names.indexOf(" ");
  if (separator < 0) {
    throw new UsageError(
      `--lexicon needs a label between words, " ": the model's labels are ${
        names.slice(1).join(" ")
      }`,
    );
  }
  const expected = "a word a line, each with its labels";
  const { words, spellings } = readBrought("lexicon", file, expected, (bytes) => {
    return readLexicon(textOf(bytes), names);
  });
  const lm = arpa === undefined ? alike(words.length) : readLanguageModel(arpa, words);
  const { lmWeight: weight = 0.5, wordBonus } = options;
  return lexiconModel(lm, { labels: names.length, separator, spellings, weight, wordBonus });
}

/** A model that holds every word as likely as any other, and says nothing of ends. */
function alike(labels: number): LanguageModel {
  const logProb = -Math.log(labels - 1);
  return { labels, start: () => 0, next: () => ({ logProb, state: 0 }), end: () => 0 };
}

/** Errors of words, which the label " " parts. */
function wordErrors(
  decoded: readonly DecodedSequence[],
  nameOf: (label: number) => string,
): ReturnType<typeof wordErrorRate> {
  const text = (labels: readonly number[]) => labels.map(nameOf).join("");
  return wordErrorRate(
    decoded.map(({ labels }) => text(labels)),
    decoded.map(({ target }) => text(target)),
  );
}
