import {
  advantage,
  advantageText,
  depthCorpora,
  type DepthCorpus,
  depthExperiment,
  type DepthModel,
  depthModel,
  depthModels,
  medianSolved,
  type Run,
  type Scale,
  scaleExperiment,
  scales,
  type Solved,
  solvedAtScale,
  solvedBy,
} from "../experiments/mod.ts";
import { iterationsToSolveDots, type SolvedPanel, type SolvedRun } from "./iterations_to_solve.ts";
import type { Heading } from "./panels.ts";

/**
 * The sweep `scale`: when BLSTM and LSTM solve their task as one thing grows, and their ratio.
 *
 * @param runs Of the sweep; a scale that has none is left out.
 */
export function scaleDots(runs: readonly Run[], options: Heading = {}): SVGSVGElement {
  const {
    title = "Iterations to a phoneme error rate of 0.05, as the task grows",
    subtitle = subtitleOf(runs),
  } = options;
  const capOf = (scale: Scale) => scaleExperiment("blstm", scale, 0).iters;
  const cap = Math.max(...Object.values(scales).flat().map(capOf));
  const panel = (
    name: string,
    list: readonly Scale[],
    nameOf: (scale: Scale) => string,
  ): SolvedPanel => ({
    name,
    groups: list.flatMap((scale) => {
      const { blstm, lstm } = solvedAtScale(runs, scale);
      if (blstm.length === 0) return [];
      return [{
        name: nameOf(scale),
        note: advantageText(advantage(blstm, lstm, capOf(scale))),
        runs: [...dots("blstm", blstm), ...dots("lstm", lstm)],
      }];
    }),
  });
  return iterationsToSolveDots(
    [
      panel("phonemes", scales.phonemes, ({ phonemes }) => `${phonemes}`),
      panel("phonemes per onset", scales.clusters, ({ cluster }) => `${cluster} of 24`),
      panel("phones in a sequence", scales.lengths, ({ phones }) => phones.join("–")),
      panel("64 cells", scales.cells, ({ phonemes }) => `K = ${phonemes}`),
    ].filter(({ groups }) => groups.length > 0),
    { title, subtitle, cap, noteName: "LSTM / BLSTM" },
  );
}

/**
 * The sweep `depth`: when BLSTMs of one, two and three layers and a pyramid solve their corpora.
 *
 * @param runs Of the sweep.
 */
export function depthDots(runs: readonly Run[], options: Heading = {}): SVGSVGElement {
  const {
    title = "Iterations to a phoneme error rate of 0.05, by depth at equal weights",
    subtitle = subtitleOf(runs),
  } = options;
  const names = Object.keys(depthModels) as DepthModel[];
  const corpora = Object.keys(depthCorpora) as DepthCorpus[];
  const panel = (corpus: DepthCorpus): SolvedPanel => ({
    name: depthCorpusName(corpus),
    groups: names.map((model) => {
      const solved = solvedBy(
        runs.filter(({ experiment }) =>
          experiment.name === depthExperiment(model, corpus, experiment.seed).name
        ),
      );
      return {
        name: `${model.replace(" of 2", "")}\n${depthModel(model, corpus).hidden} cells`,
        note: `${medianSolved(solved) ?? "never"}`,
        apart: "pyramid" in depthModels[model],
        runs: dots("blstm", solved),
      };
    }),
  });
  const cap = Math.max(...corpora.map((corpus) => depthExperiment(names[0], corpus, 0).iters));
  return iterationsToSolveDots(corpora.map(panel), { title, subtitle, cap, noteName: "median" });
}

/** "24 phonemes, 4 per onset" */
function depthCorpusName(corpus: DepthCorpus): string {
  const { phonemes, cluster } = depthCorpora[corpus];
  return `${phonemes} phonemes, ${cluster} per onset`;
}

function subtitleOf(runs: readonly Run[]): string {
  const unsolved = solvedBy(runs).some((iterations) => iterations === undefined);
  return `A dot is one training${unsolved ? ", a cross one that never got there" : ""}; ` +
    "lines join medians.";
}

function dots(kind: SolvedRun["kind"], solved: Solved): SolvedRun[] {
  return solved.map((iterations) => ({ kind, iterations }));
}
