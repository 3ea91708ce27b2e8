import { requireUnits } from "./layer.ts";

/** The most frames that offsets can count. */
const mostFrames = 2 ** 31 - 1;

/** How windows lie along one axis, with zeros beyond its ends. */
export interface Windows {
  /** Places that a window has. */
  readonly kernel: number;
  /** Places from one window to the next. */
  readonly stride: number;
  /** Zeros before the first place, and after the last. */
  readonly padding: number;
}

/** How many windows lie on n places: ⌊(n + 2 · padding - kernel) / stride⌋ + 1; none where it is too short. */
export function windowCount(n: number, { kernel, stride, padding }: Windows): number {
  return n < 1 ? 0 : Math.max(0, Math.floor((n + 2 * padding - kernel) / stride) + 1);
}

/**
 * Checks windows of a layer.
 *
 * @throws {RangeError} If a size is not a whole number >= 1, or the padding none >= 0.
 */
export function requireWindows(layer: string, { kernel, stride, padding }: Windows): void {
  requireUnits(layer, "kernel", kernel);
  requireUnits(layer, "stride", stride);
  if (!Number.isInteger(padding) || padding < 0) {
    throw new RangeError(
      `Cannot make ${layer} as padding must be a whole number >= 0: current value is ${padding}`,
    );
  }
}

/**
 * The offsets of sequences after windows over time.
 *
 * @throws {RangeError} If a sequence has no window, naming it, or all have more than 2^31 - 1.
 */
export function windowOffsets(
  layer: string,
  offsets: Int32Array,
  windows: Windows,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(offsets.length);
  for (let b = 0; b + 1 < offsets.length; b++) {
    const T = offsets[b + 1] - offsets[b], M = windowCount(T, windows);
    if (T > 0 && M === 0) {
      throw new RangeError(
        `Cannot run ${layer} as every sequence must have at least ` +
          `${windows.kernel - 2 * windows.padding} frames, for one window: sequence ${b} has ${T}`,
      );
    }
    const total = out[b] + M;
    if (total > mostFrames) {
      throw new RangeError(
        `Cannot run ${layer} as its output must have at most ${mostFrames} frames: with sequence ` +
          `${b}, padded by ${windows.padding} at either end, it has ${total}`,
      );
    }
    out[b + 1] = total;
  }
  return out;
}

/** What frames [F, C] and the windows over them look like; of a window columns `from … to - 1` of C. */
export interface Patches {
  readonly F: number;
  readonly C: number;
  readonly from: number;
  readonly to: number;
  readonly time: Windows;
  readonly frequency: Windows;
}

/**
 * Lays every window out as a row: [M · F', kernel · kernel' · (to - from)], time first, then
 * frequency, then columns.
 *
 * @param rows Zeros on entry, the windows on return.
 * @param x [N, F · C]
 * @param offsets [B + 1] of x
 * @param moved [B + 1] of the windows
 */
export function unfold(
  rows: Float64Array,
  x: Float64Array,
  offsets: Int32Array,
  moved: Int32Array,
  patches: Patches,
): void {
  eachRun(offsets, moved, patches, (row, at, n) => {
    for (let i = 0; i < n; i++) rows[row + i] = x[at + i];
  });
}

/** The gradient of {@link unfold}: every value of a window is added to its place in dx. */
export function fold(
  dx: Float64Array,
  dRows: Float64Array,
  offsets: Int32Array,
  moved: Int32Array,
  patches: Patches,
): void {
  eachRun(offsets, moved, patches, (row, at, n) => {
    for (let i = 0; i < n; i++) dx[at + i] += dRows[row + i];
  });
}

/** Every run of n values that lie side by side in a window, at `row`, and in its frame, at `at`. */
function eachRun(
  offsets: Int32Array,
  moved: Int32Array,
  { F, C, from, to, time, frequency }: Patches,
  visit: (row: number, at: number, n: number) => void,
): void {
  const width = to - from, step = frequency.kernel * width;
  const size = time.kernel * step, count = windowCount(F, frequency);
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let t = moved[b]; t < moved[b + 1]; t++) {
      const start = offsets[b] + (t - moved[b]) * time.stride - time.padding;
      const first = Math.max(0, offsets[b] - start);
      const end = Math.min(time.kernel, offsets[b + 1] - start);
      for (let f = 0; f < count; f++) {
        const low = f * frequency.stride - frequency.padding;
        const j = Math.max(0, -low), n = (Math.min(frequency.kernel, F - low) - j) * width;
        for (let i = first; i < end; i++) {
          const row = (t * count + f) * size + i * step + j * width;
          visit(row, ((start + i) * F + low + j) * C + from, n);
        }
      }
    }
  }
}
