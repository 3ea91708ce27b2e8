import { dotRows, linePanels, meanLine, palette } from "../../figures/mod.ts";
import type { EvaluationRow } from "../../training/mod.ts";
import type { Floors } from "./floors.ts";
import { lengths, listeners, type Results } from "./results.ts";
import { type Criterion, EVERY, ITERS, type SystemName, systemNames, systems } from "./sweep.ts";
import { titles } from "./titles.ts";

/** The study's figures, by the names of their files. */
export const figures = { "homophones": errorRows, "homophones-agreement": agreementCurves };

/** The colours of the systems, here and wherever they learn. */
export const colors: Readonly<Record<Criterion, string>> = {
  ctc: palette.blstm,
  transducer: palette.brnn,
  attention: palette.lstm,
};

/** Error by system; what can be known at best as lines. */
function errorRows({ floors, errors, search }: Results): SVGSVGElement {
  const row = (name: SystemName) => ({
    name: titles[name],
    color: colors[systems[name].criterion],
    values: errors[name],
  });
  const [first, ...rest] = systemNames;
  const rows = [
    row(first),
    { name: "… and a bigram model of text", color: palette.ffnn, values: search.fused },
    ...rest.map(row),
  ];
  return dotRows(rows, {
    title: "CTC learns what can be heard, and no language beside it",
    subtitle:
      "Label error rate, errors per label; a dot is one seed, the bar their mean. Broken lines: the " +
      "least that is possible for a decoder that decides on every word by its own sound, and for " +
      "one that hears all of the text.",
    x: {
      label: "label error rate",
      domain: [0, 0.35],
      ticks: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35],
    },
    format: (rate) => rate.toFixed(2),
    references: [
      { value: floors.errorByText, name: "all heard" },
      { value: floors.errorByWord, name: "a word alone" },
    ],
    left: 250,
  });
}

/** How the label error rate falls while systems that hear one word learn, and the floor of that word. */
export function learningCurves(
  runs: readonly { readonly name: Criterion; readonly rows: readonly EvaluationRow[] }[],
  { errorByWord }: Pick<Floors, "errorByWord">,
): SVGSVGElement {
  return linePanels({
    title: "CTC stops where the others go on",
    subtitle: "Label error rate on 64 fresh texts; all three hear one word at a time.",
    x: { label: "iteration", domain: [0, ITERS], ticks: [0, 500, 1000, 1500, 2000] },
    height: 200,
    panels: [{
      title: "label error rate",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (rate) => rate.toFixed(2),
      series: [
        ...runs.map(({ name, rows }) => ({
          name: titles[`${name}, one word`].split(",")[0],
          color: colors[name],
          points: rows.filter(({ every }) => every === EVERY).map(({ iter, per }) =>
            [iter, per] as const
          ),
        })),
        {
          name: "a word alone",
          color: palette.muted,
          dashed: true,
          points: [[0, errorByWord], [ITERS, errorByWord]],
        },
      ],
    }],
  });
}

/** How probable a model finds it that words agree, by their number. */
function agreementCurves({ agreement, independent }: Results): SVGSVGElement {
  const line = (values: readonly number[]) => lengths.map((n, i) => [n, values[i]] as const);
  return linePanels({
    title: "Words that are spelt independently seldom agree",
    subtitle:
      "Probability that a model gives to the two spellings whose words agree, of texts without " +
      "article. All systems hear the whole text; thin lines are single seeds.",
    x: { label: "words of the text", domain: [2, 5], ticks: lengths },
    right: 190,
    height: 220,
    panels: [{
      title: "probability of the two spellings that agree",
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      format: (p) => p.toFixed(2),
      series: [
        ...listeners.map((name) => ({
          name: titles[name].split(",")[0],
          color: colors[systems[name].criterion],
          dots: true,
          ...meanLine(lengths, agreement[name]),
        })),
        {
          name: "independent, computed",
          color: palette.muted,
          dashed: true,
          points: line(independent),
        },
      ],
    }],
  });
}
