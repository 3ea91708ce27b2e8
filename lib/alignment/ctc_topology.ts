import { type Arc, type State, type Topology, topology } from "./topology.ts";
import { requireTarget } from "./target.ts";

/**
 * The CTC topology of a target a₁ … a_L: the 2L + 1 states ε a₁ ε a₂ … a_L ε. Every state loops
 * and leads to the next; a blank between two different labels may be skipped.
 *
 * @param target Labels, whole numbers from 0 to 2^31 - 1 other than blank; may be empty.
 * @param options.blank The blank label ε; defaults to 0.
 * @throws {RangeError} If a label is anything else.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { labels, minimumFrames } = ctcTopology([2, 2]);
 * assertEquals([...labels], [0, 2, 0, 2, 0]);
 * assertEquals(minimumFrames, 3); // the blank between equal labels cannot be skipped
 * ```
 *
 * Source: Graves et al. 2006, section 4.1; the alignment paper, Fig. 4.
 */
export function ctcTopology(
  target: readonly number[],
  options: { blank?: number } = {},
): Topology {
  return blankTopology(target, options.blank ?? 0, (a, b) => a !== b);
}

/**
 * The topology of alignments from gradients: as {@link ctcTopology}, but any blank may be skipped,
 * also the one between two equal labels.
 *
 * @param target Labels, whole numbers from 0 to 2^31 - 1 other than blank; may be empty.
 * @param options.blank The blank label ε; defaults to 0.
 * @throws {RangeError} If a label is anything else.
 *
 * @example
 * ```ts
 * import { gradientTopology } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(gradientTopology([2, 2]).minimumFrames, 2);
 * ```
 *
 * Source: the alignment paper, section 5.
 */
export function gradientTopology(
  target: readonly number[],
  options: { blank?: number } = {},
): Topology {
  return blankTopology(target, options.blank ?? 0, () => true);
}

/** ε a₁ ε a₂ … a_L ε, where the blank between labels that `mayTouch` may be skipped. */
function blankTopology(
  target: readonly number[],
  blank: number,
  mayTouch: (a: number, b: number) => boolean,
): Topology {
  requireTarget(target, blank);
  const S = 2 * target.length + 1;
  const states: State[] = [];
  const arcs: Arc[] = [];
  for (let s = 0; s < S; s++) {
    const isLabel = s % 2 === 1;
    const place = (s - 1) / 2;
    states.push({
      label: isLabel ? target[place] : blank,
      index: isLabel ? place : -1,
      initial: s < 2 ? 0 : undefined,
      final: s >= S - 2 ? 0 : undefined,
    });
    arcs.push([s, s]);
    if (s >= 1) arcs.push([s - 1, s]);
    if (isLabel && place >= 1 && mayTouch(target[place - 1], target[place])) arcs.push([s - 2, s]);
  }
  return topology(states, arcs);
}

/**
 * The fewest frames that a CTC path for the target can have: L + the number of adjacent repeats
 * (and 1 for an empty target, as a sequence has at least one frame).
 *
 * Source: Graves et al. 2006, section 4.1.
 */
export function ctcMinimumFrames(target: readonly number[]): number {
  const repeats = target.filter((label, i) => i > 0 && label === target[i - 1]).length;
  return Math.max(1, target.length + repeats);
}
