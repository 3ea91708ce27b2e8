import { speak, type Utterance } from "../../corpora/flite/mod.ts";
import { type LinePanel, linePanels, type LineSeries, palette } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { settingsGrid, table14Grid } from "../speech_setup/settings_grid.ts";
import { spokenFigure } from "../speech_setup/spoken_figure.ts";
import { type Audience, bestCells, leastOf, type Results } from "./results.ts";
import { rowsFigure } from "./rows_figure.ts";
import { type FrameLength, frameLengths, sweep } from "./sweep.ts";

/** The sentence that is shown. */
export const shown = "Nobody leaves a gap where words begin.";

/** The study's figures, by the names of their files. */
export const figures = {
  "words-in-sound": () => sentenceFigure(speak(shown, { voice: "slt" })),
  "words-by-frame-length": byLengthOfFrame,
  "words-by-row": rowsFigure,
  "words-grid": gridFigure,
  "words-grid-paper": table14Grid,
};

/** The sentence as sound and as bands of frequency, with its words where they truly are. */
export function sentenceFigure(utterance: Utterance): SVGSVGElement {
  return spokenFigure(utterance, {
    title: "The only gap in the sound lies inside a word: the closed lips of gap's p",
    subtitle: `"${shown}", spoken by flite's slt, which knows when it begins each word; "pau" is ` +
      "silence. Strong colour is loud.",
  });
}

/** Share of blank, boundaries and phone errors of CTC by length of a frame. */
function byLengthOfFrame(found: Results): SVGSVGElement {
  const line = (
    name: string,
    values: (length: FrameLength) => readonly number[],
    style: Pick<LineSeries, "color" | "dashed">,
  ): LineSeries => {
    const points = frameLengths.map((length) => [10 * length, median(values(length))] as const);
    const around = values(1).map((_, seed) =>
      frameLengths.map((length) => [10 * length, values(length)[seed]] as const)
    );
    return { name, points, around, dots: true, ...style };
  };
  const at = (audience: Audience, length: FrameLength) => found[audience].ctc[length];
  const each = (values: (audience: Audience, length: FrameLength) => readonly number[]) => [
    line("unseen voice", (length) => values("unseen", length), {
      color: palette.muted,
      dashed: true,
    }),
    line("known voices", (length) => values("known", length), { color: palette.blstm }),
  ];
  const boundaries: LinePanel = {
    title: "TSE of words, ms",
    domain: [0, 50],
    ticks: [0, 10, 20, 30, 40, 50],
    series: [
      line("rounding alone", (length) => [found.rounding[length]], {
        color: palette.ink,
        dashed: true,
      }),
      line("best setting, known", (length) => leastOf(at("known", length).cells).tse, {
        color: "#0b3563",
      }),
      ...each((audience, length) => at(audience, length).timed.tse),
    ],
  };
  return linePanels({
    title: "The longer the frame, the less blank and the better the boundaries, at no more errors",
    subtitle:
      "CTC by length of a frame: medians in bold, the single seeds thin. The best setting " +
      "is of blank shift and prior scale at alignment time.",
    x: { label: "length of a frame, ms", domain: [8, 42], ticks: [10, 20, 30, 40] },
    panels: [
      {
        title: "frames in which blank is the most probable, %",
        domain: [0, 100],
        ticks: [0, 25, 50, 75, 100],
        series: each((audience, length) => at(audience, length).blank),
      },
      boundaries,
      {
        title: "phone error rate, %",
        domain: [0, 50],
        ticks: [0, 10, 20, 30, 40, 50],
        series: each((audience, length) => at(audience, length).per),
      },
    ],
    right: 170,
    height: 130,
  });
}

/** Table 14's grid on our voices. */
function gridFigure({ known }: Results): SVGSVGElement {
  const { cells } = known.ctc[4];
  const { both, shift, prior } = bestCells(cells);
  const alone = Math.min(median(shift.tse), median(prior.tse));
  return settingsGrid(cells, {
    truth: known.truth.silence / 100,
    of: `Ours: medians of ${sweep.seeds} models, words of the known voices, frames of 40 ms.`,
    title: `One of the two alone comes to ${alone.toFixed(1)} ms, both together to ` +
      `${median(both.tse).toFixed(1)} ms`,
  });
}
