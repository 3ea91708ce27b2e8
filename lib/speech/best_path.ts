import type { TextChain } from "./text_chain.ts";

/** What the states of a chain score at a frame. */
export interface FrameScores {
  /**
   * Writes what every label scores at frame t to 0 … K - 1, what a gap inside a word scores to K, and
   * what one between words scores to K + 1; nats.
   */
  (t: number, row: Float64Array): void;
}

/** The best way of a recording through a chain. */
export interface BestPath {
  /** nats; -Infinity if no path fits */
  readonly score: number;
  /** [T] 2n + 1 where place n of the chain is, 2n in the gap before it; empty if no path fits */
  readonly states: Int32Array;
}

/** Bytes of the rows of scores that are kept on the way: 64 MiB. */
const keptBytes = 2 ** 26;

/**
 * The best path of T frames through a chain, exactly, in memory that does not grow with T · L.
 *
 * a_t(s) = score_t(s) + max(a_{t-1}(s - 2), a_{t-1}(s - 1), a_{t-1}(s)),
 *
 * s - 2 from a label to the next alone, where they may touch. Forwards only one row of a is held, and
 * every B-th is kept; backwards the B rows after a kept one are computed again, of the states alone
 * that the path can have come from: B frames lead past no more than B places. That costs a B / L-th
 * more. Of paths with equal scores it is the one in the earlier state, as of `viterbi()` in
 * `lib/alignment`: that finds the same path through any topology, at a quarter of the speed, and with
 * two bits for every frame and state an hour would take 1.4 GB.
 *
 * @param T Number of frames.
 * @param K Number of labels.
 */
export function bestPath(chain: TextChain, scores: FrameScores, T: number, K: number): BestPath {
  const L = chain.labels.length, S = 2 * L + 1;
  const B = Math.min(T, Math.max(64, Math.ceil(T * S * 8 / keptBytes)));
  const kept: Float64Array[] = [];
  const row = new Float64Array(K + 2);
  const forward = stepper(chain, K);
  const a = new Float64Array(S).fill(-Infinity);
  for (let t = 0; t < T; t++) {
    scores(t, row);
    if (t === 0) start(a, chain, row, K);
    else forward(a, row, Math.max(0, L - (T - t)), Math.min(L - 1, t));
    if (t % B === 0) kept.push(a.slice());
  }
  const last = S === 1 || a[S - 2] >= a[S - 1] ? Math.max(0, S - 2) : S - 1;
  if (!(a[last] > -Infinity)) return { score: -Infinity, states: new Int32Array(0) };
  const states = new Int32Array(T);
  states[T - 1] = last;
  for (let n = kept.length - 1; n >= 0; n--) {
    const from = n * B, to = Math.min(T - 1, from + B);
    traceBack(chain, scores, row, kept[n], states, from, to);
  }
  return { score: a[last], states };
}

/** The scores of the states at the first frame. */
function start(a: Float64Array, { labels }: TextChain, row: Float64Array, K: number): void {
  a[0] = row[K + 1];
  if (labels.length > 0) a[1] = row[labels[0]];
}

/** Moves all scores by one frame, those of the places `low` … `high` and the gaps after them. */
function stepper(
  { labels, mayTouch, between }: TextChain,
  K: number,
): (a: Float64Array, row: Float64Array, low: number, high: number) => void {
  const gaps = Int32Array.from(between, (is) => K + is);
  return (a, row, low, high) => {
    // Downwards, so that a[s - 1] and a[s - 2] are still those of the frame before
    let gap = a[2 * high + 2], label = a[2 * high + 1];
    for (let n = high; n >= low; n--) {
      const gapBefore = a[2 * n], labelBefore = n > 0 ? a[2 * n - 1] : -Infinity;
      a[2 * n + 2] = (label > gap ? label : gap) + row[gaps[n + 1]];
      let best = gapBefore > label ? gapBefore : label;
      if (labelBefore > best && mayTouch[n] === 1) best = labelBefore;
      a[2 * n + 1] = best + row[labels[n]];
      gap = gapBefore;
      label = labelBefore;
    }
    if (low === 0) a[0] += row[gaps[0]];
  };
}

/** Fills states[from … to - 1], where states[to] is known, and a kept row is that of frame `from`. */
function traceBack(
  { labels, mayTouch, between }: TextChain,
  scores: FrameScores,
  row: Float64Array,
  kept: Float64Array,
  states: Int32Array,
  from: number,
  to: number,
): void {
  const high = states[to], low = Math.max(0, high - 2 * (to - from)), width = high - low + 1;
  const K = row.length - 2;
  const moves = new Uint8Array((to - from) * width);
  let a = kept.slice(low, high + 1), b = new Float64Array(width);
  for (let t = from + 1; t <= to; t++) {
    scores(t, row);
    for (let i = 0; i < width; i++) {
      const s = low + i, n = s >> 1, isLabel = s & 1;
      let best = a[i], move = 0;
      if (i > 0 && a[i - 1] >= best) [best, move] = [a[i - 1], 1];
      if (i > 1 && isLabel && mayTouch[n] && a[i - 2] >= best) [best, move] = [a[i - 2], 2];
      b[i] = best + row[isLabel ? labels[n] : K + between[n]];
      moves[(t - from - 1) * width + i] = move;
    }
    [a, b] = [b, a];
  }
  for (let t = to; t > from; t--) {
    states[t - 1] = states[t] - moves[(t - from - 1) * width + states[t] - low];
  }
}
