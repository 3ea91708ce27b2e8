import { palette, paperComparison, type PaperComparisonOptions } from "../../figures/mod.ts";
import type { ComparedRow } from "./comparison.ts";
import { headingOf, type Metric, metrics } from "./metrics.ts";

/** A table of the paper and ours as dots. */
export function comparisonFigure(
  number: number,
  rows: Readonly<Record<string, ComparedRow>>,
  { title, color = palette.ffnn }: Pick<PaperComparisonOptions, "title" | "color">,
): SVGSVGElement {
  const silences = Object.values(rows).map(({ silence }) => silence);
  const [least, most] = [Math.min(...silences), Math.max(...silences)];
  return paperComparison(
    Object.values(rows).map(({ columns, theirs, values, silence }) => ({
      ...{ columns, theirs, values },
      truth: { blank: silence },
    })),
    {
      title,
      subtitle: `Table ${number}. Means and standard deviations, the paper's above, ours below; ` +
        "faint marks are our single runs.",
      color,
      measures: Object.fromEntries(
        (Object.keys(metrics) as Metric[]).map((metric) => [metric, headingOf(metric)]),
      ),
      truth: `true share of silence, ${least === most ? least : `${least} to ${most}`} %`,
    },
  );
}
