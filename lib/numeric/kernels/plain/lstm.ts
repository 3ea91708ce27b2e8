import { sigmoid } from "../../sigmoid.ts";
import { matmul, matmulTransposeA, matmulTransposeB, sumRows } from "./matmul.ts";

// The LSTM over sequences laid end to end. Gate order i, f, g, o: row t of `gates` is
// [i | f | g | o], each H wide. Sequence b is rows offsets[b] … offsets[b + 1] - 1, and
// every sequence starts from h = c = 0. Peepholes [p_i | p_f | p_o] are weights of the cell in the
// gates i, f and o; an array of none leaves them out.

/**
 * z_t = x_t Wx + h_{t-1} Wh + b
 * i = σ(z_i + p_i ∘ c_{t-1}), f = σ(z_f + p_f ∘ c_{t-1}), g = tanh(z_g)
 * c_t = f ∘ c_{t-1} + i ∘ g;  o = σ(z_o + p_o ∘ c_t);  h_t = o ∘ tanh(c_t)
 *
 * @param h [N, H], written
 * @param c [N, H], written
 * @param tanhC [N, H] tanh(c), written
 * @param gates [N, 4H] the gates' activations, written
 * @param x [N, D]
 * @param Wx [D, 4H]
 * @param Wh [H, 4H]
 * @param b [4H]
 * @param peepholes [3H], or none
 * @param offsets [B + 1]
 */
export function lstmForward(
  h: Float64Array,
  c: Float64Array,
  tanhC: Float64Array,
  gates: Float64Array,
  x: Float64Array,
  Wx: Float64Array,
  Wh: Float64Array,
  b: Float64Array,
  peepholes: Float64Array,
  offsets: Int32Array,
  D: number,
  H: number,
): Float64Array {
  const G = 4 * H;
  const N = offsets[offsets.length - 1], open = peepholes.length > 0;
  for (let t = 0; t < N; t++) gates.set(b, t * G);
  matmul(gates, x, Wx, N, D, G);
  for (let n = 0; n + 1 < offsets.length; n++) {
    for (let t = offsets[n]; t < offsets[n + 1]; t++) {
      const first = t === offsets[n];
      const z = t * G;
      if (!first) {
        matmul(gates.subarray(z, z + G), h.subarray((t - 1) * H, t * H), Wh, 1, H, G);
      }
      for (let j = 0; j < H; j++) {
        if (open && !first) {
          gates[z + j] += peepholes[j] * c[(t - 1) * H + j];
          gates[z + H + j] += peepholes[H + j] * c[(t - 1) * H + j];
        }
        const i = sigmoid(gates[z + j]);
        const f = sigmoid(gates[z + H + j]);
        const g = Math.tanh(gates[z + 2 * H + j]);
        const sum = gates[z + 3 * H + j];
        let o = sigmoid(sum);
        gates[z + j] = i;
        gates[z + H + j] = f;
        gates[z + 2 * H + j] = g;
        gates[z + 3 * H + j] = o;
        const cell = (first ? 0 : f * c[(t - 1) * H + j]) + i * g;
        if (open) gates[z + 3 * H + j] = o = sigmoid(sum + peepholes[2 * H + j] * cell);
        const squashed = Math.tanh(cell);
        c[t * H + j] = cell;
        tanhC[t * H + j] = squashed;
        h[t * H + j] = o * squashed;
      }
    }
  }
  return h;
}

