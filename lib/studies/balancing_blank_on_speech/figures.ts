import {
  alignmentRows,
  type DotRow,
  dotRows,
  type LinePanel,
  linePanels,
  type LineSeries,
  palette,
} from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { forcedAlignments } from "../../training/mod.ts";
import { setting } from "../alignment_settings/mod.ts";
import { bestCells, leastOf } from "../speech_setup/mod.ts";
import { settingsGrid } from "../speech_setup/settings_grid.ts";
import { errorsOf } from "./claims.ts";
import { fewLabels, manyLabels } from "./published.ts";
import type { Results } from "./results.ts";
import type { HeardSentence } from "./spoken_again.ts";
import { againstBlank, ITERS, type Method, methodsOf, type Unit, units } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "speech-balance": balanceFigure,
  "speech-learning": curvesFigure,
  "speech-grid-letters": (found: Results) => gridOf(found, "letters"),
  "speech-grid-phones": (found: Results) => gridOf(found, "phones"),
  "speech-grid-words": (found: Results) => gridOf(found, "words"),
};

const colors: Record<Unit, string> = {
  letters: palette.mlp,
  phones: palette.blstm,
  words: palette.brnn,
};

/** From here on a ratio is told, not drawn. */
const FAR = 3;

/** Boundaries of every method over those of the baseline, theirs and ours. */
function balanceFigure({ known: { trained } }: Pick<Results, "known">): SVGSVGElement {
  const ours = units.flatMap((unit): DotRow[] =>
    methodsOf(unit).filter(balances).map((method) => ({
      name: `${unit}: ${method}`,
      color: colors[unit],
      values: trained[unit][method].against.tse.map((tse, seed) =>
        tse / trained[unit].baseline.against.tse[seed]
      ),
    }))
  );
  const theirs = ([["512", fewLabels], ["10,000", manyLabels]] as const).flatMap(([K, table]) =>
    Object.entries(table).filter(([method]) => !/^baseline|separated, normalised/.test(method))
      .map(([method, { tse }]): DotRow => ({
        name: `paper, ${K} subwords: ${method}`,
        color: palette.muted,
        values: [tse / table.baseline.tse],
      }))
  );
  const all = [...theirs, ...ours];
  const isFar = ({ values }: DotRow) => Math.max(...values) > FAR;
  const far = all.filter(isFar).map(({ name, values }) => `${name} (${times(median(values))})`);
  const rows = all.filter((row) => !isFar(row));
  const most = Math.max(...rows.flatMap(({ values }) => values));
  return dotRows(rows, {
    title: "Balancing blank in training does not help to place words",
    subtitle: "Word boundaries aligned against blank: the error of a method over that of the " +
      `baseline at the same seed. Left of 1 is better.${
        far.length === 0 ? "" : ` Off the scale: ${far.join(", ")}.`
      }`,
    x: {
      label: "TSE over the baseline's",
      domain: [0.5, Math.max(2.4, most + 0.1)],
      ticks: [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5],
    },
    format: times,
    references: [{ value: 1, name: "baseline" }],
    left: 330,
  });
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

/** Whether a method balances blank, and does not change its start alone. */
function balances(method: Method): boolean {
  return method !== "baseline" && method !== "blank from 1/K";
}

/** How fast each unit is learned. */
function curvesFigure({ curves }: Pick<Results, "curves">): SVGSVGElement {
  const series = (unit: Unit, method: Method, name: string, color: string): LineSeries => {
    const around = curves[unit][method];
    const points = around[0].map(([iter], n) =>
      [iter, median(around.map((curve) => curve[n][1]))] as const
    );
    return { name, color, points, around };
  };
  const panel = (unit: Unit): LinePanel => ({
    title: `${errorsOf[unit]}, %`,
    domain: [0, 105],
    ticks: [0, 25, 50, 75, 100],
    series: [
      ...unit === "words"
        ? [series(unit, "blank from 1/K", "softmax, from 1/K", palette.muted)]
        : [],
      series(unit, "normalised, batch", "normalised", palette.lstm),
      series(unit, "separated blank", "separated", palette.blstm),
      series(unit, "baseline", "softmax", palette.ink),
    ],
  });
  return linePanels({
    title: "What words need is a blank that starts at 1/2; balancing it changes little",
    subtitle: "Label errors of sentences of known voices under way. Bold: the median over seeds, " +
      "which are thin. Blank starts at 1/2 where nothing else is said.",
    x: { label: "step", domain: [0, ITERS], ticks: [0, 100, 200, 300, 400] },
    panels: units.map(panel),
    right: 150,
    height: 110,
  });
}

/** Table 14's grid where labels are of a unit. */
function gridOf({ known }: Pick<Results, "known">, unit: Unit): SVGSVGElement {
  const cells = known.cells[unit], best = leastOf(cells);
  return settingsGrid(cells, {
    truth: known.silence / 100,
    of: `Labels are ${unit}; medians over seeds, words of the known voices.`,
    title: `Where labels are ${unit}, a setting against blank takes the error from ` +
      `${median(bestCells(cells).neither.tse).toFixed(1)} to ${median(best.tse).toFixed(1)} ms`,
  });
}

/** A sentence whose words are placed by force: as the model is, and in other ways. */
export function sentenceRows(
  { evaluated, labels, bands }: HeardSentence,
  title: string,
): SVGSVGElement {
  const ways = [{ blankShift: 0, priorScale: 0 }, againstBlank];
  return alignmentRows({
    x: bands,
    labels,
    truth: evaluated.batch.spans![0],
    rows: ways.map((way) => ({
      name: setting(way),
      spans: forcedAlignments(evaluated, way)[0].spans,
    })),
    title,
    subtitle:
      "Frames of 40 ms. Above: how loud twelve bands are, low ones below. Each bar is the " +
      "frames of one word; dashed: the true boundaries.",
  });
}
