import {
  atLeast,
  type ClaimSpec,
  decimals,
  effect,
  equivalent,
  noGain,
  type Pair,
  type Row,
} from "../../claims/mod.ts";
import { type BalanceRow, table15, table4 } from "./published.ts";
import type { Measures, Results } from "./results.ts";
import type { Method } from "./sweep.ts";

/** A gain is one tenth of the base's figure or more. */
const GAIN = 0.1;
/** Trainings converge alike if their steps to an LER of 10 % differ by less than a quarter. */
const RATE = 0.25;

/** The paper's claims about balancing blank, judged by our runs. */
export function claims({ measures, speedups }: Results): ClaimSpec[] {
  const pair = (measure: keyof Measures, method: Method, base: Method): Pair => ({
    values: measures[method][measure],
    base: measures[base][measure],
  });
  const per = (method: keyof typeof table4, base: Method = "baseline", as: Method = method): Row =>
    noGain(`LER, ${as} / ${base}`, pair("per", as, base), {
      margin: GAIN,
      expected: `${theirs(method, "wer")}: little or no gain`,
    });
  const tse = (method: keyof typeof table4, base: Method = "baseline", as: Method = method): Row =>
    noGain(`TSE against blank, ${as} / ${base}`, pair("tseAgainstBlank", as, base), {
      margin: GAIN,
      expected: `${theirs(method, "tse")}: no gain`,
    });
  const rate = (method: Method, base: Method = "baseline"): Row =>
    equivalent(`steps to LER ≤ 10 %, ${method} / ${base}`, pair("solved", method, base), {
      margin: RATE,
      expected: "the same rate",
    });
  return [{
    kind: "reproduction",
    title: "Balancing blank gains little in errors, nothing in alignment, and is no faster",
    source: "the alignment paper, Tables 3 and 4, Fig. 2",
    states: "not reproduced",
    rows: [
      per("normalised, batch"),
      per("normalised, sequence"),
      per("separated blank"),
      per("separated, normalised"),
      tse("normalised, batch"),
      tse("normalised, sequence"),
      tse("separated blank"),
      tse("separated, normalised"),
      rate("normalised, batch"),
      rate("separated blank"),
      effect(
        "a lower clamp, 0.1 for 0.5: TSE against blank, normalised, batch, from 0.1 / baseline",
        ratio("normalised, batch, from 0.1", "tse"),
        pair("tseAgainstBlank", "normalised, batch, from 0.1", "baseline"),
      ),
    ],
  }, {
    kind: "reproduction",
    title:
      "Started alike, a separated blank gains nothing in errors or alignment, and is no faster",
    source: "the alignment paper, Tables 3 and 4, Fig. 2; the starts are ours",
    states: "undecided",
    rows: [
      per("separated blank", "blank from 1/2"),
      tse("separated blank", "blank from 1/2"),
      rate("separated blank", "blank from 1/2"),
      effect(
        "silence in the alignment, separated blank / blank from 1/2",
        ratio("separated blank", "silence"),
        pair("silence", "separated blank", "blank from 1/2"),
      ),
      per("separated blank", "baseline", "separated, blank from 1/11"),
      tse("separated blank", "baseline", "separated, blank from 1/11"),
      rate("separated, blank from 1/11"),
    ],
  }, {
    kind: "reproduction",
    title: "A separated blank saves time",
    source: "the alignment paper, Table 15",
    states: "reproduced",
    rows: Object.entries(table15).map(([computation, theirs]) =>
      atLeast(
        `${computation}: time of a full softmax / a separated blank`,
        theirs,
        speedups[computation],
        {
          weaker: 1,
          format: decimals(1, "×"),
          expected: `${theirs.toFixed(1)}× on a GPU`,
        },
      )
    ),
  }];
}

function ratio(method: keyof typeof table4, figure: keyof BalanceRow): number {
  return table4[method][figure] / table4.baseline[figure];
}

function theirs(method: keyof typeof table4, figure: keyof BalanceRow): string {
  return `${ratio(method, figure).toFixed(2)}×`;
}
