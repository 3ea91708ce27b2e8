import { element, label } from "./document.ts";
import { palette, readableOn } from "./palette.ts";
import { type Heading, MARGIN, panels } from "./panels.ts";

/** One bar, from the left: a value for each part. */
export interface StackedBar {
  /** What stands left of the bar. */
  readonly name: string;
  /** [parts] in any unit, all in the same. */
  readonly values: readonly number[];
  /** What is written after the bar; defaults to nothing. */
  readonly note?: string;
}

/** What the bars are made of. */
export interface StackedBarsOptions extends Required<Heading> {
  /** Name and colour of every part, in the order of the values. */
  readonly parts: readonly { readonly name: string; readonly color: string }[];
  /** From top to bottom. */
  readonly bars: readonly StackedBar[];
  /** The value that fills the whole width; defaults to that of the longest bar. */
  readonly full?: number;
  /** What is written in a part that is wide enough; defaults to nothing. */
  readonly format?: (value: number) => string;
  /** Space left of the bars for their names, in pixels; defaults to 190. */
  readonly left?: number;
  /** Space right of the longest bar for its note, in pixels; defaults to 90. */
  readonly right?: number;
}

const WIDTH = 900;
const HEIGHT = 22;
const STEP = 30;
const KEY = 34;
const CHARACTER = 7;

/** Bars one below the other, each of several parts, with the key of the parts above them. */
export function stackedBars(options: StackedBarsOptions): SVGSVGElement {
  const { title, subtitle, parts, bars, format, left = 190, right = 90 } = options;
  const longest = Math.max(...bars.map(({ values }) => values.reduce((a, b) => a + b, 0)));
  const { full = longest } = options;
  const scale = (WIDTH - left - right) / full;
  let key = left;
  const keys = parts.map(({ name, color }) => {
    const at = key;
    key += 16 + 26 + CHARACTER * name.length;
    return element(
      "g",
      {},
      element("rect", { x: at, y: 0, width: 12, height: 12, fill: color }),
      label(at + 18, 10.5, name, { fill: palette.muted }),
    );
  });
  const drawn = bars.map(({ name, values, note }, n) => {
    const y = KEY + n * STEP;
    let x = left;
    const pieces = values.flatMap((value, p) => {
      const from = x, width = value * scale;
      x += width;
      if (value === 0) return [];
      const text = format?.(value) ?? "";
      const fits = text !== "" && width > CHARACTER * text.length + 8;
      const { color } = parts[p];
      return [
        element("rect", { x: from, y, width, height: HEIGHT, fill: color }),
        ...(fits
          ? [label(from + width / 2, y + 15.5, text, {
            "text-anchor": "middle",
            fill: readableOn(color),
          })]
          : []),
      ];
    });
    return element(
      "g",
      {},
      label(left - 10, y + 15.5, name, { "text-anchor": "end" }),
      ...pieces,
      ...(note === undefined ? [] : [label(x + 8, y + 15.5, note, { fill: palette.muted })]),
    );
  });
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: KEY + STEP * bars.length + MARGIN / 2,
    panels: [{ x: 0, y: 4, content: element("g", {}, ...keys, ...drawn) }],
  });
}
