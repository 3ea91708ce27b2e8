import { mean, median } from "../../numeric/mod.ts";
import { allVoices, describedVoices } from "../speech_setup/mod.ts";
import { type Listened, partTitles, percent, wayTitles } from "./claims.ts";
import { alignLabels, confusions, type Edit } from "./confusions.ts";
import type { HeardSentence } from "./heard.ts";
import { last, type Part, parts, type Results } from "./results.ts";
import { readers } from "./sweep.ts";

/** A line of a table: a cell under the heading of its column. */
export type TableRow = Readonly<Record<string, string | number>>;

const ways = ["best", "beam"] as const;

/** PER of both readers by both ways to decode: the median of seeds, and each of them. */
export function seedTable({ seeds }: Results): TableRow[] {
  return readers.flatMap((reader) =>
    ways.map((way) => {
      const cells = parts.map((part) => {
        const values = last(seeds[reader], part).map((point) => percent(point[way].per));
        const each = values.map((value) => value.toFixed(1)).join(", ");
        return [partTitles[part], `${median(values).toFixed(1)}: ${each}`];
      });
      return {
        network: reader.toUpperCase(),
        decoding: wayTitles[way],
        ...Object.fromEntries(cells),
      };
    })
  );
}

/** PER of the BLSTM without each of the voices, and the mean of the four. */
export function foldTable({ folds }: Results): TableRow[] {
  const row = (name: string, value: (part: Part, way: typeof ways[number]) => number) => ({
    "left out": name,
    "the three others, best path": value("same", "best").toFixed(1),
    "the three others, beam": value("same", "beam").toFixed(1),
    "the one left out, best path": value("unseen", "best").toFixed(1),
    "the one left out, beam": value("unseen", "beam").toFixed(1),
  });
  const end = (voice: typeof allVoices[number], part: Part) => last([folds[voice]], part)[0];
  return [
    ...allVoices.map((voice) =>
      row(
        `${voice}, ${describedVoices[voice]}`,
        (part, way) => percent(end(voice, part)[way].per),
      )
    ),
    row(
      "mean of the four",
      (part, way) => percent(mean(allVoices.map((voice) => end(voice, part)[way].per))),
    ),
  ];
}

/** Known words, as stored, beside unseen words, as heard here. */
export function wordTable({ seeds }: Results, { newWords }: Listened): TableRow[] {
  return parts.map((part) => ({
    voices: partTitles[part],
    "known words, PER in %": percent(last(seeds.blstm, part)[0].best.per),
    "unseen words, PER in %": percent(newWords[part].rate),
    "phones in unseen words": newWords[part].labels,
  }));
}

/** What was said and heard of a sentence: errors in capitals, a dot where one side has nothing. */
export function sentenceTable({ voice, text, said, heard }: HeardSentence): TableRow[] {
  const edits = alignLabels(said, heard);
  const written = (side: "said" | "heard") =>
    edits.map((edit) => {
      const label = edit[side] ?? "·";
      return edit.said === edit.heard ? label : label.toUpperCase();
    }).join(" ");
  return [
    { what: "text", [voice]: text },
    { what: "said", [voice]: written("said") },
    { what: "heard", [voice]: written("heard") },
  ];
}

/** The phones most often heard as others, in both parts side by side. */
export function confusionTable(
  edits: Readonly<Record<Part, readonly (readonly Edit[])[]>>,
  count = 10,
): TableRow[] {
  const most = parts.map((part) =>
    confusions(edits[part]).filter(({ said, heard }) => said !== undefined && heard !== undefined)
      .slice(0, count)
      .map(({ said, heard, count, share }) =>
        `${said} → ${heard}: ${count}×, ${percent(share).toFixed(0)} %`
      )
  );
  return Array.from(
    { length: count },
    (_, n) => Object.fromEntries(parts.map((part, p) => [partTitles[part], most[p][n] ?? "–"])),
  );
}
