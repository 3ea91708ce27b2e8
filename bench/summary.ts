/** What is said of the times of one contender at one workload, milliseconds. */
export interface Summary {
  readonly medianMs: number;
  readonly q1Ms: number;
  readonly q3Ms: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly samples: number;
}

/**
 * Median, quartiles and ends of some times.
 *
 * @throws {RangeError} If there are none.
 */
export function summarize(ms: readonly number[]): Summary {
  if (ms.length === 0) throw new RangeError("Cannot summarize as there must be at least one time");
  const sorted = ms.toSorted((a, b) => a - b);
  return {
    medianMs: quantile(sorted, 0.5),
    q1Ms: quantile(sorted, 0.25),
    q3Ms: quantile(sorted, 0.75),
    minMs: sorted[0],
    maxMs: sorted[sorted.length - 1],
    samples: sorted.length,
  };
}

/** The p-quantile of sorted numbers: linear between the nearest two. */
export function quantile(sorted: readonly number[], p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
