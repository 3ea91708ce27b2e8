import type { MovementCost } from "../bytedmd/mod.ts";
import { linePanels } from "./line_panels.ts";
import type { Heading } from "./panels.ts";
import { stackedBars } from "./stacked_bars.ts";

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

/** What to say of the step. */
export interface MovementOptions extends Heading {
  /** How many sequences it is taken on; defaults to 1. */
  readonly sequences?: number;
}

/**
 * Where the data movement of a training step goes: a bar per tensor, in parts by section.
 *
 * @param cost Of a trace of `traceTrainingStep`.
 *
 * @example
 * ```ts
 * import { movementByTensor } from "lib/figures/mod.ts";
 *
 * movementByTensor({ cost: 10, bySection: { forward: { Wh: 8 }, CTC: { "α": 2 } } });
 * ```
 */
export function movementByTensor(
  { cost, bySection }: Pick<MovementCost, "cost" | "bySection">,
  options: MovementOptions = {},
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
  const { sequences = 1 } = options;
  const step = sequences === 1 ? "one sequence" : `${sequences} sequences`;
  const {
    title = `Where the data moves in a training step on ${step}`,
    subtitle = "Share of the cost of all reads, by the tensor that is read and the part of the " +
      "step that reads it.",
  } = options;
  return stackedBars({
    title,
    subtitle,
    parts: sections,
    bars: sorted.map(([name, values]) => ({ name, values, note: percent(sum(values)) })),
    format: (value) => value >= 0.01 ? percent(value) : "",
  });
}

/** 12.3 %, and two significant digits below 1 %. */
function percent(share: number): string {
  return `${100 * share < 1 ? Number((100 * share).toPrecision(2)) : (100 * share).toFixed(1)} %`;
}

/** What one variant of CTC costs at one length. */
export interface CtcCostPoint {
  readonly variant: string;
  /** Number of frames. */
  readonly T: number;
  /** Cost of all reads. */
  readonly cost: number;
}

/** Stretches of α have a colour, probabilities in place of logs are broken lines. */
const variantStyles: Readonly<Record<string, { color: string; dashed?: boolean }>> = {
  fused: { color: "#1f7a70" },
  checkpointed: { color: "#9a5b00" },
  rescaled: { color: "#552a85", dashed: true },
  lean: { color: "#c2410c", dashed: true },
};

/**
 * How many times less than `tables` the other variants of CTC move, by the length of the sequence.
 *
 * @param points Those of `tables` at every length, and of the others.
 *
 * @example
 * ```ts
 * import { ctcCostByLength } from "lib/figures/mod.ts";
 *
 * ctcCostByLength([32, 64].flatMap((T) => [
 *   { variant: "tables", T, cost: 3 * T ** 1.5 },
 *   { variant: "fused", T, cost: T },
 * ]));
 * ```
 */
export function ctcCostByLength(
  points: readonly CtcCostPoint[],
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "The longer the sequence, the more the tables of CTC cost",
    subtitle = "All compute the same loss and the same gradient; broken lines in probabilities, " +
      "the others in logs.",
  } = options;
  const [tables, others] = [true, false].map((own) =>
    points.filter(({ variant }) => (variant === "tables") === own)
  );
  const gain = ({ T, cost }: CtcCostPoint) => tables.find((point) => point.T === T)!.cost / cost;
  const lengths = [...new Set(points.map(({ T }) => T))].sort((a, b) => a - b);
  const top = Math.ceil(Math.max(...others.map(gain)) / 2) * 2;
  return linePanels({
    title,
    subtitle,
    height: 260,
    x: {
      label: "frames T (log scale)",
      domain: [lengths[0], lengths[lengths.length - 1]],
      scale: "log",
      ticks: lengths,
    },
    panels: [{
      title: "How many times less a variant moves than the tables do",
      domain: [0, top],
      ticks: Array.from({ length: top / 2 + 1 }, (_, n) => 2 * n),
      format: (times) => `${times}×`,
      series: [...Map.groupBy(others, ({ variant }) => variant)].map(([name, line]) => ({
        name,
        ...variantStyles[name],
        color: variantStyles[name]?.color ?? "#5a6673",
        dots: true,
        points: line.map((point) => [point.T, gain(point)] as const),
      })),
    }],
  });
}
