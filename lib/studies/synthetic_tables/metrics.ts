import type { Spread } from "../../numeric/mod.ts";

/** What every synthetic table of the alignment paper measures. */
export type Metric = "per" | "frameCe" | "blank" | "tse";

/** Something of every metric. */
export type ByMetric<T> = Readonly<Record<Metric, T>>;

/** How each metric is called, in which unit, and how many decimals the paper prints. */
export const metrics: ByMetric<
  { readonly name: string; readonly unit: string; readonly digits: number }
> = {
  per: { name: "LER", unit: "%", digits: 1 },
  frameCe: { name: "fw. CE", unit: "nats", digits: 2 },
  blank: { name: "E p(ε)", unit: "%", digits: 0 },
  tse: { name: "TSE", unit: "frames", digits: 1 },
};

/** Makes something of every metric. */
export function byMetric<T>(make: (metric: Metric) => T): ByMetric<T> {
  return { per: make("per"), frameCe: make("frameCe"), blank: make("blank"), tse: make("tse") };
}

/** A metric with its unit, as a heading: "LER [%]". */
export function headingOf(metric: Metric): string {
  const { name, unit } = metrics[metric];
  return `${name} [${unit}]`;
}

/** One unit of the last digit that the paper prints. */
export function lastDigit(metric: Metric): number {
  return 10 ** -metrics[metric].digits;
}

/** μ ± σ with the digits that the paper prints; "–" where our copy has no figure. */
export function formatSpread({ mean, deviation }: Spread, metric: Metric): string {
  const { digits } = metrics[metric];
  if (Number.isNaN(mean)) return "–";
  const sigma = Number.isNaN(deviation) ? "" : ` ± ${deviation.toFixed(digits)}`;
  return mean.toFixed(digits) + sigma;
}
