import { markdownTable, type TableRow } from "lib/experiments/mod.ts";
import { type BenchResults, type Participant, timesOf } from "./results.ts";
import { digits } from "./digits.ts";
import { elsewhereTable } from "./elsewhere.ts";
import { sweep, widths } from "./workloads.ts";

/** The whole report, as Markdown that reads well on a terminal: one table after the other. */
export function report(results: BenchResults): string {
  return Object.values(reportBlocks(results)).join("\n\n");
}

/** The report's tables by name; a table with no rows is left out. */
export function reportBlocks(results: BenchResults): Record<string, string> {
  const filled = Object.entries(tables(results)).filter(([, rows]) => rows.length > 0);
  return Object.fromEntries(filled.map(([name, rows]) => [name, markdownTable(rows)]));
}

/** The same for the blocks of bench/README.md, which says where a table has no rows yet. */
export function readmeBlocks(results: BenchResults): Record<string, string> {
  const names = Object.keys(tables(results));
  const none = Object.fromEntries(names.map((name) => [name, "Not measured yet."]));
  return { ...none, ...reportBlocks(results), elsewhere: markdownTable(elsewhereTable()) };
}

function tables(results: BenchResults): Record<string, TableRow[]> {
  return {
    machine: machineTable(results),
    table: mainTable(results),
    sweep: sweepTable(results),
    widths: widthTable(results),
    ceiling: ceilingTable(results),
    bars: barsTable(results),
    contenders: contenderTable(results),
  };
}

/** Every workload and contender: median, spread, ratio. */
export function mainTable({ workloads, participants }: BenchResults): TableRow[] {
  const alone = workloads.filter(({ name }) => !/^(hidden|beam-|layer|ceiling)/.test(name));
  return alone.flatMap(({ title, rows }) =>
    rows.map((row, n): TableRow => {
      const failed = "failed" in row;
      return {
        workload: n === 0 ? title : "",
        who: participants.find(({ id }) => id === row.contender)!.name,
        "median, ms": failed ? "–" : digits(row.medianMs),
        "quartiles, ms": failed ? cell(row.failed) : `${digits(row.q1Ms)} … ${digits(row.q3Ms)}`,
        "ours (SIMD) = 1": failed || row.ratio === undefined ? "–" : digits(row.ratio),
      };
    })
  );
}

/** Median milliseconds per headline step, of every contender at every hidden size. */
export function sweepTable(results: BenchResults): TableRow[] {
  const nameOf = (hidden: number) => hidden === 24 ? "step" : `hidden-${hidden}`;
  return medians(results, "ms per step", sweep.map((H) => [`H = ${H}`, nameOf(H)]));
}

/** Median milliseconds of prefix beam search, of every contender that does it at every width. */
export function widthTable(results: BenchResults): TableRow[] {
  return medians(results, "ms per sequence", widths.map((W) => [`width ${W}`, beamName(W)]));
}

/** The workload of prefix beam search at a width. */
export function beamName(width: number): string {
  return width === 16 ? "beam" : `beam-${width}`;
}

/** A row per contender that does any of some workloads, a column per workload that was measured. */
function medians(
  { workloads, participants }: BenchResults,
  head: string,
  columns: readonly (readonly [title: string, workload: string])[],
): TableRow[] {
  const rows = (workload: string) => workloads.find(({ name }) => name === workload)?.rows ?? [];
  const measured = columns.filter(([, workload]) => rows(workload).length > 0);
  if (measured.length < 2) return [];
  const takesPart = (id: string) =>
    measured.some(([, workload]) => rows(workload).some(({ contender }) => contender === id));
  return participants.filter(({ id }) => takesPart(id)).map(({ id, name }) => ({
    [head]: name,
    ...Object.fromEntries(measured.map(([title, workload]) => {
      const times = timesOf(workloads, workload, id);
      return [title, times === undefined ? "–" : digits(times.medianMs)];
    })),
  }));
}

function machineTable({ machine, rounds, load, participants }: BenchResults): TableRow[] {
  const versions = Object.entries(Object.assign({}, ...participants.map((p) => p.versions)));
  const facts = {
    processor: `${machine.cpu}, ${machine.cores} cores`,
    system: machine.os,
    versions: versions.map((pair) => pair.join(" ")).join(", "),
    rounds: String(rounds),
    "processes wanting to run": `${load[0]} in the minute before, ${load[1]} in the last minute`,
  };
  return Object.entries(facts).map(([machine, value]) => ({ machine, value }));
}

function ceilingTable({ ceilingGflops, layers }: BenchResults): TableRow[] {
  if (ceilingGflops === undefined) return [];
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const row = (what: string, kernels: string, gflops: number, share: number, whole: number) => ({
    what,
    kernels,
    "GFLOP/s": digits(gflops),
    "of the ceiling": percent(share),
    "with the cells' arithmetic": percent(whole),
  });
  return [
    row("multiply–add loop in registers", "f64x2", ceilingGflops, 1, 1),
    ...layers.map(({ inputs, hidden, pass, kernels, gflops, share, wholeShare }) =>
      row(`LSTM layer, D = ${inputs}, H = ${hidden}, ${pass}`, kernels, gflops, share, wholeShare)
    ),
  ];
}

function barsTable({ bars }: BenchResults): TableRow[] {
  return bars.map(({ what, bar, measured, met }) => ({
    what,
    bar,
    measured,
    met: met ? "yes" : "no",
  }));
}

function contenderTable({ participants }: BenchResults): TableRow[] {
  return participants.map(({ name, note, ...rest }) => ({
    who: name,
    how: note,
    "took part": tookPart(rest),
  }));
}

function tookPart({ absent, install, threads }: Omit<Participant, "name" | "note">): string {
  if (absent === undefined) return threads === undefined ? "yes" : `yes, threads: ${threads}`;
  return `absent (${cell(absent)})${install === undefined ? "" : `; to install: \`${install}\``}`;
}

/** A text that can stand in a table. */
function cell(text: string): string {
  return text.replaceAll("|", "/").replaceAll("\n", " ");
}
