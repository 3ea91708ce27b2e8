// Kaldi's features as their formulas have them: no tables, no fast transform, one sum after another.

export interface NaiveOptions {
  sampleRate: number;
  bins: number;
  snipEdges?: boolean;
  warp?: number;
  useEnergy?: boolean;
  removeDcOffset?: boolean;
  preemphasis?: number;
  window?: "povey" | "hamming";
  lengthMs?: number;
  shiftMs?: number;
  lowHz?: number;
  highHz?: number;
}

const mel = (hertz: number) => 1127 * Math.log(1 + hertz / 700);

/** [T][1 + bins] the log energy of every frame, and of every filter */
export function naiveLogMel(samples: Float64Array, options: NaiveOptions): number[][] {
  const { sampleRate, bins, snipEdges = true, warp = 1, window = "povey" } = options;
  const { lengthMs = 25, shiftMs = 10, lowHz = 20, highHz = sampleRate / 2 } = options;
  const N = samples.length;
  const length = Math.floor(sampleRate * lengthMs / 1000);
  const shift = Math.floor(sampleRate * shiftMs / 1000);
  let size = 1;
  while (size < length) size *= 2;
  const at = (n: number): number => {
    if (n < 0) return at(-1 - n);
    return n >= N ? at(2 * N - 1 - n) : 32768 * samples[n];
  };
  const starts: number[] = [];
  if (snipEdges) { for (let n = 0; n + length <= N; n += shift) starts.push(n); }
  else {
    for (let t = 0; (t + 0.5) * shift <= N; t++) {
      starts.push(t * shift + Math.floor(shift / 2) - Math.floor(length / 2));
    }
  }
  const low = mel(lowHz), step = (mel(highHz) - low) / (bins + 1);
  const edge = (b: number) => {
    const hertz = 700 * (Math.exp((low + b * step) / 1127) - 1);
    return warp === 1 ? low + b * step : mel(warped(hertz, warp, lowHz, highHz, sampleRate));
  };
  return starts.map((start) => {
    const raw = Array.from({ length }, (_, i) => at(start + i));
    const mean = options.removeDcOffset === false ? 0 : raw.reduce((a, b) => a + b) / length;
    const x = raw.map((value) => value - mean);
    const energy = x.reduce((sum, value) => sum + value * value, 0);
    const y = x.map((value, i) => {
      const hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (length - 1));
      const weight = window === "povey" ? hann ** 0.85 : 0.08 + 0.92 * hann;
      return weight * (value - (options.preemphasis ?? 0.97) * x[Math.max(0, i - 1)]);
    });
    const power = Array.from({ length: size / 2 }, (_, k) => {
      let re = 0, im = 0;
      for (let n = 0; n < length; n++) {
        const angle = 2 * Math.PI * (k * n % size) / size;
        re += y[n] * Math.cos(angle);
        im += y[n] * Math.sin(angle);
      }
      return re * re + im * im;
    });
    const filters = Array.from({ length: bins }, (_, b) => {
      let sum = 0;
      for (let k = 0; k < size / 2; k++) {
        const m = mel(k * sampleRate / size);
        const rise = (m - edge(b)) / (edge(b + 1) - edge(b));
        const fall = (edge(b + 2) - m) / (edge(b + 2) - edge(b + 1));
        sum += Math.max(0, Math.min(rise, fall)) * power[k];
      }
      return sum;
    });
    return [energy, ...filters].map((value) => Math.log(Math.max(value, 2 ** -23)));
  });
}

/** f / warp between 100 · max(1, warp) and (Nyquist - 500) · min(1, warp) Hz, lines to the ends. */
function warped(
  hertz: number,
  warp: number,
  low: number,
  high: number,
  sampleRate: number,
): number {
  const l = 100 * Math.max(1, warp), h = (sampleRate / 2 - 500) * Math.min(1, warp);
  if (hertz < l) return low + (hertz - low) * (l / warp - low) / (l - low);
  if (hertz < h) return hertz / warp;
  return high - (high - hertz) * (high - h / warp) / (high - h);
}

/** [T][cepstra] with lifter 22 */
export function naiveMfcc(
  samples: Float64Array,
  options: NaiveOptions & { cepstra: number },
): number[][] {
  const { bins, cepstra, useEnergy = true } = options;
  return naiveLogMel(samples, options).map(([energy, ...filters]) =>
    Array.from({ length: cepstra }, (_, i) => {
      if (i === 0 && useEnergy) return energy;
      const norm = Math.sqrt((i === 0 ? 1 : 2) / bins), lift = 1 + 11 * Math.sin(Math.PI * i / 22);
      return lift * norm *
        filters.reduce((sum, y, b) => sum + y * Math.cos(Math.PI * i * (b + 0.5) / bins), 0);
    })
  );
}
