import { type Experiment, Training } from "lib/training/mod.ts";
import { smallExperiment } from "./experiments.ts";
import { fakeVoices } from "./fake_voices.ts";
import { type Case, type Change, grid, type Part } from "./option_cases/case.ts";
import { corpusCases } from "./option_cases/corpora.ts";
import { criterionCases } from "./option_cases/criteria.ts";
import { evaluationCases } from "./option_cases/evaluations.ts";
import { layerCases } from "./option_cases/layers.ts";
import { modelCases } from "./option_cases/models.ts";
import { attentionCases, transducerCases } from "./option_cases/systems.ts";
import { trainingCases } from "./option_cases/training.ts";

export type { Case, Part };

/** Every option by its place in the form. */
export const cases: Record<string, Case> = {
  ...trainingCases,
  ...corpusCases,
  ...modelCases,
  ...layerCases,
  ...criterionCases,
  ...transducerCases,
  ...attentionCases,
  ...evaluationCases,
};

/**
 * The places of all options in a form; what decides on other options is not one. A form that holds
 * itself, and any other with kinds, is entered once.
 */
// deno-lint-ignore no-explicit-any -- the form is data
export function optionsOf(form: any, path = "", entered = new Set()): string[] {
  const under = (fields: object, at: string) =>
    Object.entries(fields).flatMap(([key, f]) =>
      optionsOf(f, at === "" ? key : `${at}.${key}`, entered)
    );
  switch (form.is) {
    case "record":
      return under(form.fields, path);
    case "variants":
      if (entered.has(form.of)) return [path];
      entered.add(form.of);
      return Object.entries(form.of).flatMap(([kind, fields]) =>
        under(fields as object, `${path}.${kind}`)
      );
    case "list":
      return ["record", "variants"].includes(form.of.is)
        ? optionsOf(form.of, path, entered)
        : [path];
    default:
      return [path];
  }
}

/** An experiment of a few steps, everything measured. */
export function shortExperiment(change: Change = {}): Experiment {
  return smallExperiment({ iters: 4, evaluations: [grid], ...change });
}

/** The opened data set of an experiment that hears voices; others open their own. */
export function dataOf({ corpus }: Experiment) {
  return corpus.kind === "voices" ? fakeVoices(corpus) : undefined;
}

/** What comes of a few steps. */
export async function outcomeOf(experiment: Experiment): Promise<Record<Part, string>> {
  const data = dataOf(experiment);
  const training = new Training(experiment, { data });
  const evaluation = JSON.stringify(training.evaluate(experiment.evaluations[0]));
  const { loss, gradNorm } = training.step();
  const whole = new Training(experiment, { data });
  const rows = (await Array.fromAsync(whole.rows())).map(({ every, iter }) => [every, iter]);
  const weights = Object.entries(whole.params).map(([name, { data }]) => `${name} ${data}`);
  return {
    loss: String(loss),
    gradient: String(gradNorm),
    weights: weights.join(),
    evaluation,
    rows: rows.map(([_, iter]) => iter).join(),
  };
}
