import { type LinePanel, linePanels, type LineSeries, palette } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { type Case, ITERS, type Method } from "./experiment.ts";
import type { Course, Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = { "perfect-initialisation": biasAndErrors };

const colors: Readonly<Record<Method, string>> = {
  "plain": palette.blstm,
  "normalised": palette.lstm,
  "without clamps": palette.ffnn,
};

/** How far the bias goes, and where the alignment is lost. */
function biasAndErrors({ courses }: Pick<Results, "courses">): SVGSVGElement {
  const bias = (name: Case): LinePanel => ({
    title: `${name}: largest minus smallest entry of b`,
    series: Object.entries(courses[name]).map(([method, courses]) =>
      line(method, colors[method as Method], courses, "spread")
    ),
    domain: [0, 4],
    ticks: [0, 2, 4],
  });
  const every = (...names: Case[]) => names.flatMap((name) => Object.values(courses[name]).flat());
  return linePanels({
    title: "The bias leaves with every method; the alignment is lost at c = 1 with CTC's topology",
    subtitle:
      "Bold: medians of the runs, which are thin. All start with b = 0 and no error at all.",
    x: { label: "step", domain: [0, ITERS], ticks: [0, 50, 100, 150, 200] },
    panels: [bias("CTC, c = 1"), bias("HMM, c = 1"), {
      title: "Label error rate on fresh sequences, %, all methods together",
      series: [
        line("CTC, c = 1", palette.ink, every("CTC, c = 1"), "per"),
        line("CTC, c = 2; HMM", palette.muted, every("CTC, c = 2", "HMM, c = 1"), "per"),
      ],
      domain: [-2, 102],
      ticks: [0, 50, 100],
    }],
    height: 110,
  });
}

function line(
  name: string,
  color: string,
  courses: readonly Course[],
  figure: "per" | "spread",
): LineSeries {
  const around = courses.map((course) => course.map((at) => [at.iter, at[figure]] as const));
  const points = around[0].map(([iter], n) =>
    [iter, median(around.map((course) => course[n][1]))] as const
  );
  return { name, color, points, around };
}
