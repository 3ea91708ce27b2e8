import {
  advantage,
  advantageText,
  depthCorpora,
  depthExperiment,
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
    subtitle = "A dot is one training, a cross one that never got there; lines join medians.",
  } = options;
  const { iters: cap } = scaleExperiment("blstm", scales.phonemes[0], 0);
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
        note: advantageText(advantage(blstm, lstm, cap)),
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
 * The sweep `depth`: when BLSTMs of one, two and three layers and a pyramid solve both corpora.
 *
 * @param runs Of the sweep.
 */
export function depthDots(runs: readonly Run[], options: Heading = {}): SVGSVGElement {
  const {
    title = "Iterations to a phoneme error rate of 0.05, by depth at equal weights",
    subtitle = "A dot is one training, a cross one that never got there; lines join medians.",
  } = options;
  const names = Object.keys(depthModels) as (keyof typeof depthModels)[];
  const { iters: cap } = depthExperiment(names[0], "base", 0);
  const panel = (name: string, corpus: keyof typeof depthCorpora): SolvedPanel => ({
    name,
    groups: names.map((model) => {
      const solved = solvedBy(
        runs.filter(({ experiment }) =>
          experiment.name === depthExperiment(model, corpus, experiment.seed).name
        ),
      );
      return {
        name: `${model}\nof ${depthModels[model].hidden} cells`,
        note: `${medianSolved(solved) ?? "never"}`,
        runs: dots("blstm", solved),
      };
    }),
  });
  const { phonemes, cluster } = depthCorpora.hard;
  return iterationsToSolveDots(
    [
      panel("the write-up's corpus: 6 phonemes, 2 per onset", "base"),
      panel(`${phonemes} phonemes, ${cluster} per onset`, "hard"),
    ],
    { title, subtitle, cap, noteName: "median" },
  );
}

function dots(kind: SolvedRun["kind"], solved: Solved): SolvedRun[] {
  return solved.map((iterations) => ({ kind, iterations }));
}
