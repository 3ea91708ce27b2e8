import { latticeScores } from "../numeric/kernels/mod.ts";
import { requireLabel, requireRoom } from "../numeric/mod.ts";

/**
 * What a transducer may do at every node (t, u) of its lattice, where t frames are over and u labels
 * are out: go on to the next frame by a blank, or give the next label and stay.
 */
export interface TransducerLattice {
  /** The blank label. */
  readonly blank: number;
  /** [C] the next label of every column; -1 where there is none */
  readonly targets: Int32Array;
  /** 0 where paths end with the blank of the last frame; -Infinity where they end with a label. */
  readonly end: number;
  /** [T, C] log p(blank | t, u), nats */
  readonly blanks: Float64Array;
  /** [T, C] log p(targets[u] | t, u), nats; -Infinity where there is none */
  readonly labels: Float64Array;
}

/**
 * The lattice of a whole target, C = U + 1, or of what begins with a prefix, C = U: its paths end with
 * the prefix's last label. Its log-probabilities are still to be written.
 *
 * @throws {RangeError} If its tables would take more than 8 GiB.
 */
export function emptyLattice(
  T: number,
  target: readonly number[],
  blank: number,
  options: { prefix?: boolean } = {},
): TransducerLattice {
  const { prefix = false } = options;
  const targets = Int32Array.from(prefix ? target : [...target, -1]), C = targets.length;
  requireRoom("sum over the paths of a transducer", T, C, 4 * 8 * T * C);
  return {
    blank,
    targets,
    end: prefix ? -Infinity : 0,
    blanks: new Float64Array(T * C),
    labels: new Float64Array(T * C),
  };
}

/** The sums over the paths to every node of a lattice, and on from it. */
export interface LatticeScores {
  /** The log of the sum over all paths, nats; -Infinity if none has a probability above 0. */
  readonly logProb: number;
  /** [T, C] α, nats */
  readonly alpha: Float64Array;
  /** [T, C] β, nats */
  readonly beta: Float64Array;
}

/**
 * The full sum over the paths of a lattice, forwards and backwards in the log domain.
 *
 * Source: Graves 2012, eqs. 15, 16 and 18.
 */
export function latticeSum({ targets, blanks, labels, end }: TransducerLattice): LatticeScores {
  const alpha = new Float64Array(blanks.length), beta = new Float64Array(blanks.length);
  latticeScores(alpha, beta, blanks, labels, targets.length, end);
  return { logProb: beta[0], alpha, beta };
}

/** The best path of a lattice. */
export interface LatticePath {
  /** Its log-probability, nats; -Infinity if there is none. */
  readonly logProb: number;
  /** [U] the frame at which each label is given; empty if there is no path */
  readonly frames: readonly number[];
}

/**
 * The best path of a target's lattice, of equally good ones that which gives its labels as late as it
 * can.
 *
 * Source: Viterbi 1967, over the lattice of Graves 2012.
 */
export function latticePath({ targets, blanks, labels }: TransducerLattice): LatticePath {
  const C = targets.length, N = blanks.length;
  const best = new Float64Array(N);
  for (let n = 1; n < N; n++) {
    const stayed = n < C ? -Infinity : best[n - C] + blanks[n - C];
    const moved = n % C === 0 ? -Infinity : best[n - 1] + labels[n - 1];
    best[n] = Math.max(stayed, moved);
  }
  const logProb = best[N - 1] + blanks[N - 1];
  if (logProb === -Infinity) return { logProb, frames: [] };
  const frames: number[] = [];
  for (let n = N - 1; n % C > 0;) {
    const moved = n < C || best[n - 1] + labels[n - 1] === best[n];
    if (moved) frames[n % C - 1] = Math.floor(n / C);
    n -= moved ? 1 : C;
  }
  return { logProb, frames };
}

/**
 * Checks the labels of a target.
 *
 * @throws {RangeError} Naming the first that is blank or none of K, or a blank that is none.
 */
export function requireTarget(targets: readonly number[], blank: number, K: number): void {
  const what = "compute the transducer loss";
  requireLabel(what, "blank", blank, K);
  targets.forEach((label, u) => {
    requireLabel(what, `label ${u}`, label, K);
    if (label !== blank) return;
    throw new RangeError(
      `Cannot ${what} as labels must differ from blank (${blank}): label ${u} is ${label}`,
    );
  });
}
