import { fused, fusedMinus, minus, plus, times, two } from "./vectors";

/** y = x̂ ∘ scale + shift with x̂ = (x - mean) / √(variance + ε), row by row. */
export function layerNormForward(
  y: usize,
  normal: usize,
  inverse: usize,
  x: usize,
  scale: usize,
  shift: usize,
  n: i32,
  m: i32,
  epsilon: f64,
): void {
  const bytes = m << 3, pairs = bytes & ~15, width = <f64> m;
  for (let i = 0; i < n; i++) {
    let sums = two(0);
    for (let at = 0; at < pairs; at += 16) sums = plus(sums, v128.load(x + at));
    let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (pairs < bytes) sum += load<f64>(x + pairs);
    const mean = sum / width, means = two(mean);
    sums = two(0);
    for (let at = 0; at < pairs; at += 16) {
      const away = minus(v128.load(x + at), means);
      sums = fused(away, away, sums);
    }
    let squares = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (pairs < bytes) {
      const away = load<f64>(x + pairs) - mean;
      squares += away * away;
    }
    const factor = 1 / sqrt(squares / width + epsilon), factors = two(factor);
    store<f64>(inverse + (i << 3), factor);
    for (let at = 0; at < pairs; at += 16) {
      const value = times(minus(v128.load(x + at), means), factors);
      v128.store(normal + at, value);
      v128.store(y + at, fused(value, v128.load(scale + at), v128.load(shift + at)));
    }
    if (pairs < bytes) {
      const value = (load<f64>(x + pairs) - mean) * factor;
      store<f64>(normal + pairs, value);
      store<f64>(y + pairs, value * load<f64>(scale + pairs) + load<f64>(shift + pairs));
    }
    y += bytes;
    normal += bytes;
    x += bytes;
  }
}

/** dx = inverse · (g - mean(g) - x̂ ∘ mean(g ∘ x̂)) with g = dy ∘ scale, row by row. */
export function layerNormBackward(
  dx: usize,
  dy: usize,
  normal: usize,
  inverse: usize,
  scale: usize,
  n: i32,
  m: i32,
): void {
  const bytes = m << 3, pairs = bytes & ~15, width = <f64> m;
  for (let i = 0; i < n; i++) {
    let sums = two(0), products = two(0);
    for (let at = 0; at < pairs; at += 16) {
      const g = times(v128.load(dy + at), v128.load(scale + at));
      sums = plus(sums, g);
      products = fused(g, v128.load(normal + at), products);
    }
    let mean = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    let along = f64x2.extract_lane(products, 0) + f64x2.extract_lane(products, 1);
    if (pairs < bytes) {
      const g = load<f64>(dy + pairs) * load<f64>(scale + pairs);
      mean += g;
      along += g * load<f64>(normal + pairs);
    }
    mean /= width;
    along /= width;
    const factor = load<f64>(inverse + (i << 3));
    const means = two(mean), alongs = two(along), factors = two(factor);
    for (let at = 0; at < pairs; at += 16) {
      const g = minus(times(v128.load(dy + at), v128.load(scale + at)), means);
      v128.store(dx + at, times(fusedMinus(v128.load(normal + at), alongs, g), factors));
    }
    if (pairs < bytes) {
      const g = load<f64>(dy + pairs) * load<f64>(scale + pairs) - mean;
      store<f64>(dx + pairs, (g - load<f64>(normal + pairs) * along) * factor);
    }
    dx += bytes;
    dy += bytes;
    normal += bytes;
  }
}
