import {
  type ClaimSpec,
  type Contender,
  decimals,
  effect,
  equivalent,
  noGain,
  ordered,
  type Pair,
  type Row,
} from "../../claims/mod.ts";
import { cellAt, setting } from "../alignment_settings/mod.ts";
import { type Audience, audiences, bestCells, type Cell, leastOf } from "../speech_setup/mod.ts";
import { fewLabels, manyLabels, referenceSilence, table14 } from "./published.ts";
import type { Results } from "./results.ts";
import { EVERY, ITERS, type Method, type Unit, units } from "./sweep.ts";

/** A gain is a tenth of the base's figure or more. */
const GAIN = 0.1;
/** Trainings converge alike if their errors halfway differ by less than a quarter. */
const RATE = 0.25;
const voices = { known: "known voices", unseen: "the unseen voice" } as const;
const ms = decimals(1, " ms"), percent = decimals(1, " %"), points = decimals(1, " points");

/** Label errors are counted in the unit of the labels. */
export const errorsOf = { letters: "letter errors", phones: "phone errors", words: "word errors" };

/** Methods that balance blank, with their counterparts in Table 4. */
const balanced = units.flatMap((unit) =>
  (["normalised, batch", "separated blank"] as const).map((method) => [unit, method] as const)
);

/** What the paper says of balancing blank and of settings at alignment time, judged by our runs. */
export function claims(found: Results): ClaimSpec[] {
  return [...balancing(found), ...settings(found), byLabels(found), small(found)];
}

function balancing({ known: { trained }, curves }: Results): ClaimSpec[] {
  const halfway = ITERS / (2 * EVERY);
  const values = {
    per: (unit: Unit, method: Method) => trained[unit][method].per,
    tse: (unit: Unit, method: Method) => trained[unit][method].against.tse,
    halfway: (unit: Unit, method: Method) =>
      curves[unit][method].map((curve) =>
        curve.find(([iter]) => iter >= halfway * EVERY)?.[1] ?? NaN
      ),
  };
  const pair = (what: keyof typeof values, unit: Unit, method: Method): Pair => ({
    values: values[what](unit, method),
    base: values[what](unit, "baseline"),
  });
  return [{
    kind: "reproduction",
    title: "Balancing blank gains little in errors, whatever the labels",
    source: "the alignment paper, Tables 3 and 4",
    states: "undecided",
    rows: balanced.map(([unit, method]) =>
      noGain(`${errorsOf[unit]}, ${method} / baseline`, pair("per", unit, method), {
        margin: GAIN,
        expected: theirs(unit, method, "wer", "little or no gain"),
      })
    ),
  }, {
    kind: "reproduction",
    title: "Balancing blank gains nothing in alignment, whatever the labels",
    source: "the alignment paper, Tables 3 and 4",
    states: "reproduced",
    rows: balanced.map(([unit, method]) =>
      noGain(
        `word TSE against blank, ${unit}, ${method} / baseline`,
        pair("tse", unit, method),
        { margin: GAIN, expected: theirs(unit, method, "tse", "no gain") },
      )
    ),
  }, {
    kind: "reproduction",
    title: "It makes little difference whether gradients are normalised over batch or sequence",
    source: "the alignment paper, section 7.2, Table 3",
    states: "not reproduced",
    rows: ([
      ["word errors", "per", "wer", GAIN],
      ["word TSE against blank", "tse", "tse", RATE],
    ] as const).map(([what, ours, figure, margin]) => {
      const [sequence, batch] = ["normalised, sequence", "normalised, batch"] as const;
      const printed = manyLabels[sequence][figure] / manyLabels[batch][figure];
      return equivalent(
        `${what}, words, normalised, sequence / batch`,
        { values: values[ours]("words", sequence), base: values[ours]("words", batch) },
        { margin, expected: `${printed.toFixed(2)}×: little difference` },
      );
    }),
  }, {
    kind: "reproduction",
    title: "A lower clamp, 0.1 for 0.5, makes errors and boundaries worse",
    source: "the alignment paper, Table 3",
    states: "undecided",
    rows: ([["word errors", "per", "wer"], ["word TSE against blank", "tse", "tse"]] as const)
      .map(([what, ours, figure]) =>
        effect(
          `${what}, words, normalised, batch, from 0.1 / baseline`,
          ratio(manyLabels, "normalised, batch, from 0.1", figure),
          pair(ours, "words", "normalised, batch, from 0.1"),
        )
      ),
  }, {
    kind: "reproduction",
    title: "Balancing blank makes training neither faster nor slower",
    source: "the alignment paper, sections 7.2 and 7.3, Fig. 2",
    states: "reproduced",
    rows: balanced.map(([unit, method]) =>
      equivalent(
        `${errorsOf[unit]} after ${ITERS / 2} steps, ${method} / baseline`,
        pair("halfway", unit, method),
        { margin: RATE, expected: "the same rate" },
      )
    ),
  }, {
    kind: "question",
    title: "Do words need a blank that starts at 1/2, and not as likely as any word?",
    source: "ours, after notebook 17",
    states: "yes",
    rows: ([["word errors", "per", percent], ["word TSE against blank", "tse", ms]] as const)
      .map(([what, figure, format]) => {
        const contender = (name: string, method: Method): Contender => ({
          name,
          values: values[figure]("words", method),
        });
        return ordered(
          `${what}: blank from 1/2 below blank from 1/K`,
          contender("from 1/2", "baseline"),
          contender("from 1/K", "blank from 1/K"),
          { format },
        );
      }),
  }];
}

