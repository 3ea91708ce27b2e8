/**
 * What there is of a corpus that a person brings, and what is wrong with it, as text.
 *
 * @module
 */
import { type CorpusReport, faultText, timitSizes } from "lib/corpora/mod.ts";

/** Seconds as hours. */
export function hours(seconds: number): string {
  return (seconds / 3600).toFixed(3);
}

/**
 * The report of a corpus: its hours, a line for each part, and one for every fault, with file and
 * line.
 *
 * @param corpus Its name; of TIMIT parts overlap, and how much the whole corpus has is known.
 */
export function reportText(corpus: string, folder: string, report: CorpusReport): string {
  const parts = Object.entries(report.parts), { faults } = report;
  const isTimit = corpus === "timit";
  const counted = isTimit ? parts.filter(([name]) => name === "train" || name === "test") : parts;
  const all = counted.reduce((sum, [, { seconds }]) => sum + seconds, 0);
  const width = Math.max(4, ...parts.map(([name]) => name.length));
  const rows = parts.map(([name, { utterances, speakers, seconds }]) => {
    const whole = isTimit ? timitSizes[name as keyof typeof timitSizes] : undefined;
    const of = (found: number, all?: number) => all === undefined ? `${found}` : `${found}/${all}`;
    return [
      name.padEnd(width),
      of(utterances, whole?.utterances).padStart(10),
      of(speakers, whole?.speakers).padStart(8),
      hours(seconds).padStart(6),
    ].join("  ");
  });
  return [
    `${corpus} in ${folder}: ${hours(all)} hours, ${faults.length} ${
      faults.length === 1 ? "fault" : "faults"
    }`,
    "",
    `${"part".padEnd(width)}  utterances  speakers   hours`,
    ...rows,
    ...(isTimit ? ["", "dev and core are parts of test; SA1 and SA2 are left out"] : []),
    ...(faults.length > 0 ? ["", ...faults.map(faultText)] : []),
  ].join("\n");
}
