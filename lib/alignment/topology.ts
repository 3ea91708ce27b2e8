/** Arcs of a topology grouped by the state s they are looked up from. */
export interface Arcs {
  /** [S + 1] the arcs of state s are start[s] … start[s + 1] - 1 */
  readonly start: Int32Array<ArrayBuffer>;
  /** [A] the state at the other end */
  readonly state: Int32Array<ArrayBuffer>;
  /** [A] log weight, nats */
  readonly logWeight: Float64Array<ArrayBuffer>;
}

/**
 * A small automaton built from one target: every path through it that takes one state per frame is
 * one alignment of the target.
 */
export interface Topology {
  /** [S] the label that each state emits */
  readonly labels: Int32Array<ArrayBuffer>;
  /** [S] the place in the target that each state stands for; -1 for blank or silence */
  readonly index: Int32Array<ArrayBuffer>;
  /** [S] log weight of starting in each state, nats; -Infinity where a path may not start */
  readonly initial: Float64Array<ArrayBuffer>;
  /** [S] log weight of ending in each state, nats; -Infinity where a path may not end */
  readonly final: Float64Array<ArrayBuffer>;
  /** Arcs by destination. */
  readonly incoming: Arcs;
  /** The same arcs by source. */
  readonly outgoing: Arcs;
  /** The fewest frames that a path can have; `Infinity` where there is no path. */
  readonly minimumFrames: number;
}

/** One state of a topology, as {@link topology} takes it. */
export interface State {
  /** The label it emits. */
  label: number;
  /** Its place in the target; -1 for blank or silence. */
  index: number;
  /** Log weight of starting here; left out where a path may not start. */
  initial?: number;
  /** Log weight of ending here; left out where a path may not end. */
  final?: number;
}

/** One arc of a topology: source state, destination state, log weight (0 if left out). */
export type Arc = readonly [from: number, to: number, logWeight?: number];

/**
 * Builds a topology from its states and arcs.
 *
 * @throws {RangeError} If a state's label is not a whole number from 0 to 2^31 - 1, an arc leads
 * from or to a state that does not exist, or a weight is NaN or Infinity.
 */
export function topology(states: readonly State[], arcs: readonly Arc[]): Topology {
  const S = states.length;
  states.forEach(({ label }, s) => {
    if (!Number.isInteger(label) || label < 0 || label > 0x7fffffff) {
      throw new RangeError(
        `Cannot build a topology as labels must be whole numbers from 0 to 2147483647: ` +
          `state ${s} emits ${label}`,
      );
    }
  });
  states.forEach(({ initial = -Infinity, final = -Infinity }, s) => {
    if (!(initial < Infinity)) failWeight(`starting in state ${s}`, initial);
    if (!(final < Infinity)) failWeight(`ending in state ${s}`, final);
  });
  for (const [from, to, logWeight = 0] of arcs) {
    if (!(logWeight < Infinity)) failWeight(`arc ${from} -> ${to}`, logWeight);
    if (!isState(from, S) || !isState(to, S)) {
      throw new RangeError(
        `Cannot build a topology as arc ${from} -> ${to} must join two of its ${S} states`,
      );
    }
  }
  const labels = new Int32Array(S), index = new Int32Array(S);
  const initial = new Float64Array(S), final = new Float64Array(S);
  for (let s = 0; s < S; s++) {
    const state = states[s];
    labels[s] = state.label;
    index[s] = state.index;
    initial[s] = state.initial ?? -Infinity;
    final[s] = state.final ?? -Infinity;
  }
  const incoming = groupArcs(S, arcs, 1), outgoing = groupArcs(S, arcs, 0);
  const minimumFrames = fewestFrames(initial, final, outgoing);
  return { labels, index, initial, final, incoming, outgoing, minimumFrames };
}

/** -Infinity bars the way; NaN and Infinity would spoil every path. */
function failWeight(of: string, logWeight: number): never {
  throw new RangeError(
    `Cannot build a topology as the log weight of ${of} must be below Infinity: ` +
      `current value is ${logWeight}`,
  );
}

function isState(s: number, S: number): boolean {
  return Number.isInteger(s) && s >= 0 && s < S;
}

/** Counting sort by source (0) or destination (1), keeping the order of arcs with the same. */
function groupArcs(S: number, arcs: readonly Arc[], by: 0 | 1): Arcs {
  const A = arcs.length;
  const start = new Int32Array(S + 1), state = new Int32Array(A), logWeight = new Float64Array(A);
  for (let a = 0; a < A; a++) start[arcs[a][by]]++;
  // Ends first; every arc placed, the last first, takes one off.
  for (let s = 1; s <= S; s++) start[s] += start[s - 1];
  for (let a = A - 1; a >= 0; a--) {
    const arc = arcs[a];
    const place = --start[arc[by]];
    state[place] = arc[by === 0 ? 1 : 0];
    logWeight[place] = arc[2] ?? 0;
  }
  return { start, state, logWeight };
}

/** The length of the shortest way from an initial state to a final one, both counted. */
function fewestFrames(initial: Float64Array, final: Float64Array, outgoing: Arcs): number {
  const { start, state, logWeight } = outgoing;
  const reached = Uint8Array.from(initial, (w) => w > -Infinity ? 1 : 0);
  let now = [...reached.keys()].filter((s) => reached[s] === 1);
  for (let frames = 1; now.length > 0; frames++) {
    if (now.some((s) => final[s] > -Infinity)) return frames;
    const next: number[] = [];
    for (const s of now) {
      for (let a = start[s]; a < start[s + 1]; a++) {
        if (reached[state[a]] === 1 || logWeight[a] === -Infinity) continue;
        reached[state[a]] = 1;
        next.push(state[a]);
      }
    }
    now = next;
  }
  return Infinity;
}