function settings({ known, unseen }: Results): ClaimSpec[] {
  const [neither] = table14;
  const least = (kind: "blankShift" | "priorScale", other: "blankShift" | "priorScale") =>
    Math.min(
      ...table14.filter((line) => line[kind] !== 0 && line[other] === 0).map(({ tse }) => tse),
    );
  const leastShift = least("blankShift", "priorScale");
  const leastPrior = least("priorScale", "blankShift");
  const best = leastOfTable14();
  const together = (unit: Unit, audience: Audience): Row => {
    const chosen = bestCells(known.cells[unit]);
    const alone = leastOf([chosen.shift, chosen.prior]);
    const { cells } = audience === "known" ? known : unseen;
    const contender = (name: string, cell: Cell): Contender => ({
      name: `${name} (${setting(cell)})`,
      values: cellAt(cells[unit], cell).tse,
    });
    return ordered(
      `word TSE, ${unit}, ${voices[audience]}: both, chosen on known voices, below one alone`,
      contender("both", chosen.both),
      contender("one alone", alone),
      { expected: `${best.tse} below ${Math.min(leastShift, leastPrior)} ms`, format: ms },
    );
  };
  return [{
    kind: "reproduction",
    title: "A blank shift alone or a prior alone mends CTC's boundaries, whatever the labels",
    source: "the alignment paper, appendix A.6, Table 14",
    states: "same direction",
    rows: units.flatMap((unit) => {
      const { shift, prior, neither: base } = bestCells(known.cells[unit]);
      const gain = (what: string, cell: Cell, theirs: number) =>
        effect(`word TSE, ${unit}: ${what} / neither`, theirs / neither.tse, {
          values: cell.tse,
          base: base.tse,
        });
      return [
        gain("the best shift alone", shift, leastShift),
        gain("the best prior alone", prior, leastPrior),
      ];
    }),
  }, {
    kind: "reproduction",
    title: "The best setting has both a shift and a prior, whatever the labels",
    source: "the alignment paper, appendix A.6, Table 14",
    states: "not reproduced",
    rows: units.flatMap((unit) => audiences.map((audience) => together(unit, audience))),
  }, {
    kind: "reproduction",
    title: "Where errors are least, the share of blank is nearer to that of silence",
    source: "the alignment paper, appendix A.6, Table 14",
    states: "reproduced",
    rows: units.map((unit) => {
      const off = ({ silence }: Cell) => silence.map((share) => Math.abs(share - known.silence));
      const { neither: base } = bestCells(known.cells[unit]);
      const theirs = [best, neither].map(({ silence }) =>
        points(Math.abs(silence - referenceSilence))
      );
      return ordered(
        `share of blank or silence, ${unit}: how far from the true silence`,
        { name: "least error", values: off(leastOf(known.cells[unit])) },
        { name: "neither", values: off(base) },
        { expected: theirs.join(" below "), format: points },
      );
    }),
  }];
}

function byLabels({ known }: Results): ClaimSpec {
  const row = (what: string, of: (unit: Unit) => readonly number[], unit: Unit, unitless: string) =>
    ordered(
      `${what}: ${unit} below words`,
      { name: unit, values: of(unit) },
      { name: "words", values: of("words") },
      { format: decimals(1, unitless) },
    );
  const trained = (unit: Unit) => known.trained[unit].baseline.asItIs;
  return {
    kind: "question",
    title: "Does CTC leave more to blank, and place words worse, the longer its labels are?",
    source: "ours; in the alignment paper's Table 14 four fifths are blank",
    states: "yes",
    rows: (["letters", "phones"] as const).flatMap((unit) => [
      row("share of blank or silence, as it is", (unit) => trained(unit).silence, unit, " %"),
      row("word TSE, as it is", (unit) => trained(unit).tse, unit, " ms"),
    ]),
  };
}

function small({ known, unseen }: Results): ClaimSpec {
  return {
    kind: "reproduction",
    title: "Aligned against blank, small labels place words better than large ones",
    source: "the alignment paper, section 8, Table 4",
    states: "reproduced",
    rows: (["letters", "phones"] as const).flatMap((unit) =>
      audiences.map((audience) => {
        const { trained } = audience === "known" ? known : unseen;
        const contender = (unit: Unit): Contender => ({
          name: unit,
          values: trained[unit].baseline.against.tse,
        });
        return ordered(
          `word TSE against blank, ${voices[audience]}: ${unit} below words`,
          contender(unit),
          contender("words"),
          {
            expected: `512 subwords ${fewLabels.baseline.tse} below 10,000 ` +
              `${manyLabels.baseline.tse} ms`,
            format: ms,
          },
        );
      })
    ),
  };
}

function leastOfTable14(): typeof table14[number] {
  return table14.reduce((a, b) => b.tse < a.tse ? b : a);
}

type Table = Readonly<Record<string, Readonly<Record<"wer" | "tse", number>>>>;

function ratio(table: Table, method: Method, figure: "wer" | "tse"): number {
  return table[method][figure] / table.baseline[figure];
}

/** Their ratio where they have the method with about as many labels, and what they conclude. */
export function theirs(
  unit: Unit,
  method: Method,
  figure: "wer" | "tse",
  conclusion: string,
): string {
  const table: Table = unit === "words" ? manyLabels : fewLabels;
  return method in table
    ? `${ratio(table, method, figure).toFixed(2)}×: ${conclusion}`
    : conclusion;
}
