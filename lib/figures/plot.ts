import * as Plot from "./libraries/plot.ts";
import { figureDocument } from "./document.ts";
import { palette } from "./palette.ts";

/** A plot's SVG element: Observable Plot in the figures' document, without legend or caption. */
export function plot(options: Plot.PlotOptions): SVGSVGElement {
  return Plot.plot({ ...options, document: figureDocument() }) as unknown as SVGSVGElement;
}

/** The house's x axis: thin ticks, the name and unit centred below. */
export function axisX(label: string | null, options: Plot.AxisXOptions = {}): Plot.CompoundMark {
  return Plot.axisX({ ...axis, label, labelAnchor: "center", ...options });
}

/** The house's y axis: thin ticks, the name and unit above it. */
export function axisY(label: string | null, options: Plot.AxisYOptions = {}): Plot.CompoundMark {
  return Plot.axisY({ ...axis, label, labelAnchor: "top", ...options });
}

const axis = { labelArrow: "none", tickSize: 4, color: palette.muted } as const;
