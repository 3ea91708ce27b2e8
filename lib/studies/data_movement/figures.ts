import { stackedBars } from "../../figures/mod.ts";
import { gainOf, variants } from "./ctc_costs.ts";
import type { Results, Step } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "movement-by-tensor": movementByTensor,
  "ctc-cost-by-length": ctcCostByLength,
};

const sections = [
  { name: "forward", color: "#8fcabb" },
  { name: "backward", color: "#1f7a70" },
  { name: "update", color: "#b69bd3" },
  { name: "CTC", color: "#c2410c" },
] as const;

/** Tensors of one bar each, in words; what is in none of them keeps its own name. */
const groups: Readonly<Record<string, readonly string[]>> = {
  "gates, c, h of both LSTMs": ["gates", "c", "tanh c", "h"],
  "dWx, dWh, dWy": ["dWx", "dWh", "dWy", "db", "dby"],
  "biases": ["b", "by"],
  "Adam's means": ["Adam m", "Adam v"],
  "logits and their gradient": ["logits", "dLogits"],
  "log p, emission, occupancy": ["log p", "emission", "occupancy"],
};

/** Where the data moves in a step on one sequence: a bar per tensor, in parts by section. */
function movementByTensor(
  { steps: [{ cost, bySection }] }: { steps: readonly Pick<Step, "cost" | "bySection">[] },
): SVGSVGElement {
  const groupOf = (tensor: string) =>
    Object.keys(groups).find((name) => groups[name].includes(tensor)) ?? tensor;
  const bars = new Map<string, number[]>();
  for (const [section, tensors] of Object.entries(bySection)) {
    const part = sections.findIndex(({ name }) => name === section);
    for (const [tensor, value] of Object.entries(tensors)) {
      const values = bars.get(groupOf(tensor)) ?? sections.map(() => 0);
      values[part] += value / cost;
      bars.set(groupOf(tensor), values);
    }
  }
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const sorted = [...bars].sort(([, a], [, b]) => sum(b) - sum(a));
  return stackedBars({
    title: "The weights of the recurrence move most; CTC hardly shows",
    subtitle: "One training step on one sequence: share of the cost of all reads, by the tensor " +
      "that is read and the part of the step that reads it.",
    parts: sections,
    bars: sorted.map(([name, values]) => ({ name, values, note: percent(sum(values)) })),
    format: (value) => value >= 0.01 ? percent(value) : "",
  });
}

/** 12.3 %, and two significant digits below 1 %. */
function percent(share: number): string {
  return `${100 * share < 1 ? Number((100 * share).toPrecision(2)) : (100 * share).toFixed(1)} %`;
}

/** Variants that count in probabilities; the others count in logs. */
const inProbabilities: readonly string[] = ["rescaled", "lean"];

/** How many times less than the tables the other variants of CTC move, by length. */
function ctcCostByLength({ costs }: Pick<Results, "costs">): SVGSVGElement {
  const others = variants.filter((variant) => variant !== "tables");
  return stackedBars({
    title: "The longer the sequence, the more the tables of CTC cost",
    subtitle:
      "How many times less a variant moves than the tables do, by the number of frames T. " +
      "All compute the same loss and the same gradient.",
    parts: [
      { name: "in logs", color: "#1f7a70" },
      { name: "in probabilities", color: "#552a85" },
    ],
    bars: costs.flatMap((of) =>
      others.map((variant) => {
        const gain = gainOf(of, variant), logs = !inProbabilities.includes(variant);
        return {
          name: `T = ${of.T}, ${variant}`,
          values: logs ? [gain, 0] : [0, gain],
          note: `${gain.toFixed(2)}×`,
        };
      })
    ),
  });
}
