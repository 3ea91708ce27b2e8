import { element, label } from "./document.ts";
import { colorScale, palette } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";
import { valueImage } from "./value_image.ts";

/** A stretch of time with a name. */
export interface NamedTime {
  /** Its name, as it is written. */
  readonly label: string;
  /** Seconds. */
  readonly start: number;
  /** Seconds. */
  readonly end: number;
}

/** A sound, and what is said in it. */
export interface SpectrogramOptions extends Required<Heading> {
  /** Full scale is -1 … 1. */
  readonly samples: Float64Array;
  /** Samples per second. */
  readonly sampleRate: number;
  /** [frames][bands] nats, the lowest band first; frame t covers the time from t to t + 1 frames. */
  readonly bands: readonly ArrayLike<number>[];
  /** Length of a frame, seconds. */
  readonly frameSeconds: number;
  /** Phones, silence among them. */
  readonly phones: readonly NamedTime[];
  /** Words, below the phones. */
  readonly words: readonly NamedTime[];
}

const WIDTH = 900;
const LEFT = 72;
const WAVE = 80;
const PICTURE = 160;
const LINE = 26;
/** Nats below the loudest value at which a band counts as silent. */
const RANGE = 12;
const energyScale = colorScale("#ffffff", "#cfe3dd", "#5aa896", "#1f7a70", "#06302f");

/** A sound as a wave and as bands of frequency over time, with its phones and words below. */
export function spectrogram(options: SpectrogramOptions): SVGSVGElement {
  const { title, subtitle, samples, sampleRate, bands, frameSeconds, phones, words } = options;
  const seconds = samples.length / sampleRate, width = WIDTH - LEFT - MARGIN;
  const x = (time: number) => time * width / seconds;
  const count = bands[0]?.length ?? 0;
  const loudest = bands.reduce((most, row) => Math.max(most, ...Array.from(row)), -Infinity);
  const href = valueImage({
    rows: count,
    cols: bands.length,
    share: (row, t) => 1 + (bands[t][count - 1 - row] - loudest) / RANGE,
    color: energyScale,
  });
  const picture = element("image", {
    href,
    width: x(bands.length * frameSeconds),
    height: PICTURE,
    preserveAspectRatio: "none",
    style: "image-rendering: pixelated",
  });
  const frame = (height: number) =>
    element("rect", { width, height, fill: "none", stroke: palette.faint });
  const tops = { wave: 8, picture: WAVE + 18, phones: WAVE + PICTURE + 26 };
  const axis = tops.phones + 2 * LINE + 4;
  const side = (y: number, text: string) => ({
    x: LEFT - 10,
    y,
    content: label(0, 0, text, { "text-anchor": "end", fill: palette.muted, "font-size": 11 }),
  });
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: axis + 44,
    panels: [
      { x: LEFT, y: tops.wave, content: wave(samples, width) },
      { x: LEFT, y: tops.picture, content: element("g", {}, picture, frame(PICTURE)) },
      { x: LEFT, y: tops.phones, content: named(phones, x, 11) },
      { x: LEFT, y: tops.phones + LINE, content: named(words, x, 12) },
      { x: LEFT, y: axis, content: timeAxis(seconds, x) },
      side(tops.wave + WAVE / 2 + 4, "sound"),
      side(tops.picture + 10, "8 kHz".replace("8", String(sampleRate / 2000))),
      side(tops.picture + PICTURE, "0"),
      side(tops.phones + 15, "phones"),
      side(tops.phones + LINE + 15, "words"),
    ],
  });
}

/** The least and the largest sample of every half pixel. */
function wave(samples: Float64Array, width: number): SVGElement {
  const columns = 2 * Math.round(width),
    most = samples.reduce((m, s) => Math.max(m, Math.abs(s)), 1e-9);
  const y = (sample: number) => (WAVE / 2 * (1 - sample / most)).toFixed(1);
  const lines = Array.from({ length: columns }, (_, n) => {
    const part = samples.subarray(
      Math.floor(n * samples.length / columns),
      Math.max(
        Math.floor(n * samples.length / columns) + 1,
        Math.floor((n + 1) * samples.length / columns),
      ),
    );
    return `M${n / 2},${y(Math.max(...part))}V${y(Math.min(...part))}`;
  });
  return element("path", {
    d: lines.join(""),
    stroke: palette.blstm,
    "stroke-width": 0.6,
    fill: "none",
  });
}

/** Names in their stretches; those that do not fit are left out, their stretch stays. */
function named(
  times: readonly NamedTime[],
  x: (time: number) => number,
  size: number,
): SVGElement {
  return element(
    "g",
    {},
    ...times.flatMap(({ label: name, start, end }) => {
      const from = x(start), wide = x(end) - from;
      const box = element("rect", {
        x: from,
        width: wide,
        height: LINE - 4,
        fill: "#f4f6f8",
        stroke: palette.faint,
      });
      const fits = wide >= 0.62 * size * name.length;
      return fits
        ? [box, label(from + wide / 2, 15, name, { "text-anchor": "middle", "font-size": size })]
        : [box];
    }),
  );
}

/** A tick at every fifth of a second, or every second of a long sound. */
function timeAxis(seconds: number, x: (time: number) => number): SVGElement {
  const step = seconds > 6 ? 1 : 0.2;
  const ticks = Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, n) => n * step);
  return element(
    "g",
    { fill: palette.muted, "font-size": 11 },
    ...ticks.flatMap((time) => [
      element("line", { x1: x(time), x2: x(time), y2: 4, stroke: palette.muted }),
      label(x(time), 18, String(Math.round(10 * time) / 10), { "text-anchor": "middle" }),
    ]),
    label(x(seconds) / 2, 36, "time, seconds", { "text-anchor": "middle" }),
  );
}
