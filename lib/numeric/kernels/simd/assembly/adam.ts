/** m, v and theta of n weights move one step; the plain twin has the formulas. */
export function adamStep(
  theta: usize,
  mean: usize,
  square: usize,
  g: usize,
  n: i32,
  lr: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  meanBias: f64,
  squareBias: f64,
): void {
  const pairs = (n & ~1) << 3;
  for (let at = 0; at < pairs; at += 16) {
    const gradient = v128.load(g + at);
    const m = f64x2.add(
      f64x2.mul(f64x2.splat(beta1), v128.load(mean + at)),
      f64x2.mul(f64x2.splat(1 - beta1), gradient),
    );
    const v = f64x2.add(
      f64x2.mul(f64x2.splat(beta2), v128.load(square + at)),
      f64x2.mul(f64x2.mul(f64x2.splat(1 - beta2), gradient), gradient),
    );
    v128.store(mean + at, m);
    v128.store(square + at, v);
    const move = f64x2.div(
      f64x2.mul(f64x2.splat(lr), f64x2.div(m, f64x2.splat(meanBias))),
      f64x2.add(f64x2.sqrt(f64x2.div(v, f64x2.splat(squareBias))), f64x2.splat(epsilon)),
    );
    v128.store(theta + at, f64x2.sub(v128.load(theta + at), move));
  }
  if (n & 1) {
    const at = pairs, gradient = load<f64>(g + at);
    const m = beta1 * load<f64>(mean + at) + (1 - beta1) * gradient;
    const v = beta2 * load<f64>(square + at) + (1 - beta2) * gradient * gradient;
    store<f64>(mean + at, m);
    store<f64>(square + at, v);
    const move = lr * (m / meanBias) / (sqrt(v / squareBias) + epsilon);
    store<f64>(theta + at, load<f64>(theta + at) - move);
  }
}
