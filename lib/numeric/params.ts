import type { Matrix } from "./matrix.ts";

/**
 * The weights of a model by name; gradients have the same names and shapes. Optimizers, clipping,
 * checkpoints and the gradient check all work on this one shape.
 */
export type Params = Record<string, Matrix>;

/** All entries of `params` under `prefix`, with the prefix taken off. */
export function paramsUnder(params: Params, prefix: string): Params {
  const under: Params = {};
  for (const name of Object.keys(params)) {
    if (name.startsWith(prefix)) under[name.slice(prefix.length)] = params[name];
  }
  return under;
}

/** The same entries with `prefix` put before each name. */
export function prefixParams(params: Params, prefix: string): Params {
  const named: Params = {};
  for (const name of Object.keys(params)) named[prefix + name] = params[name];
  return named;
}

/** A deep copy: nothing is shared with `params`. */
export function copyParams(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, m]) => [name, { ...m, data: m.data.slice() }]),
  );
}

/**
 * Takes the entry `name` and checks its shape.
 *
 * @throws {RangeError} If it is missing or has another shape.
 */
export function paramAt(params: Params, name: string, rows: number, cols: number): Matrix {
  const m = params[name];
  if (m === undefined) {
    throw new RangeError(
      `Cannot find the weight "${name}" of shape [${rows}, ${cols}]: ` +
        `there are ${Object.keys(params).map((key) => `"${key}"`).join(", ") || "none"}`,
    );
  }
  if (m.rows !== rows || m.cols !== cols) {
    throw new RangeError(
      `The weight "${name}" must have shape [${rows}, ${cols}]: it has [${m.rows}, ${m.cols}]`,
    );
  }
  if (!(m.data instanceof Float64Array) || m.data.length !== rows * cols) {
    throw new RangeError(
      `The weight "${name}" must be a Float64Array of ${rows * cols} values: ` +
        `it has ${m.data.length}`,
    );
  }
  return m;
}
