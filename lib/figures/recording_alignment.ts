import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";

/** Something that is said in a recording, seconds. */
export interface SaidStretch {
  /** What is said. */
  readonly text: string;
  /** Where it begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** A recording, what is said in it, and what a model hears. */
export interface RecordingAlignmentOptions extends Heading {
  /** Length of the recording. */
  readonly seconds: number;
  /** Length of a frame, seconds. */
  readonly frameSeconds: number;
  /** [T] the largest sample of every frame, from 0 to 1 */
  readonly peaks: ArrayLike<number>;
  /** [T] posterior of the label that every frame is aligned with, 0 where there is none */
  readonly labelPosteriors: ArrayLike<number>;
  /** [T] posterior of blank and silence */
  readonly blankPosteriors: ArrayLike<number>;
  /** Words; those that do not match the sound are told apart. */
  readonly words: readonly (SaidStretch & { readonly matches?: boolean })[];
  /** Phones, or what else the labels are. */
  readonly labels: readonly SaidStretch[];
}

const LEFT = 104, SECOND = 200, PER_ROW = 4;
const WIDTH = LEFT + SECOND * PER_ROW + MARGIN;
/** Tracks of a row from the top: waveform, words, labels, posteriors, axis. */
const WAVE = 54, BOX = 22, GAP = 4, CURVE = 42, AXIS = 34;
const ROW = WAVE + GAP + BOX + GAP + BOX + GAP + CURVE + AXIS;
/** The most rows: 24 seconds. */
const MOST = 6;

/**
 * A recording in rows of four seconds: its waveform, words, phones, and how probable a model finds the
 * label of every frame. Of a recording of more than 24 seconds the beginning is drawn, and said.
 *
 * @example
 * ```ts
 * import { recordingAlignment } from "lib/figures/mod.ts";
 *
 * const said = [{ text: "oh", start: 0.04, end: 0.12 }];
 * const tracks = { peaks: [0, 1, 1, 0], labelPosteriors: [0, 1, 1, 0], blankPosteriors: [1, 0, 0, 1] };
 * recordingAlignment({ seconds: 0.16, frameSeconds: 0.04, ...tracks, words: said, labels: said });
 * ```
 */
export function recordingAlignment(options: RecordingAlignmentOptions): SVGSVGElement {
  const { seconds, words } = options;
  const rows = Math.min(MOST, Math.max(1, Math.ceil(seconds / PER_ROW)));
  const shown = Math.min(seconds, rows * PER_ROW);
  const wrong = words.filter(({ matches = true, start }) => !matches && start < shown).length;
  const part = shown < seconds ? `The first ${shown} of ${seconds.toFixed(1)} seconds. ` : "";
  const {
    title = wrong === 0 ? "Every word is heard where it is" : `${wrong} words are not heard here`,
    subtitle = `${part}Waveform, words, phones; below, the posterior of the phone (blue) and of ` +
      `blank or silence (grey), from 0 to 1. Orange: words that the sound does not say.`,
  } = options;
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: rows * ROW + 8,
    panels: Array.from({ length: rows }, (_, row) => rowPanels(options, row)).flat(),
  });
}

