import { hertzToMel, melFilters, melToHertz } from "../../audio/mod.ts";
import { speak, type Utterance } from "../../corpora/flite/mod.ts";
import {
  axisX,
  axisY,
  linePanels,
  palette,
  panels,
  Plot,
  plot,
  valueSquares,
} from "../../figures/mod.ts";
import type { Matrix } from "../../numeric/mod.ts";
import { spokenFigure } from "../speech_setup/spoken_figure.ts";
import { correlationsOf, frameLengths, type Results, shown } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "sound-to-frames": () => soundFigure(speak(shown, { voice: "slt" })),
  "frame-lengths": phonesByFrame,
};

/** A sentence as sound, as 80 bands of frequency every 10 ms, and as phones and words. */
export function soundFigure(utterance: Utterance): SVGSVGElement {
  return spokenFigure(utterance, {
    title: "What a model hears: how much of each frequency, a hundred times a second",
    subtitle:
      `"${shown}", spoken by flite's slt; the frequency axis is mel's. Strong colour is loud.`,
  });
}

/** How alike features are: the |correlation| of every two bands, and of every two cepstra. */
export function correlations(bands: Matrix, cepstra: Matrix): SVGSVGElement {
  const squares = { "23 mel bands, low to high": bands, "13 cepstra, coarse to fine": cepstra };
  return valueSquares({
    title: "Bands rise and fall together, cepstra each for themselves",
    subtitle: "Every two features of the sentence above, over its frames; the diagonal is each " +
      "with itself.",
    key: "|correlation|",
    squares: Object.entries(squares).map(([name, of]) => ({
      name,
      values: correlationsOf(of).map((row) => row.map(Math.abs)),
    })),
  });
}

/** What is lost as frames get longer. */
function phonesByFrame({ feasible, missed }: Results): SVGSVGElement {
  const line = (name: string, color: string, values: Results["missed"]) => ({
    name,
    color,
    dots: true,
    points: frameLengths.map((ms) => [ms, 100 * values[ms]] as const),
  });
  return linePanels({
    title: "At 40 ms hardly a phone falls between two frames; at 80 ms every sixth does",
    subtitle: "Twelve sentences of three voices. A phone is missed where no frame has its centre " +
      "inside; a sentence is too long for CTC where it has more labels than frames.",
    x: { label: "length of a frame, ms", domain: [0, 85], ticks: [...frameLengths] },
    panels: [{
      title: "share, %",
      series: [
        line("phones missed", palette.blstm, missed),
        line("sentences too long", palette.lstm, byShare(feasible)),
      ],
      domain: [0, 20],
      ticks: [0, 5, 10, 15, 20],
    }],
    right: 150,
  });
}

/** The share that is left. */
function byShare(values: Results["feasible"]): Results["feasible"] {
  return Object.fromEntries(
    frameLengths.map((ms) => [ms, 1 - values[ms]]),
  ) as Results["feasible"];
}

/** The 23 filters that MFCC are made with, at 16 kHz, every third of them in colour. */
export function melFilterCurves(): SVGSVGElement {
  const axis = { lowHz: 20, highHz: 0, warp: 1, vtlnLowHz: 100, vtlnHighHz: -500 };
  const bins = 23, sampleRate = 16000;
  const { centers } = melFilters({ sampleRate, bins, size: 512, ...axis });
  const low = hertzToMel(axis.lowHz), step = (hertzToMel(sampleRate / 2) - low) / (bins + 1);
  const points = Array.from(centers, (peak, filter) => {
    const left = melToHertz(low + filter * step), right = melToHertz(low + (filter + 2) * step);
    return [[left, 0], [peak, 1], [right, 0]].map(([hz, weight]) => ({ filter, hz, weight }));
  }).flat();
  const content = plot({
    width: 900,
    height: 170,
    marginLeft: 64,
    marginRight: 48,
    marginBottom: 40,
    x: { domain: [0, 8000] },
    y: { domain: [0, 1] },
    marks: [
      axisX("frequency, Hz"),
      axisY("weight", { ticks: [0, 1] }),
      Plot.line(points, {
        x: "hz",
        y: "weight",
        z: "filter",
        stroke: (d: { filter: number }) => d.filter % 3 === 0 ? palette.blstm : palette.faint,
        strokeWidth: 1.5,
      }),
    ],
  });
  return panels({
    title: "Bands are narrow where the ear tells pitches apart, and wide above",
    subtitle: "The 23 filters of MFCC at 16 kHz; every third is in colour.",
    width: 900,
    height: 180,
    panels: [{ x: 0, y: 6, content }],
  });
}
