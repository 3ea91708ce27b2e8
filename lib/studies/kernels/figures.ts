import { labelScale, palette, stackedBars } from "../../figures/mod.ts";
import type { Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = { "kernels-step": stepTimes, "kernels-ceiling": sharesOfCeiling };

const OURS = "#0b7a5e";

/** What a step takes, by contender. */
function stepTimes({ steps }: Pick<Results, "steps">): SVGSVGElement {
  const quickest = (ours: boolean) =>
    (steps.find((step) => step.ours === ours)?.ms ?? NaN).toFixed(1);
  return stackedBars({
    title: `A training step takes ${quickest(true)} ms here, ${
      quickest(false)
    } ms in the quickest peer`,
    subtitle: "Median milliseconds per step of a BLSTM with 24 cells per direction, 16 sequences.",
    parts: [{ name: "this library", color: OURS }, { name: "peers", color: palette.faint }],
    bars: steps.map(({ name, ours, ms }) => ({
      name,
      values: ours ? [ms, 0] : [0, ms],
      note: `${ms.toFixed(1)} ms`,
    })),
    left: 230,
  });
}

/** How near each pass of each layer comes to the ceiling. */
function sharesOfCeiling({ layers, ceilingGflops }: Pick<Results, "layers" | "ceilingGflops">) {
  const speeds = layers.filter(({ kernels }) => kernels === "simd");
  const percents = speeds.map(({ share }) => 100 * share);
  const [low, high] = [Math.min(...percents), Math.max(...percents)];
  return stackedBars({
    title: `Matrix products alone reach ${low.toFixed(0)} to ${high.toFixed(0)} % of the ceiling`,
    subtitle:
      `Share of ${
        ceilingGflops.toFixed(0)
      } GFLOP/s, by one LSTM layer with D inputs and H cells; ` +
      "at the right the speed of its matrix products.",
    parts: [
      { name: "matrix products", color: OURS },
      { name: "arithmetic of the cells", color: labelScale(0.4) },
      { name: "rest", color: palette.grid },
    ],
    bars: speeds.map(({ inputs, hidden, pass, share, wholeShare, gflops }) => ({
      name: `D = ${inputs}, H = ${hidden}, ${pass}`,
      values: [share, wholeShare - share, Math.max(0, 1 - wholeShare)].map((part) => 100 * part),
      note: `${gflops.toFixed(1)} GFLOP/s`,
    })),
    format: (percent) => `${percent.toFixed(0)} %`,
    left: 200,
    right: 110,
  });
}