function rowPanels(options: RecordingAlignmentOptions, row: number): Panel[] {
  const { seconds, words, labels, labelPosteriors, blankPosteriors } = options;
  const from = row * PER_ROW, to = Math.min(seconds, from + PER_ROW);
  const top = row * ROW;
  const inside = <T extends SaidStretch>(all: readonly T[]) =>
    all.filter(({ start, end }) => start < to && end > from);
  const place = ({ start, end }: SaidStretch) =>
    [(Math.max(start, from) - from) * SECOND, (Math.min(end, to) - from) * SECOND] as const;
  const tracks: [name: string, height: number, content: SVGElement[]][] = [
    ["sound", WAVE, [wave(options, from, to)]],
    [
      "words",
      BOX,
      inside(words).map((word, n) =>
        box(
          word.text,
          place(word),
          word.matches === false ? palette.lstm : n % 2 ? palette.blstm : palette.ffnn,
        )
      ),
    ],
    ["phones", BOX, inside(labels).map((one) => box(one.text, place(one)))],
    ["posterior", CURVE, [
      curve(blankPosteriors, options, from, to, palette.faint),
      curve(labelPosteriors, options, from, to, palette.blstm),
    ]],
  ];
  let y = top;
  const drawn = tracks.flatMap(([name, height, content]): Panel[] => {
    const at = y;
    y += height + GAP;
    const title = label(0, 0, name, { "text-anchor": "end", fill: palette.muted });
    return [
      { x: LEFT - 10, y: at + height / 2 + 4, content: title },
      { x: LEFT, y: at, content: element("g", {}, ...content) },
    ];
  });
  return [...drawn, { x: LEFT, y, content: axis(from, to) }];
}

/** A box with its text, where that fits. */
function box(text: string, [left, right]: readonly [number, number], fill?: string): SVGElement {
  const width = right - left;
  return element(
    "g",
    {},
    element("rect", {
      x: left + 0.5,
      y: 0.5,
      width: Math.max(0.5, width - 1),
      height: BOX - 1,
      fill: fill ?? palette.paper,
      stroke: fill === undefined ? palette.muted : undefined,
      "stroke-width": 0.7,
    }),
    ...(text.length * 6.4 + 3 > width ? [] : [
      label(left + width / 2, BOX / 2 + 4, text, {
        "text-anchor": "middle",
        "font-size": 10.5,
        fill: fill === undefined ? palette.ink : palette.paper,
      }),
    ]),
  );
}

/** Peaks of frames, the loudest of them full height, mirrored below the middle. */
function wave(
  { peaks, frameSeconds }: RecordingAlignmentOptions,
  from: number,
  to: number,
): SVGElement {
  const bars: string[] = [], width = frameSeconds * SECOND;
  let loudest = 1e-6;
  for (let t = 0; t < peaks.length; t++) loudest = Math.max(loudest, peaks[t]);
  const first = Math.round(from / frameSeconds);
  for (let t = first; t < Math.min(peaks.length, Math.ceil(to / frameSeconds)); t++) {
    const half = Math.max(0.5, peaks[t] / loudest * WAVE / 2), x = (t - first) * width;
    bars.push(`M${x},${WAVE / 2 - half}h${width}v${2 * half}h${-width}z`);
  }
  return element("path", { d: bars.join(""), fill: palette.muted });
}

/** Values of frames from 0 to 1, as an area of steps. */
function curve(
  values: ArrayLike<number>,
  { frameSeconds }: RecordingAlignmentOptions,
  from: number,
  to: number,
  fill: string,
): SVGElement {
  const width = frameSeconds * SECOND, first = Math.round(from / frameSeconds);
  const last = Math.min(values.length, Math.ceil(to / frameSeconds));
  let d = `M0,${CURVE}`;
  for (let t = first; t < last; t++) d += `V${CURVE * (1 - values[t])}h${width}`;
  return element("path", { d: `${d}V${CURVE}z`, fill, "fill-opacity": 0.8 });
}

/** The axis of a row, in seconds. */
function axis(from: number, to: number): SVGElement {
  const ticks: SVGElement[] = [];
  for (let n = 0; from + n / 2 <= to; n++) {
    const x = n / 2 * SECOND;
    ticks.push(
      element("path", { d: `M${x},0v4`, stroke: palette.muted }),
      label(x, 16, `${from + n / 2} s`, {
        "text-anchor": "middle",
        "font-size": 10,
        fill: palette.muted,
      }),
    );
  }
  const width = (to - from) * SECOND;
  return element("g", {}, element("path", { d: `M0,0h${width}`, stroke: palette.muted }), ...ticks);
}
