/**
 * h[t · C + u, j] = tanh(a[t, j] + b[u, j]), what a joint network makes of every pair of rows.
 *
 * @param h [T · C, J], written
 * @param a [T, J]
 * @param b [C, J]
 */
export function tanhOfSums(
  h: Float64Array,
  a: Float64Array,
  b: Float64Array,
  J: number,
): Float64Array {
  const C = b.length / J;
  for (let i = 0; i < h.length; i++) {
    const j = i % J, n = (i - j) / J;
    h[i] = Math.tanh(a[Math.floor(n / C) * J + j] + b[n % C * J + j]);
  }
  return h;
}

/**
 * The softmax of rows of a transducer's lattice, and the log-probabilities of the two steps that lead
 * on from each: blank, and the next label of the target.
 *
 * Row n is of column u = (first + n) mod C.
 *
 * @param probs [N, K], written; may be `logits` itself
 * @param blanks [N] nats, written; NaN where a logit of the row is NaN or ±Infinity
 * @param labels [N] nats, written; -Infinity where the target has no label
 * @param logits [N, K]
 * @param targets [C] the next label of every column, -1 where there is none
 */
export function transducerSteps(
  probs: Float64Array,
  blanks: Float64Array,
  labels: Float64Array,
  logits: Float64Array,
  targets: Int32Array,
  first: number,
  K: number,
  blank: number,
): Float64Array {
  for (let n = 0; n < blanks.length; n++) {
    const row = n * K, target = targets[(first + n) % targets.length];
    let max = -Infinity, finite = true;
    for (let k = 0; k < K; k++) {
      max = Math.max(max, logits[row + k]);
      finite &&= Number.isFinite(logits[row + k]);
    }
    const onBlank = finite ? logits[row + blank] - max : NaN;
    const onLabel = target < 0 ? -Infinity : logits[row + target] - max;
    let sum = 0;
    for (let k = 0; k < K; k++) sum += probs[row + k] = Math.exp(logits[row + k] - max);
    const logSum = Math.log(sum);
    blanks[n] = onBlank - logSum;
    labels[n] = onLabel - logSum;
    for (let k = 0; k < K; k++) probs[row + k] /= sum;
  }
  return probs;
}

/**
 * Forward and backward sums over the paths of a lattice, in the log domain:
 *
 * α(t, u) = log(exp(α(t-1, u) + blank(t-1, u)) + exp(α(t, u-1) + label(t, u-1))), α(0, 0) = 0
 * β(t, u) = log(exp(blank(t, u) + β(t+1, u)) + exp(label(t, u) + β(t, u+1)))
 *
 * with β(T, C-1) = `end`, and β(t, C) = 0 for paths that end with a label of the last column.
 *
 * @param alpha [T, C] nats, written
 * @param beta [T, C] nats, written; β(0, 0) is the sum over all paths
 * @param blanks [T, C] nats
 * @param labels [T, C] nats
 */
export function latticeScores(
  alpha: Float64Array,
  beta: Float64Array,
  blanks: Float64Array,
  labels: Float64Array,
  C: number,
  end: number,
): Float64Array {
  const N = alpha.length;
  for (let n = 0; n < N; n++) {
    const stayed = n < C ? -Infinity : alpha[n - C] + blanks[n - C];
    const moved = n % C === 0 ? -Infinity : alpha[n - 1] + labels[n - 1];
    alpha[n] = n === 0 ? 0 : logAdd(stayed, moved);
  }
  for (let n = N - 1; n >= 0; n--) {
    beta[n] = logAdd(
      blanks[n] + afterBlank(beta, n, C, end),
      labels[n] + afterLabel(beta, n, C),
    );
  }
  return beta;
}

/**
 * Turns the softmax of rows of a lattice into the gradient of -β(0, 0) with respect to their logits:
 *
 * d[k] = (b + a) p[k] - b [k is blank] - a [k is the label],
 * b = exp(α(t, u) + blank(t, u) + β(t+1, u) - β(0, 0)), a = exp(α(t, u) + label(t, u) + β(t, u+1) - β(0, 0))
 *
 * @param probs [N, K], rows `from` … from + N - 1 of the lattice; overwritten with the gradient
 * @param alpha [T, C] nats, of {@link latticeScores}, as are the others
 * @param beta [T, C] nats; β(0, 0) is above -Infinity
 * @param targets [C] the next label of every column, -1 where there is none
 */
export function latticeGradient(
  probs: Float64Array,
  alpha: Float64Array,
  beta: Float64Array,
  blanks: Float64Array,
  labels: Float64Array,
  targets: Int32Array,
  from: number,
  K: number,
  blank: number,
  end: number,
): Float64Array {
  const C = targets.length;
  for (let row = 0, n = from; row < probs.length; row += K, n++) {
    const reached = alpha[n] - beta[0];
    const b = Math.exp(reached + blanks[n] + afterBlank(beta, n, C, end));
    const a = Math.exp(reached + labels[n] + afterLabel(beta, n, C));
    for (let k = 0; k < K; k++) probs[row + k] *= b + a;
    probs[row + blank] -= b;
    const target = targets[n % C];
    if (target >= 0) probs[row + target] -= a;
  }
  return probs;
}

/** β(t+1, u) */
function afterBlank(beta: Float64Array, n: number, C: number, end: number): number {
  if (n + C < beta.length) return beta[n + C];
  return n === beta.length - 1 ? end : -Infinity;
}

/** β(t, u+1) */
function afterLabel(beta: Float64Array, n: number, C: number): number {
  return n % C === C - 1 ? 0 : beta[n + 1];
}

/** log(eᵃ + eᵇ) */
function logAdd(a: number, b: number): number {
  const less = a < b ? a : b, more = a < b ? b : a;
  return less === -Infinity ? more : more + Math.log1p(Math.exp(less - more));
}
