import { type Arc, type State, type Topology, topology } from "./topology.ts";

/**
 * The topology of a prefix: every path up to the first frame of the label at `place`, and then
 * anything. "Anything" is one more state, which emits `wildcard` and loops.
 *
 * @param of A topology whose arcs never lead back, as those of this project.
 * @param place The place in the target of the last label of the prefix.
 * @param wildcard A label that stands for any label, with a log-probability of 0 at every frame.
 * @throws {RangeError} If no state has that place, or an arc leads back.
 *
 * Source: Hori et al. 2017, eqs. 10 and 11 (prefix scores).
 */
export function prefixTopology(of: Topology, place: number, wildcard: number): Topology {
  const { labels, index, initial, outgoing: { start, state, logWeight } } = of;
  const last = index.indexOf(place);
  if (last < 0 || place < 0) {
    throw new RangeError(`Cannot take a prefix as there is no label at place ${place}`);
  }
  const states: State[] = [];
  const arcs: Arc[] = [];
  for (let s = 0; s <= last; s++) {
    states.push({
      label: labels[s],
      index: index[s],
      initial: initial[s],
      final: s === last ? 0 : undefined,
    });
    for (let a = start[s]; s < last && a < start[s + 1]; a++) {
      if (state[a] < s) {
        throw new RangeError(`Cannot take a prefix as arc ${s} -> ${state[a]} leads back`);
      }
      if (state[a] <= last) arcs.push([s, state[a], logWeight[a]]);
    }
  }
  states.push({ label: wildcard, index: -1, final: 0 });
  arcs.push([last, last + 1], [last + 1, last + 1]);
  return topology(states, arcs);
}
