import { palette, panels, Plot, plot } from "../../figures/mod.ts";
import type { Results } from "./results.ts";
import { speakers } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { "human-words": wordsOff, "unseen-speakers": digitErrors };

/** How far every word's boundaries are from the reference, recording by recording. */
function wordsOff({ offBy, words }: Results): SVGSVGElement {
  const dots = offBy.flatMap((recording, n) =>
    recording.flatMap(({ onset, offset }) => [
      { recording: `recording ${n + 1}`, at: "begins", off: onset },
      { recording: `recording ${n + 1}`, at: "ends", off: offset },
    ])
  );
  const kinds = [
    { at: "begins", color: palette.blstm },
    { at: "ends", color: palette.lstm },
  ];
  const most = Math.ceil(Math.max(60, ...dots.map(({ off }) => Math.abs(off))) / 50) * 50;
  const content = plot({
    width: 900,
    height: 300,
    marginLeft: 110,
    marginRight: 110,
    marginBottom: 46,
    x: {
      domain: [-most, most],
      label: "found earlier ← milliseconds from the reference → found later",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { label: null, tickSize: 0 },
    fy: { label: null, axis: null },
    marks: [
      Plot.rect([0], { x1: -50, x2: 50, fill: palette.grid }),
      Plot.ruleX([0], { stroke: palette.muted }),
      ...kinds.flatMap(({ at, color }, n) => [
        Plot.dot(dots.filter((dot) => dot.at === at), {
          x: "off",
          y: "recording",
          r: 3.5,
          fill: color,
          fillOpacity: 0.6,
          dy: 14 * n - 7,
        }),
        Plot.text([`a word ${at}`], {
          frameAnchor: "top-right",
          dx: 100,
          dy: 6 + 18 * n,
          fill: color,
          fontWeight: 600,
        }),
      ]),
    ],
  });
  return panels({
    title: `A model that never heard a person is ${
      words.tse.toFixed(0)
    } ms from a GMM-HMM on people`,
    subtitle: `${words.count} words of five recordings of one reader; each dot is one boundary. ` +
      "Grey: within 50 ms.",
    width: 900,
    height: 310,
    panels: [{ x: 0, y: 6, content }],
  });
}

/** Errors a digit of known and of unseen speakers, fold by fold. */
function digitErrors({ digits }: Results): SVGSVGElement {
  const rows = speakers.map((speaker) => ({ speaker, ...digits[speaker] }));
  const most = Math.max(...rows.map(({ unseen }) => unseen));
  const content = plot({
    width: 900,
    height: 260,
    marginLeft: 110,
    marginRight: 60,
    marginBottom: 46,
    x: {
      domain: [0, 100 * Math.max(0.25, most * 1.1)],
      label: "errors a digit, %",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { label: null, tickSize: 0, domain: [...speakers] },
    marks: [
      Plot.link(rows, {
        x1: (d: { known: number }) => 100 * d.known,
        x2: (d: { unseen: number }) => 100 * d.unseen,
        y1: "speaker",
        y2: "speaker",
        stroke: palette.faint,
        strokeWidth: 2,
      }),
      Plot.dot(rows, {
        x: (d: { known: number }) => 100 * d.known,
        y: "speaker",
        r: 5,
        fill: palette.blank,
      }),
      Plot.dot(rows, {
        x: (d: { unseen: number }) => 100 * d.unseen,
        y: "speaker",
        r: 5,
        fill: palette.blstm,
      }),
      Plot.text(rows.slice(0, 1), {
        x: (d: { unseen: number }) => 100 * d.unseen,
        y: "speaker",
        text: () => "this speaker, not trained on",
        dx: 12,
        textAnchor: "start",
        fill: palette.blstm,
        fontWeight: 600,
      }),
      Plot.text(rows.slice(1, 2), {
        x: (d: { known: number }) => 100 * d.known,
        y: "speaker",
        text: () => "the other five, new recordings",
        dy: -14,
        textAnchor: "start",
        fill: palette.blank,
        fontWeight: 600,
      }),
    ],
  });
  return panels({
    title: "A speaker whom training never heard costs more errors, and how many depends on who",
    subtitle: "Connected digits of the Free Spoken Digit Dataset; each row is one training.",
    width: 900,
    height: 270,
    panels: [{ x: 0, y: 6, content }],
  });
}
