import { element, label } from "./document.ts";
import { labelScale, palette } from "./palette.ts";
import { type Heading, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";
import { valueImage } from "./value_image.ts";

/** A square of values from 0 to 1. */
export interface ValueSquare {
  /** What stands above it. */
  readonly name: string;
  /** [n][n], the first row at the top. */
  readonly values: readonly (readonly number[])[];
}

/** What a figure of squares shows. */
export interface ValueSquaresOptions extends Required<Heading> {
  /** Two or three of them. */
  readonly squares: readonly ValueSquare[];
  /** What the values are, for the key. */
  readonly key: string;
}

const SIZE = 230;
const GAP = 50;
const LEFT = 24;

/** Squares of values side by side, each of the same size however many values it has. */
export function valueSquares(
  { title, subtitle, squares, key }: ValueSquaresOptions,
): SVGSVGElement {
  const content = ({ values }: ValueSquare) =>
    element(
      "g",
      {},
      element("image", {
        href: valueImage({
          rows: values.length,
          cols: values.length,
          share: (row, col) => values[row][col],
          color: labelScale,
        }),
        width: SIZE,
        height: SIZE,
        preserveAspectRatio: "none",
        style: "image-rendering: pixelated",
      }),
      element("rect", { width: SIZE, height: SIZE, fill: "none", stroke: palette.faint }),
    );
  return panels({
    title,
    subtitle,
    width: 900,
    height: SIZE + 52,
    panels: [
      ...squares.flatMap((square, n) => {
        const x = LEFT + n * (SIZE + GAP);
        const name = label(0, 0, square.name, { "font-weight": 600 });
        return [{ x, y: 20, content: name }, { x, y: 30, content: content(square) }];
      }),
      {
        x: 876,
        y: 30,
        content: ramp({
          color: labelScale,
          title: key,
          ticks: [[0, "0"], [0.5, "0.5"], [1, "1"]],
        }),
      },
    ],
  });
}
