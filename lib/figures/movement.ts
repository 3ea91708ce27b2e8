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
  options: Heading = {},
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
  const {
    title = "Where the data movement of a training step goes",
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
  /** Cost divided by T · S, the number of states at all frames. */
  readonly perState: number;
}

const variantColors = ["#5a6673", "#1f7a70", "#9a5b00", "#552a85", "#c2410c"];

/**
 * What a state at a frame costs, by the length of the sequence, a line per variant of CTC.
 *
 * @example
 * ```ts
 * import { ctcCostByLength } from "lib/figures/mod.ts";
 *
 * ctcCostByLength([32, 64].map((T) => ({ variant: "tables", T, perState: T })));
 * ```
 */
export function ctcCostByLength(
  points: readonly CtcCostPoint[],
  options: Heading = {},
): SVGSVGElement {
  const {
    title = "What longer sequences do to the cost of CTC",
    subtitle =
      "Every variant computes the same loss and the same gradient. What it keeps decides " +
      "how far away its operands are.",
  } = options;
  const variants = [...Map.groupBy(points, ({ variant }) => variant)];
  const lengths = [...new Set(points.map(({ T }) => T))].sort((a, b) => a - b);
  const costs = points.map(({ perState }) => perState);
  const decades = (value: number) => Math.log10(value);
  const low = Math.floor(decades(Math.min(...costs)) + 1e-9);
  const high = Math.ceil(decades(Math.max(...costs)) - 1e-9);
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
      title: "Cost of all reads, divided by T frames × S states (log scale)",
      domain: [10 ** low, 10 ** Math.max(high, low + 1)],
      scale: "log",
      ticks: Array.from({ length: Math.max(high - low, 1) + 1 }, (_, n) => 10 ** (low + n)),
      series: variants.map(([name, line], n) => ({
        name,
        color: variantColors[n % variantColors.length],
        dots: true,
        points: line.map(({ T, perState }) => [T, perState] as const),
      })),
    }],
  });
}
