import { ctcTopology } from "../../alignment/mod.ts";
import { fullSum } from "../../criteria/mod.ts";
import { collapse, greedyDecode, prefixBeamSearch } from "../../decoding/mod.ts";
import { beamDecoder, type ReadableStore, seedsOf } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/read_sweep.ts";
import { matrix, mean } from "../../numeric/mod.ts";
import { beamErrors, decodingErrorRate, type DecodingSet, decodingSets } from "./decoding_set.ts";
import { type FusionGain, fusionGain } from "./fusion.ts";
import {
  CONTRAST,
  contrasts,
  developmentSeeds,
  experiment,
  noises,
  sweep,
  tuningSeeds,
} from "./sweep.ts";

/** Width of the beam where nothing else is said, and the widths that it is tried with. */
export const WIDTH = 16;
export const widths: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Held-out sequences at each seed that is reported. */
export const SEQUENCES = 128;
/** Sequences at each seed that weight and bonus are chosen on. */
const TUNING_SEQUENCES = 32;
/** Sequences of its own that a corpus's weight and bonus are chosen on. */
const OWN_SEQUENCES = 64;
/** Sequences at each seed that widths are compared on. */
export const WIDTH_SEQUENCES = 32;

/** What a network was trained on: labels of the chain, or labels drawn blindly. */
export type Network = "heard" | "blind";

/** The gain of a language model at one contrast of the chain. */
export interface ContrastGain extends FusionGain {
  readonly contrast: number;
}

/** What one width of the beam gives. */
export interface WidthErrors {
  readonly width: number;
  /** Seed by seed. */
  readonly per: readonly number[];
  /** Prefixes looked at for each sequence, mean. */
  readonly prefixes: number;
}

/** What decoders come to; PER is a share, one value a seed. */
export interface Results {
  /** The constructed example: labelling of the best path, and the best labelling. */
  readonly toy: { readonly greedy: string; readonly best: string };
  /** Greedy PER of every noise at the development seeds. */
  readonly chosen: readonly { readonly noise: number; readonly per: readonly number[] }[];
  /** Sequences of which the beam finds a likelier labelling than the best path's, %. */
  readonly likelier: readonly number[];
  readonly greedy: readonly number[];
  /** PER with the language model, weight and bonus chosen for each corpus by itself. */
  readonly fusedByOwn: readonly number[];
  /** What a language model is worth to either network, the sharpest chain first. */
  readonly gains: Readonly<Record<Network, readonly ContrastGain[]>>;
  readonly widths: readonly WidthErrors[];
  /** Of the sequences that widths are compared on. */
  readonly greedyPart: readonly number[];
}

/**
 * Decodes held-out sequences with the models of the sweep `decoding`; takes half a minute.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If a run or its weights are not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const seeds = seedsOf(sweep);
  const gains: Record<Network, ContrastGain[]> = { heard: [], blind: [] };
  for (const contrast of contrasts.toReversed()) {
    const tuning = await bothSets(store, contrast, tuningSeeds, TUNING_SEQUENCES);
    const reported = await bothSets(store, contrast, seeds, SEQUENCES);
    for (const network of ["heard", "blind"] as const) {
      const gain = fusionGain(tuning[network], reported[network], WIDTH);
      gains[network].push({ contrast, ...gain });
    }
  }
  const models = seeds.map((seed) => experiment(seed));
  const sets = await decodingSets(store, models, SEQUENCES);
  const lms = sets.map(({ lm }) => lm);
  const own = await decodingSets(store, models, OWN_SEQUENCES, { apart: true, models: lms });
  return {
    toy: toyLabellings(),
    chosen: await greedyByNoise(store),
    likelier: sets.map(likelierShare),
    greedy: sets.map((set) => decodingErrorRate(set, greedyDecode)),
    fusedByOwn: sets.map((set, n) => fusionGain([own[n]], [set], WIDTH).fused[0]),
    gains,
    ...byWidth(sets),
  };
}

/** The gain at the contrast of the hard corpus, of gains at all contrasts, the sharpest first. */
export function atContrast<Gain>(gains: readonly Gain[]): Gain {
  return gains[contrasts.toReversed().indexOf(CONTRAST)];
}

/** Two frames, blank ε and one label a: every path, and what greedy decoding and a beam find. */
export const toy = {
  /** [2, 2] log-probabilities, nats */
  logProbs: matrix(2, 2, [0.6, 0.4, 0.6, 0.4].map(Math.log)),
  paths: [[0, 0], [0, 1], [1, 0], [1, 1]],
};

/** The paths of the constructed example: their probability, and that of all of their labelling. */
export function toyPaths() {
  const { logProbs, paths } = toy;
  return paths.map((path) => ({
    path: written(path),
    probability: Math.exp(path.reduce((sum, k, t) => sum + logProbs.data[2 * t + k], 0)),
    labelling: written(collapse(path)),
    ofLabelling: Math.exp(fullSum(logProbs, ctcTopology(collapse(path))).logScore),
  }));
}

function toyLabellings(): Results["toy"] {
  return {
    greedy: written(greedyDecode(toy.logProbs)),
    best: written(prefixBeamSearch(toy.logProbs, { beamWidth: 4 })[0].labels),
  };
}

function written(labels: readonly number[]): string {
  return labels.map((k) => "εa"[k]).join("") || "(nothing)";
}

/** Both networks are asked for the same labels, so that they share their language models. */
async function bothSets(
  store: ReadableStore,
  contrast: number,
  seeds: readonly number[],
  sequences: number,
): Promise<Record<Network, DecodingSet[]>> {
  const trainedOn = (contrast: number) => seeds.map((seed) => experiment(seed, { contrast }));
  const heard = await decodingSets(store, trainedOn(contrast), sequences);
  const models = heard.map(({ lm }) => lm);
  const blind = await decodingSets(store, trainedOn(0), sequences, { contrast, models });
  return { heard, blind };
}

async function greedyByNoise(store: ReadableStore): Promise<Results["chosen"]> {
  const runs = await readSweep(store, "decoding", sweep);
  const per = (noise: number, seed: number) =>
    runs.find(({ key }) => key.noise === noise && key.contrast === CONTRAST && key.seed === seed)!
      .run.rows.at(-1)!.per;
  return noises.map((noise) => ({
    noise,
    per: developmentSeeds.map((seed) => per(noise, seed)),
  }));
}

function likelierShare({ posteriors }: DecodingSet): number {
  const beam = beamDecoder({ beamWidth: WIDTH });
  const better = posteriors.filter((p) => {
    const score = (labels: readonly number[]) => fullSum(p, ctcTopology(labels)).logScore;
    return score(beam(p)) > score(greedyDecode(p)) + 1e-9;
  });
  return 100 * better.length / posteriors.length;
}

function byWidth(sets: readonly DecodingSet[]): Pick<Results, "widths" | "greedyPart"> {
  const part = sets.map((set) => ({
    ...set,
    posteriors: set.posteriors.slice(0, WIDTH_SEQUENCES),
    targets: set.targets.slice(0, WIDTH_SEQUENCES),
  }));
  return {
    greedyPart: part.map((set) => decodingErrorRate(set, greedyDecode)),
    widths: widths.map((width) => {
      const errors = part.map((set) => beamErrors(set, width));
      return {
        width,
        per: errors.map(({ per }) => per),
        prefixes: mean(errors.map(({ prefixes }) => prefixes)),
      };
    }),
  };
}
