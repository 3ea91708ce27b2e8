import type { TableRow } from "lib/experiments/mod.ts";
import { linePanels } from "lib/figures/mod.ts";
import { palette } from "lib/figures/palette.ts";
import measured from "./elsewhere.json" with { type: "json" };
import { digits } from "./digits.ts";
import { workloads } from "./workloads.ts";

/** Who was measured on another machine, in the table's order; the number is that of threads. */
const columns = {
  "ours-1": "ours, one core",
  "torch-1": "PyTorch, 1 thread",
  "torch-16": "PyTorch, 16 threads",
  "torch-h100": "PyTorch, H100",
} as const;

/** Median milliseconds a step on a machine with 16 cores and a GPU: ours in float64, theirs in float32. */
export function elsewhereTable(): TableRow[] {
  return Object.entries(measured.ms).map(([name, ms]: [string, Record<string, number>]) => ({
    workload: workloads.find((workload) => workload.name === name)!.title,
    ...Object.fromEntries(
      Object.entries(columns).map((
        [id, title],
      ) => [title, ms[id] === undefined ? "–" : digits(ms[id])]),
    ),
  }));
}

/** How many times as fast sixteen cores are as one: our trainings side by side, and PyTorch's threads. */
export function speedByCores(): SVGSVGElement {
  const [one, many] = measured.trainings.map(({ steps, seconds, workers }) => ({
    workers,
    speed: steps / seconds,
  }));
  const ours = many.speed / one.speed;
  const line = (name: string, gain: number, color: string, dashed = false) => ({
    name: `${name}, ${digits(gain)}×`,
    color,
    dashed,
    dots: true,
    points: [[1, 1], [many.workers, gain]] as const,
  });
  const torch = (name: keyof typeof measured.ms, title: string) => {
    const ms = measured.ms[name];
    return line(title, ms["torch-1"] / ms["torch-16"], "#b8322a");
  };
  return linePanels({
    title: `Ten trainings on sixteen cores run ${digits(ours)} times as fast as on one`,
    subtitle:
      `${measured.machine}, ${measured.date}. Ours: the ten headline trainings side by side, one ` +
      "core each. PyTorch: one step on all threads.",
    x: { label: "cores", domain: [1, 16], scale: "log", ticks: [1, 2, 4, 8, 16] },
    height: 300,
    right: 300,
    panels: [{
      title: "times as fast as on one core",
      domain: [1, 12],
      scale: "log",
      ticks: [1, 2, 5, 10],
      format: String,
      series: [
        line("as many times as there are trainings", 10, palette.muted, true),
        line("ours, ten trainings", ours, "#0b7a5e"),
        torch("ctc-64", "PyTorch, CTC, batch of 64"),
        torch("speech-250", "PyTorch, three layers, H = 250"),
        torch("deep-100", "PyTorch, two layers, H = 100"),
        torch("step", "PyTorch, headline step"),
      ],
    }],
  });
}
