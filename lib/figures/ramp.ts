import { element, label } from "./document.ts";
import { type ColorScale, palette } from "./palette.ts";

/** What a colour scale says. */
export interface RampOptions {
  readonly color: ColorScale;
  /** Name and unit, written before the ramp. */
  readonly title: string;
  /** What stands below the ramp, from its left end (0) to its right (1). */
  readonly ticks: readonly (readonly [share: number, text: string])[];
  /** Width of the ramp in pixels; defaults to 120. */
  readonly width?: number;
}

/**
 * The key of a colour scale: a small ramp that ends at x = 0, so that keys line up on the right;
 * its title stands to its left, its ticks below.
 */
export function ramp(options: RampOptions): SVGGElement {
  const { color, title, ticks, width = 120 } = options;
  const steps = 40, step = width / steps;
  const bars = Array.from({ length: steps }, (_, n) =>
    element("rect", {
      x: -width + n * step,
      width: step,
      height: 10,
      fill: color(n / (steps - 1)),
      "shape-rendering": "crispEdges",
    }));
  return element(
    "g",
    { "font-size": 11, fill: palette.muted },
    ...bars,
    element("rect", { x: -width, width, height: 10, fill: "none", stroke: palette.faint }),
    label(-width - 10, 9, title, { "text-anchor": "end" }),
    ...ticks.map(([share, text]) =>
      label(-width + share * width, 23, text, { "text-anchor": "middle" })
    ),
  );
}
