import { offsetAt } from "./lstm_groups";
import { sumRows } from "./matmul";
import { multiply, PANEL, TERMS } from "./tiles";
import { addRow, convert } from "./vectors";

/** Bytes of scratch that {@link lstmGradients} needs, of the larger type. */
export function gradientsScratch(D: f64, H: f64): f64 {
  const K = D + H, P = ceil(H / 2);
  return TERMS * (K * 8 + P * PANEL) + K * P * PANEL;
}

/** dWx [D, 4H] += Σ x_tᵀ dz_t; dWh [H, 4H] += Σ h_{t-1}ᵀ dz_t within each sequence; db += Σ dz_t */
export function lstmGradients(
  dWx: usize,
  dWh: usize,
  db: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  gradients<f64>(dWx, dWh, db, x, h, dz, offsets, B, D, H, scratch);
}

export function lstmGradientsSingle(
  dWx: usize,
  dWh: usize,
  db: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  gradients<f32>(dWx, dWh, db, x, h, dz, offsets, B, D, H, scratch);
}

/** Frames after which sums in single precision are added to those in double. */
const SUMMED: i32 = 512;

function gradients<T>(
  dWx: usize,
  dWh: usize,
  db: usize,
  x: usize,
  h: usize,
  dz: usize,
  offsets: usize,
  B: i32,
  D: i32,
  H: i32,
  scratch: usize,
): void {
  // Row p of `inputs` is [x_t | h_{t-1}] of a block's p-th frame, row p of `right` its dz; `sums` is
  // [dWx | dWh], panel by panel: what the last panel adds beyond 4H is not used.
  const size: i32 = sizeof<T>(), columns = PANEL / size, G = H << 2;
  const K = D + H, Db = D << 3, Hb = H << 3, Gb = H << 5, Kb = K * size;
  const P = (G + columns - 1) / columns, panelStep = K * PANEL;
  const inputs = scratch, right = inputs + TERMS * Kb, sums = right + TERMS * P * PANEL;
  const N = offsetAt(offsets, B);
  memory.fill(sums, 0, P * panelStep);
  let b = 0;
  for (let start = 0; start < N; start += TERMS) {
    const terms = min(TERMS, N - start);
    let to = inputs;
    for (let t = start; t < start + terms; t++) {
      while (t >= offsetAt(offsets, b + 1)) b++;
      convert<T>(to, x + t * Db, D);
      if (t === offsetAt(offsets, b)) memory.fill(to + D * size, 0, H * size);
      else convert<T>(to + D * size, h + t * Hb - Hb, H);
      to += Kb;
      if (size === 4) convert<T>(right + (t - start) * P * PANEL, dz + t * Gb, G);
    }
    sumRows(db, dz + start * Gb, terms, G);
    for (let p = 0; p < P; p++) {
      const sum = sums + p * panelStep;
      const from = (size === 8 ? dz + start * Gb : right) + p * PANEL;
      const step = size === 8 ? Gb : P * PANEL;
      multiply<T>(sum, sum, inputs, from, K, terms, size, Kb, step, PANEL, PANEL);
    }
    if (size === 8 ? start + TERMS < N : start + TERMS < N && (start + TERMS) % SUMMED !== 0) continue;
    for (let p = 0; p < P; p++) {
      const width = min(columns, G - p * columns);
      for (let r = 0; r < K; r++) {
        const out = r < D ? dWx + r * Gb : dWh + (r - D) * Gb;
        addRow<T>(out + (p * columns << 3), sums + p * panelStep + r * PANEL, width);
      }
    }
    if (size === 4) memory.fill(sums, 0, P * panelStep);
  }
}
