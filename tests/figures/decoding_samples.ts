import { valueMap } from "lib/figures/mod.ts";
import { figures as blankFigures } from "lib/studies/blank_rate/figures.ts";
import { each } from "lib/studies/data_movement/ctc_costs.ts";
import { figures as movementFigures } from "lib/studies/data_movement/figures.ts";
import { figures } from "lib/studies/decoding/figures.ts";

/** Figures on decoding, blanks and data movement, from little data. */
export const decodingSamples: Readonly<Record<string, () => SVGSVGElement>> = {
  "value-map": () => fusion([0, 0.5, 1], [0, 1]),
  "fusion-gains": () => gains([2, 2.5, 3.4, 5], 1),
  "width-curves": () => widths([1, 2, 4]),
  "blank-curves": () => blanks(2, 5),
  "blank-against-silence": () => blankFigures["blank-against-silence"]({ durations }),
  "movement-by-tensor": movement,
  "ctc-cost-by-length": () => costs([32, 128]),
};

/** The same at the size that they are shown at. */
export const decodingFullSize: Readonly<Record<string, () => SVGSVGElement>> = {
  "value map": () => fusion([0, 0.25, 0.5, 0.75, 1, 1.5], [0, 0.5, 1, 1.5, 2, 3]),
  "fusion gains": () => gains([1.6, 2.2, 3.4, 5.1], 5),
  "widths": () => widths([1, 2, 4, 8, 16, 32, 64, 128, 256]),
  "blanks of ten runs": () => blanks(5, 50),
  "movement by tensor": movement,
  "costs of CTC": () => costs([32, 128, 512]),
};

function fusion(weights: readonly number[], bonuses: readonly number[]): SVGSVGElement {
  const per = bonuses.map((bonus) =>
    weights.map((weight) => 0.1 + 0.1 * (weight - 0.5) ** 2 + 0.03 * (bonus - 1 - weight) ** 2)
  );
  return valueMap({
    title: "Shallow fusion is best at α = 0.5, β = 1.5",
    subtitle: "PER by weight α of the language model and bonus β for every label.",
    columns: { label: "weight α", values: weights },
    rows: { label: "bonus β, nats", values: bonuses },
    values: per,
    unit: "PER",
  });
}

/** A network that gains with what there is to know, and one that gains nothing. */
function gains(perplexities: readonly number[], seeds: number): SVGSVGElement {
  const bySeed = (value: number) => Array.from({ length: seeds }, (_, n) => value * (1 + n / 10));
  const network = (worth: number) =>
    perplexities.map((perplexity, n) => ({
      contrast: 4 - n,
      lmWeight: 0.5,
      insertionBonus: 1,
      grid: [[0.1]],
      perplexity: bySeed(perplexity),
      alone: bySeed(0.15),
      fused: bySeed(0.15 - worth / perplexity),
    }));
  return figures["decoding-gain"]({ gains: { heard: network(0), blind: network(0.15) } });
}

function widths(of: readonly number[]): SVGSVGElement {
  const per = (width: number) => [0.1, 0.12, 0.2].map((least) => least + 0.02 / width);
  return figures["decoding-width"]({
    widths: of.map((width) => ({ width, per: per(width), prefixes: 50 * width ** 0.9 })),
    greedyPart: [0.18],
  });
}

/** Trainings whose blanks give way at 200 and 400, one seed a little later than another. */
function blanks(seeds: number, rows: number): SVGSVGElement {
  const course = (end: number) => ({
    rows: Array.from({ length: seeds }, (_, seed) =>
      Array.from({ length: rows }, (_, n) => {
        const iter = 1000 * (n + 1) / rows;
        const s = 1 / (1 + Math.exp((iter - end - 20 * seed) / 20));
        return {
          iter,
          per: s,
          blankRate: 0.6 + 0.4 * s,
          blankPosterior: 0.6 + 0.3 * s,
          spikesPerLabel: 1 - s,
          entropy: 1.2 * s,
          silence: 0.3,
        };
      })),
  });
  return blankFigures["blank-curves"]({ courses: { blstm: course(200), lstm: course(400) } });
}

const final = (silence: number, blankInPhones: number) => ({
  ...{ blankRate: [0.6], spikeWidth: [3], silence: [silence] },
  ...{ blankInSilence: [0.95], blankInPhones: [blankInPhones] },
});
const durations = { short: final(0.5, 0.3), own: final(0.35, 0.5), long: final(0.2, 0.8) };

function movement(): SVGSVGElement {
  return movementFigures["movement-by-tensor"]({
    steps: [{
      cost: 100,
      bySection: {
        forward: { Wh: 30, x: 5, gates: 3 },
        CTC: { "α": 0.2, "log p": 0.1, logits: 0.1 },
        backward: { Wh: 20, dz: 22, "dx, copies": 8, dWh: 5 },
        update: { "Adam m": 6 },
      },
    }],
  });
}

function costs(lengths: readonly number[]): SVGSVGElement {
  return movementFigures["ctc-cost-by-length"]({
    costs: lengths.map((T) => ({
      T,
      by: each((variant) => {
        const cost = variant === "tables" ? 30 * T ** 0.6 : 20 + variant.length + T ** 0.6;
        return { reads: T, cost, peak: T };
      }),
    })),
  });
}