/**
 * dh_t = dy_t + dz_{t+1} Whᵀ
 * di = dc ∘ g ∘ i(1-i);  df = dc ∘ c_{t-1} ∘ f(1-f);  dg = dc ∘ i ∘ (1-g²);  do = dh ∘ tanh c ∘ o(1-o)
 * dz = [di | df | dg | do]
 * dc_t = dh ∘ o ∘ (1 - tanh²c_t) + p_o ∘ do + dc_{t+1} ∘ f_{t+1} + p_i ∘ di_{t+1} + p_f ∘ df_{t+1}
 * dp += Σ_t [di ∘ c_{t-1} | df ∘ c_{t-1} | do ∘ c_t]
 *
 * @param dz [N, 4H], the gradient with respect to x Wx + b + h Wh, written
 * @param dp [3H], or none; added to
 * @param dy [N, H], the gradient with respect to h from above
 * @param gates [N, 4H], the activations that {@link lstmForward} left
 * @param c [N, H]
 * @param tanhC [N, H]
 * @param Wh [H, 4H]
 * @param peepholes [3H], or none
 * @param offsets [B + 1]
 */
export function lstmBackward(
  dz: Float64Array,
  dp: Float64Array,
  dy: Float64Array,
  gates: Float64Array,
  c: Float64Array,
  tanhC: Float64Array,
  Wh: Float64Array,
  peepholes: Float64Array,
  offsets: Int32Array,
  H: number,
): Float64Array {
  const G = 4 * H, open = peepholes.length > 0;
  const dc = new Float64Array(H);
  const dh = new Float64Array(H);
  for (let b = 0; b + 1 < offsets.length; b++) {
    dc.fill(0);
    const start = offsets[b], end = offsets[b + 1];
    for (let t = end - 1; t >= start; t--) {
      const z = t * G;
      dh.set(dy.subarray(t * H, (t + 1) * H));
      if (t + 1 < end) matmulTransposeB(dh, dz.subarray(z + G, z + 2 * G), Wh, 1, G, H);
      for (let j = 0; j < H; j++) {
        const i = gates[z + j], f = gates[z + H + j];
        const g = gates[z + 2 * H + j], o = gates[z + 3 * H + j];
        const squashed = tanhC[t * H + j];
        let cell = dc[j] + dh[j] * o * (1 - squashed * squashed);
        if (open) cell += peepholes[2 * H + j] * dh[j] * squashed * o * (1 - o);
        const before = t > start ? c[(t - 1) * H + j] : 0;
        dz[z + j] = cell * g * i * (1 - i);
        dz[z + H + j] = cell * before * f * (1 - f);
        dz[z + 2 * H + j] = cell * i * (1 - g * g);
        dz[z + 3 * H + j] = dh[j] * squashed * o * (1 - o);
        dc[j] = cell * f;
        if (!open) continue;
        dc[j] += peepholes[j] * dz[z + j] + peepholes[H + j] * dz[z + H + j];
        dp[j] += dz[z + j] * before;
        dp[H + j] += dz[z + H + j] * before;
        dp[2 * H + j] += dz[z + 3 * H + j] * c[t * H + j];
      }
    }
  }
  return dz;
}

/**
 * dWx += Σ_t x_tᵀ dz_t;  dWh += Σ_t h_{t-1}ᵀ dz_t within every sequence;  db += Σ_t dz_t.
 *
 * @param dWx [D, 4H], added to
 * @param dWh [H, 4H], added to
 * @param db [4H], added to
 * @param x [N, D]
 * @param h [N, H]
 * @param dz [N, 4H]
 * @param offsets [B + 1]
 */
export function lstmGradients(
  dWx: Float64Array,
  dWh: Float64Array,
  db: Float64Array,
  x: Float64Array,
  h: Float64Array,
  dz: Float64Array,
  offsets: Int32Array,
  D: number,
  H: number,
): void {
  const G = 4 * H;
  matmulTransposeA(dWx, x, dz, D, offsets[offsets.length - 1], G);
  for (let b = 0; b + 1 < offsets.length; b++) {
    const start = offsets[b], end = offsets[b + 1];
    if (end - start < 2) continue;
    const before = h.subarray(start * H, (end - 1) * H);
    const after = dz.subarray((start + 1) * G, end * G);
    matmulTransposeA(dWh, before, after, H, end - start - 1, G);
  }
  sumRows(db, dz, offsets[offsets.length - 1], G);
}
