import { iterationsToSolveDots, palette, type SolvedPanel } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import { ratios, type Results } from "./results.ts";
import { experiment, type Task, taskNames, tasks } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { scale: scaleDots };

/** When BLSTM and LSTM solve their task as one thing grows, and the ratio of the two. */
function scaleDots(results: Results): SVGSVGElement {
  const panel = (
    name: string,
    ...groups: readonly (readonly [name: string, task: Task])[]
  ): SolvedPanel => ({
    name,
    groups: groups.map(([name, task]) => ({
      name,
      note: `${median(ratios(results[task])).toFixed(1)}×`,
      series: [
        { name: "BLSTM", color: palette.blstm, iterations: results[task].blstm },
        { name: "LSTM", color: palette.lstm, iterations: results[task].lstm },
      ],
    })),
  });
  return iterationsToSolveDots([
    panel(
      "phonemes",
      ["6", "6 phonemes"],
      ["12", "12 phonemes"],
      ["24", "24 phonemes"],
      ["48", "48 phonemes"],
    ),
    panel(
      "phonemes per onset",
      ["2 of 24", "24 phonemes"],
      ["3 of 24", "24 phonemes, 3 to an onset"],
      ["4 of 24", "24 phonemes, 4 to an onset"],
    ),
    panel(
      "phones in a sequence",
      ["3–8", "6 phonemes"],
      ["10–20", "6 phonemes, 10–20 phones"],
      ["30–60", "6 phonemes, 30–60 phones"],
    ),
    panel("64 cells", ["K = 6", "6 phonemes, 64 cells"], ["K = 24", "24 phonemes, 64 cells"]),
  ], {
    title: "LSTM takes about twice as long as BLSTM, and longer still with 48 phonemes",
    subtitle: "A dot is one training; lines join medians. The ratio is the median over five seeds.",
    cap: Math.max(...taskNames.map((task) => experiment("lstm", tasks[task], 0).iters)),
    noteName: "LSTM / BLSTM",
  });
}
