import {
  linePanels,
  type LineSeries,
  palette,
  panels,
  Plot,
  plot,
  stackedBars,
} from "../../figures/mod.ts";
import { phones } from "../../corpora/flite/voice.ts";
import { median } from "../../numeric/mod.ts";
import { allVoices, describedVoices } from "../speech_setup/mod.ts";
import { percent } from "./claims.ts";
import type { Edit } from "./confusions.ts";
import { type Course, type Part, parts, type Point, type Results } from "./results.ts";
import { ITERS, type Reader, readers } from "./sweep.ts";

/** A share of fewer phones than this says nothing. */
const LEAST = 8;

/** Of flite's phones, the first are vowels. */
const VOWELS = 16;

/** The study's figures, by the names of their files. */
export const figures = { "phones-from-sound": learning, "voices-left-out": voicesLeftOut };

/** PER and blank rate over a training: the median of seeds, thin lines for the seeds. */
function learning({ seeds }: Results): SVGSVGElement {
  const series = (reader: Reader, part: Part, value: (point: Point) => number): LineSeries => {
    // Before it has learned, a network says anything: the first evaluation is left out.
    const around = seeds[reader].map((course: Course) =>
      course[part].slice(1).map((point) => [point.iter, percent(value(point))] as const)
    );
    return {
      name: `${reader.toUpperCase()}, ${part === "same" ? "same voices" : "awb unseen"}`,
      color: palette[reader],
      around,
      points: around[0].map(([iter], n) =>
        [iter, median(around.map((points) => points[n][1]))] as const
      ),
      dashed: part === "unseen",
      dots: true,
    };
  };
  const all = (value: (point: Point) => number) =>
    readers.flatMap((reader) => parts.map((part) => series(reader, part, value)));
  return linePanels({
    title: "Reading both ways wins; blank recedes as phones are learned",
    subtitle: "Medians of five seeds, thin lines are single seeds. Broken: awb, which training " +
      "never hears. Frames of 20 ms, best path.",
    x: {
      label: "steps of 16 sentences",
      domain: [ITERS / 5, ITERS],
      ticks: [1, 2, 3, 4].map((quarter) => quarter * ITERS / 4),
    },
    panels: [{
      title: "phoneme error rate, %",
      series: all(({ best }) => best.per),
      domain: [0, 70],
      ticks: [0, 10, 20, 30, 40, 50, 60, 70],
    }, {
      title: "frames whose likeliest label is blank, %",
      series: all(({ blankRate }) => blankRate),
      domain: [60, 100],
      ticks: [60, 70, 80, 90, 100],
    }],
    height: 210,
    right: 175,
  });
}

/** The errors of each voice that is left out, and of the three that are not. */
function voicesLeftOut({ folds }: Results): SVGSVGElement {
  const bars = allVoices.flatMap((voice) =>
    parts.map((part) => {
      const { best } = folds[voice][part].at(-1)!;
      return {
        name: part === "unseen"
          ? `${voice} left out (${describedVoices[voice]})`
          : "the three voices trained on",
        values: [best.substitutions, best.deletions, best.insertions].map(percent),
        note: `${percent(best.per).toFixed(1)} %`,
      };
    }).reverse()
  );
  return stackedBars({
    title: "One voice left out is not another: PER from a third to two thirds",
    subtitle: "The same network, trained four times, each time without one voice. Errors in % of " +
      "the phones said; best path, seed 0.",
    parts: [
      { name: "heard as another", color: palette.ink },
      { name: "not heard", color: palette.blank },
      { name: "heard where none was", color: palette.faint },
    ],
    bars,
    left: 260,
    right: 70,
  });
}

/** Which phones are heard wrongly or not at all: of voices trained on, and of awb. */
export function phonesHeard(
  edits: Readonly<Record<Part, readonly (readonly Edit[])[]>>,
): SVGSVGElement {
  const shares = phones.slice(0, -1).map((phone, n) => {
    const [same, unseen] = parts.map((part) => {
      const said = edits[part].flat().filter((edit) => edit.said === phone);
      const wrong = said.filter(({ heard }) => heard !== phone);
      return said.length < LEAST ? NaN : percent(wrong.length / said.length);
    });
    return { phone, vowel: n < VOWELS, same, unseen };
  }).filter(({ same, unseen }) => same >= 0 && unseen >= 0)
    .sort((a, b) => Number(b.vowel) - Number(a.vowel) || a.unseen - b.unseen);
  const content = plot({
    width: 900,
    height: 290,
    marginLeft: 56,
    marginRight: 20,
    marginBottom: 44,
    x: { type: "band", domain: shares.map(({ phone }) => phone), label: null, tickSize: 0 },
    y: {
      domain: [0, 100],
      label: null,
      ticks: [0, 25, 50, 75, 100],
      tickFormat: (value: number) => `${value} %`,
      tickSize: 0,
    },
    marks: [
      Plot.gridY([0, 25, 50, 75, 100], { stroke: palette.grid, strokeOpacity: 1 }),
      Plot.ruleX(shares, {
        x: "phone",
        y1: "same",
        y2: "unseen",
        stroke: palette.faint,
        strokeWidth: 1.5,
      }),
      Plot.dot(shares, { x: "phone", y: "same", fill: palette.blstm, r: 4 }),
      Plot.dot(shares, {
        x: "phone",
        y: "unseen",
        fill: "none",
        stroke: palette.blstm,
        strokeWidth: 1.75,
        r: 5.5,
      }),
    ],
  });
  return panels({
    title: "Some phones carry over to a voice that was never heard, others are lost",
    subtitle:
      "Phones heard as another or not at all, % of the times they were said; vowels at the " +
      "left, consonants at the right. Filled: voices trained on, in new words. Hollow: awb. Phones " +
      `said fewer than ${LEAST} times are left out.`,
    width: 900,
    height: 300,
    panels: [{ x: 0, y: 0, content }],
  });
}
