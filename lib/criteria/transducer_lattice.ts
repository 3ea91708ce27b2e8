/**
 * What a transducer may do at every node (t, u) of its lattice, where t frames are over and u labels
 * are out: go on to the next frame by a blank, or give the next label and stay.
 */
export interface TransducerLattice {
  /** Frames T, at least one. */
  readonly T: number;
  /** Columns C: U + 1 for a target of U labels. */
  readonly columns: number;
  /** [T, C] log p(blank | t, u), nats */
  readonly blank: Float64Array;
  /** [T, C] log p(label u of the target | t, u), nats; -Infinity where no label is left */
  readonly label: Float64Array;
}

/** A sum over the paths of a lattice, and the share of it that takes each step. */
export interface LatticeSum {
  /** log of the sum, nats; -Infinity if no path has a probability above 0. */
  readonly logProb: number;
  /** [T, C] of the blank at (t, u); zero if there is no path */
  readonly blankShare: Float64Array;
  /** [T, C] of the label at (t, u); zero if there is no path */
  readonly labelShare: Float64Array;
}

/**
 * The full sum over all paths of a lattice, forwards and backwards in the log domain:
 *
 * α(t, u) = log(exp(α(t-1, u) + blank(t-1, u)) + exp(α(t, u-1) + label(t, u-1))), α(0, 0) = 0
 * β(t, u) = log(exp(blank(t, u) + β(t+1, u)) + exp(label(t, u) + β(t, u+1)))
 *
 * A path ends with the blank of the last frame in the last column, β(T, C-1) = `end`, or with a
 * label of the last column at any frame, β(t, C) = 0, where that column has one. A target's own
 * lattice has none there, and `end` is 0; a prefix ends with its last label, and `end` is -Infinity.
 *
 * Source: Graves 2012, eqs. 15, 16 and 18.
 */
export function latticeSum(
  { T, columns: C, blank, label }: TransducerLattice,
  end: number = 0,
): LatticeSum {
  const alpha = new Float64Array(T * C), beta = new Float64Array(T * C);
  for (let t = 0, n = 0; t < T; t++) {
    for (let u = 0; u < C; u++, n++) {
      const stayed = t === 0 ? -Infinity : alpha[n - C] + blank[n - C];
      const moved = u === 0 ? -Infinity : alpha[n - 1] + label[n - 1];
      alpha[n] = n === 0 ? 0 : logAdd(stayed, moved);
    }
  }
  for (let t = T - 1, n = T * C - 1; t >= 0; t--) {
    for (let u = C - 1; u >= 0; u--, n--) {
      const [onFrame, onLabel] = after(beta, n, t, u, T, C, end);
      beta[n] = logAdd(blank[n] + onFrame, label[n] + onLabel);
    }
  }
  const logProb = beta[0];
  const blankShare = new Float64Array(T * C), labelShare = new Float64Array(T * C);
  if (logProb === -Infinity) return { logProb, blankShare, labelShare };
  for (let t = 0, n = 0; t < T; t++) {
    for (let u = 0; u < C; u++, n++) {
      const [onFrame, onLabel] = after(beta, n, t, u, T, C, end);
      blankShare[n] = Math.exp(alpha[n] + blank[n] + onFrame - logProb);
      labelShare[n] = Math.exp(alpha[n] + label[n] + onLabel - logProb);
    }
  }
  return { logProb, blankShare, labelShare };
}

/** The best path of a lattice. */
export interface LatticePath {
  /** Its log-probability, nats; -Infinity if there is none. */
  readonly logProb: number;
  /** [U] the frame at which each label is given; empty if there is no path */
  readonly frames: readonly number[];
}

/**
 * The best path of a target's lattice: {@link latticeSum} with a maximum instead of the sum. Of paths
 * that are equally good, the one that gives its labels as late as it can.
 *
 * Source: Viterbi 1967, over the lattice of Graves 2012.
 */
export function latticePath({ T, columns: C, blank, label }: TransducerLattice): LatticePath {
  const best = new Float64Array(T * C);
  for (let t = 0, n = 0; t < T; t++) {
    for (let u = 0; u < C; u++, n++) {
      const stayed = t === 0 ? -Infinity : best[n - C] + blank[n - C];
      const moved = u === 0 ? -Infinity : best[n - 1] + label[n - 1];
      best[n] = n === 0 ? 0 : Math.max(stayed, moved);
    }
  }
  const logProb = best[T * C - 1] + blank[T * C - 1];
  if (logProb === -Infinity) return { logProb, frames: [] };
  const frames: number[] = [];
  for (let t = T - 1, u = C - 1; u > 0;) {
    const n = t * C + u;
    if (t === 0 || best[n - 1] + label[n - 1] === best[n]) frames[--u] = t;
    else t--;
  }
  return { logProb, frames };
}

/** β after a blank and after a label at (t, u). */
function after(
  beta: Float64Array,
  n: number,
  t: number,
  u: number,
  T: number,
  C: number,
  end: number,
): [number, number] {
  const onFrame = t < T - 1 ? beta[n + C] : u < C - 1 ? -Infinity : end;
  return [onFrame, u < C - 1 ? beta[n + 1] : 0];
}

/** log(eᵃ + eᵇ) */
function logAdd(a: number, b: number): number {
  const [less, more] = a < b ? [a, b] : [b, a];
  return less === -Infinity ? more : more + Math.log1p(Math.exp(less - more));
}
