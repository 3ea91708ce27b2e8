import { type Arc, type State, type Topology, topology } from "./topology.ts";

/**
 * How the paths of a prefix are counted:
 *
 * - `"partial"`: every y₁ … yₜ that stands for exactly the prefix, at every t it may end. A path that
 *   lingers in the prefix's last label, or in the blank after it, counts once for every frame.
 * - `"entered"`: every path once, at the frame where it enters the last label.
 */
export type PrefixReading = "partial" | "entered";

/**
 * The topology of a prefix: every path that is in the prefix's last label or in the blank after it
 * (`"partial"`), or has just entered the label (`"entered"`), and then anything. "Anything" is one
 * more state, which emits `wildcard` and loops.
 *
 * @param of A topology whose places rise and whose arcs never lead back, as those of this project.
 * @param place The place in the target of the last label of the prefix; -1 for the empty prefix,
 * which is blank alone and cannot be entered.
 * @param wildcard A label that stands for any label, with a log-probability of 0 at every frame.
 * @param reading Defaults to `"partial"`.
 * @throws {RangeError} If no state has that place, or an arc leads back.
 *
 * Source: the alignment paper, eq. 23 (partial); Hori et al. 2017, eqs. 10 and 11 (entered).
 */
export function prefixTopology(
  of: Topology,
  place: number,
  wildcard: number,
  reading: PrefixReading = "partial",
): Topology {
  const { labels, index, initial, outgoing: { start, state, logWeight } } = of;
  const entered = reading === "entered";
  const first = place === -1 && !entered ? 0 : index.indexOf(place); // that completes the prefix
  if (first < 0 || place < 0 && entered) {
    throw new RangeError(`Cannot take a prefix as there is no label at place ${place}`);
  }
  const later = index.findIndex((other) => other > place);
  const end = entered ? first + 1 : later < 0 ? labels.length : later;
  const states: State[] = [];
  const arcs: Arc[] = [];
  for (let s = 0; s < end; s++) {
    const complete = s >= first;
    states.push({
      label: labels[s],
      index: index[s],
      initial: initial[s],
      final: complete ? 0 : undefined,
    });
    if (complete) arcs.push([s, end]);
    if (complete && entered) continue;
    for (let a = start[s]; a < start[s + 1]; a++) {
      if (state[a] < s) {
        throw new RangeError(`Cannot take a prefix as arc ${s} -> ${state[a]} leads back`);
      }
      if (state[a] < end) arcs.push([s, state[a], logWeight[a]]);
    }
  }
  states.push({ label: wildcard, index: -1, final: 0 });
  arcs.push([end, end]);
  return topology(states, arcs);
}
