import { gradientAlignment, gradScore } from "lib/alignment/mod.ts";
import {
  alignmentGrid,
  alignmentRows,
  gradientMatrix,
  recordingAlignment,
} from "lib/figures/mod.ts";
import { matrix } from "lib/numeric/mod.ts";
import { EVERY, figures, ITERS, type Method, methods } from "lib/studies/balancing_blank/mod.ts";
import {
  figures as scaleFigures,
  LONG,
  longNames,
  type Results as ScaleResults,
} from "lib/studies/scales_and_topology/mod.ts";

/** Figures of alignments, from little data that is the same on every machine. */
export const alignmentSamples: Readonly<Record<string, () => SVGSVGElement>> = {
  "alignment-grid": () => grid([0, -4], [0, 1]),
  "alignment-rows": () => rowsOf(8),
  "gradient-matrix": () => gradientsOf(8),
  "balance-curves": () => balance(2),
  "limit-curves": () => limits(1, 500),
  "recording-alignment": () => recording(5.2, 3),
};

/** The same, at the size that they are shown at. */
export const fullSizeAlignments: Readonly<Record<string, () => SVGSVGElement>> = {
  "alignment grid": () =>
    grid([0, -2, -5, -8, -10, -12, -15, -18, -20], [0, 0.5, 1, 1.5, 2, 3, 6, 12]),
  "alignment rows": () => rowsOf(90),
  "gradient matrix": () => gradientsOf(90),
  "balance curves": () => balance(10),
  "limit curves": () => limits(3, 100),
  "alignment of a recording": () => recording(31, 60),
};

/** A recording with a word every half second, of which every third is not what is said. */
function recording(seconds: number, count: number): SVGSVGElement {
  const frameSeconds = 0.04, T = Math.ceil(seconds / frameSeconds);
  const wave = (shift: number) =>
    Array.from({ length: T }, (_, t) => (1 + Math.sin(0.7 * t + shift)) / 2);
  const words = Array.from({ length: count }, (_, n) => ({
    text: ["moon", "a", "extraordinary"][n % 3],
    start: 0.3 + n / 2,
    end: [0.68, 0.4, 0.74][n % 3] + n / 2,
    matches: n % 3 !== 1,
  }));
  const labels = words.flatMap(({ start, end }) =>
    ["m", "uw", "n"].map((text, n) => ({
      text,
      start: start + n * (end - start) / 3,
      end: start + (n + 1) * (end - start) / 3,
    }))
  );
  const tracks = { peaks: wave(0), labelPosteriors: wave(2), blankPosteriors: wave(4) };
  return recordingAlignment({ seconds, frameSeconds, ...tracks, words, labels });
}

/** Criteria that end one above the other, after as many seeds and steps. */
function limits(seeds: number, every: number): SVGSVGElement {
  const long = Object.fromEntries(longNames.map((name, n) => [
    name,
    Array.from({ length: seeds }, (_, seed) =>
      Array.from({ length: LONG / every }, (_, i) => {
        const iter = every * (i + 1);
        const y = 1 + n + seed / 5 + 100 / iter;
        return { iter, per: 10 * y, frameCe: y, blank: 21, tse: y };
      })),
  ])) as unknown as ScaleResults["long"];
  return scaleFigures["noisy-words"]({ long, floor: { per: 5, frameCe: 0.3, tse: 0.1 } });
}

/** Methods that are solved one after the other, seeds 25 steps apart. */
function balance(seeds: number): SVGSVGElement {
  const solvedAt = (solved: number) =>
    Array.from({ length: ITERS / EVERY }, (_, n) => {
      const iter = EVERY * (n + 1);
      return [iter, iter < solved ? 1 : 0.05] as const;
    });
  const curves = Object.fromEntries((Object.keys(methods) as Method[]).map((method, n) => [
    method,
    Array.from({ length: seeds }, (_, seed) => solvedAt(100 + 50 * n + 25 * seed)),
  ])) as Record<Method, ReturnType<typeof solvedAt>[]>;
  return figures["balance-curves"]({ curves });
}

/** Errors that are least somewhere in the middle. */
function grid(shifts: readonly number[], scales: readonly number[]): SVGSVGElement {
  const cells = shifts.flatMap((blankShift) =>
    scales.map((priorScale) => {
      const strength = priorScale * 3 - blankShift;
      const tse = 0.8 + (strength - 9) ** 2 / 80;
      return { blankShift, priorScale, tse, silenceRatio: 0.7 / (1 + strength / 8) };
    })
  );
  return alignmentGrid(cells, { truth: 0.3 });
}

/** Two labels, found too short and too late. */
function rowsOf(T: number): SVGSVGElement {
  const q = T / 8;
  const truth = [{ start: q, end: 3 * q }, { start: 4 * q, end: 7 * q }].map(whole);
  const late = truth.map(({ start, end }) => whole({ start: start + q / 2, end: end + q / 2 }));
  const short = truth.map(({ start }) => whole({ start: start + q, end: start + q + 1 }));
  const x = matrix(T, 3, Array.from({ length: 3 * T }, (_, i) => (i * 7 % 5) / 4));
  const rows = [{ name: "forced, no shift, no prior", spans: short }, {
    name: "late",
    spans: late,
  }];
  return alignmentRows({ x, labels: ["a", "e"], truth, rows });
}

/** Two labels, each with a bump of gradient around its place. */
function gradientsOf(T: number): SVGSVGElement {
  const truth = [{ start: T / 8, end: T / 2 }, { start: T / 2, end: 7 * T / 8 }].map(whole);
  const G = matrix(2, T);
  truth.forEach(({ start, end }, s) => {
    for (let t = 0; t < T; t++) G.data[s * T + t] = -(((t - (start + end) / 2) / (T / 8)) ** 2);
  });
  const scores = gradScore(G);
  return gradientMatrix({
    scores,
    labels: ["a", "e"],
    truth,
    found: gradientAlignment(scores, [1, 2]).spans,
  });
}

function whole({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start: Math.round(start), end: Math.round(end) };
}
