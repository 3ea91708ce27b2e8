import type { TableRow } from "../../experiments/table.ts";
import { type Spread, spreadOf } from "../../numeric/mod.ts";
import { formatSpread, headingOf, isApart, type Metric } from "../synthetic_tables/mod.ts";
import { at, type Figures, type Results } from "./results.ts";
import { READ_AT, type RowName, rows } from "./sweep.ts";

/** A figure of ours, by one definition, and that of the paper that it may be. */
export interface Definition {
  /** As a heading, with its unit. */
  readonly name: string;
  readonly theirs: Metric;
}

/** Every definition that could be meant. */
export const definitions = {
  per: { name: headingOf("per"), theirs: "per" },
  frameCe: { name: "CE of the reference [nats]", theirs: "frameCe" },
  ownCe: { name: "CE of its own alignment [nats]", theirs: "frameCe" },
  blank: { name: headingOf("blank"), theirs: "blank" },
  silence: { name: "silence aligned [%]", theirs: "blank" },
  scaledSilence: { name: "silence aligned, scaled [%]", theirs: "blank" },
  tse: { name: "TSE, words [frames]", theirs: "tse" },
  scaledTse: { name: "TSE, words, scaled [frames]", theirs: "tse" },
  labelTse: { name: "TSE, labels [frames]", theirs: "tse" },
  tseCenter: { name: "TSE, centres of words [frames]", theirs: "tse" },
} as const satisfies Readonly<Record<keyof Figures, Definition>>;

/** What a row is called: "(0.5, 0.3, 0.2)", or "CTC, 20 cells". */
export function nameOf(row: RowName): string {
  const { alpha, beta = 0, gamma = 0, units, topology }: {
    readonly alpha: number;
    readonly beta?: number;
    readonly gamma?: number;
    readonly units?: number;
    readonly topology?: "hmm" | "ctc";
  } = rows[row];
  return topology === undefined
    ? `(${alpha}, ${beta}, ${gamma})`
    : `${topology.toUpperCase()}, ${units} cells`;
}

/**
 * Two lines per row, the paper's and ours, μ ± σ, by some definitions; figures apart have a star, and
 * what is lost in our copy of the paper, or not defined, has a dash.
 */
export function definitionTable(
  { courses }: Pick<Results, "courses">,
  some: readonly RowName[],
  names: readonly (keyof Figures)[],
): TableRow[] {
  return some.flatMap((row) => {
    const line = (text: (figure: keyof Figures) => string) =>
      Object.fromEntries(
        names.map((figure) => [definitions[figure].name, text(figure).replaceAll(" ", "\u00a0")]),
      );
    const theirs = (figure: keyof Figures): Spread => rows[row].theirs[definitions[figure].theirs];
    const ours = (figure: keyof Figures) => {
      const values = at(courses[row], figure, READ_AT), metric = definitions[figure].theirs;
      if (values.every(Number.isNaN)) return "–";
      const star = isApart(theirs(figure), values, metric) ? " *" : "";
      return formatSpread(spreadOf(values), metric) + star;
    };
    return [
      {
        row: nameOf(row),
        "μ ± σ": "paper",
        ...line((figure) => formatSpread(theirs(figure), definitions[figure].theirs)),
      },
      { row: "", "μ ± σ": "ours", ...line(ours) },
    ];
  });
}
