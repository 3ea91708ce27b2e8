import * as Plot from "./libraries/plot.ts";
import type { GradcheckPoint, GradcheckReport } from "../gradcheck.ts";
import { label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { axisX, axisY, plot } from "./plot.ts";

/** One gradient check to draw: of which model, in which colour. */
export interface NamedGradcheck {
  /** What the model is called. */
  readonly name: string;
  /** As #rrggbb. */
  readonly color: string;
  /** The check, point by point. */
  readonly report: GradcheckReport;
}

/** What is written about the error. */
export interface GradcheckScatterOptions extends Heading {
  /** The error that the check allows, drawn as a line; defaults to 2e-7. */
  limit?: number;
}

const PLOT = 320;
const LEFT = 76;
const STRIP = 18;
const FLOOR = 1e-9;

/**
 * Numeric against analytic gradients, |∂loss/∂θ| on two log axes, and below the error of every
 * entry by tensor. Entries whose two signs differ are crosses; those smaller than 1e-9 lie on the
 * edge.
 *
 * @param checks One per model, side by side.
 *
 * @example
 * ```ts
 * import { gradcheckScatter } from "lib/figures/mod.ts";
 *
 * const point = { tensor: "W", place: 0, numeric: 0.5, analytic: 0.5, error: 1e-9 };
 * const report = { maxRelativeError: 1e-9, checked: 1, points: [point] };
 * gradcheckScatter([{ name: "GRU", color: "#5f7a12", report }]);
 * ```
 */
export function gradcheckScatter(
  checks: readonly NamedGradcheck[],
  options: GradcheckScatterOptions = {},
): SVGSVGElement {
  const all = checks.flatMap(({ report }) => report.points);
  const worst = Math.max(...checks.map(({ report }) => report.maxRelativeError));
  const { limit = 2e-7 } = options;
  const {
    title = worst <= limit
      ? `All ${all.length} gradients agree with differences of the loss`
      : "Some gradients disagree with differences of the loss",
    subtitle = `Above: each weight and input value, computed by backpropagation and by moving it ` +
      `a little; on the diagonal they are equal. Below: how far each is off, by tensor, against ` +
      `the limit of ${exponential(limit)}.`,
  } = options;
  const sizes = all.flatMap((point) => [size(point.analytic), size(point.numeric)]);
  const domain = [decade(Math.min(...sizes), -1), decade(Math.max(...sizes), 1)] as const;
  const errors = all.map(({ error }) => error).filter((error) => error > 0);
  const errorDomain = [decade(Math.min(1e-12, ...errors), -1), decade(10 * limit, 1)] as const;
  const tensors = Math.max(...checks.map(({ report }) => tensorsOf(report).length));
  const width = LEFT + PLOT + MARGIN;
  const stripTop = 34 + PLOT + 60;
  const drawn = checks.flatMap(({ name, color, report }, n): Panel[] => {
    const x = n * (width + 8);
    const heading = `${name}: largest error ${exponential(report.maxRelativeError, 1)}` +
      ` of ${report.checked} entries`;
    return [
      {
        x: x + LEFT,
        y: 18,
        content: label(0, 0, heading, { "font-weight": 600, fill: color }),
      },
      { x, y: 22, content: scatter(report, color, domain) },
      { x, y: stripTop, content: strips(report, color, errorDomain, limit) },
    ];
  });
  return panels({
    title,
    subtitle,
    width: Math.max(600, checks.length * (width + 8)),
    height: stripTop + tensors * STRIP + 84,
    panels: drawn,
  });
}

type Domain = readonly [number, number];

function scatter(
  { points }: GradcheckReport,
  color: string,
  domain: Domain,
): SVGSVGElement {
  const channels = {
    x: (point: GradcheckPoint) => size(point.analytic),
    y: (point: GradcheckPoint) => size(point.numeric),
  };
  const opposite = points.filter(({ numeric, analytic }) => numeric * analytic < 0);
  return plot({
    width: LEFT + PLOT + MARGIN,
    height: PLOT + 60,
    marginLeft: LEFT,
    marginRight: MARGIN,
    marginTop: 24,
    marginBottom: 36,
    x: { type: "log", domain },
    y: { type: "log", domain },
    marks: [
      Plot.frame({ stroke: palette.faint }),
      axisX("|gradient| by backpropagation, nats per unit", { ...exponents, labelOffset: 34 }),
      axisY(null, exponents),
      Plot.text(["|gradient| by differences, nats per unit"], {
        frameAnchor: "top-left",
        dx: 10,
        dy: 10,
        fill: palette.muted,
        fontSize: 11,
      }),
      Plot.line([domain[0], domain[1]], {
        x: Plot.identity,
        y: Plot.identity,
        stroke: palette.faint,
      }),
      Plot.dot(points.filter((point) => !opposite.includes(point)), {
        ...channels,
        r: 2.5,
        fill: color,
        fillOpacity: 0.35,
      }),
      Plot.dot(opposite, { ...channels, r: 4, symbol: "times", stroke: palette.ink }),
    ],
  });
}

function strips(
  report: GradcheckReport,
  color: string,
  domain: Domain,
  limit: number,
): SVGSVGElement {
  const tensors = tensorsOf(report);
  return plot({
    width: LEFT + PLOT + MARGIN,
    height: tensors.length * STRIP + 64,
    marginLeft: LEFT,
    marginRight: MARGIN,
    marginTop: 24,
    marginBottom: 40,
    x: { type: "log", domain },
    y: { type: "band", domain: tensors, padding: 0 },
    marks: [
      Plot.frame({ stroke: palette.faint }),
      axisX("relative error", { ...exponents, labelOffset: 34 }),
      Plot.axisY({ label: null, tickSize: 0, color: palette.muted, fontSize: 11 }),
      Plot.ruleX([limit], { stroke: palette.ink, strokeDasharray: "3,3" }),
      Plot.text(["tensor"], {
        frameAnchor: "top-left",
        dx: -8,
        dy: -6,
        lineAnchor: "bottom",
        textAnchor: "end",
        fill: palette.muted,
        fontSize: 11,
      }),
      Plot.text(["limit"], {
        x: () => limit,
        frameAnchor: "top",
        dy: -6,
        lineAnchor: "bottom",
        fill: palette.muted,
        fontSize: 11,
      }),
      Plot.tickX(report.points, {
        x: (point: GradcheckPoint) => Math.max(domain[0], point.error),
        y: "tensor",
        stroke: color,
        strokeOpacity: 0.35,
        inset: 3,
      }),
    ],
  });
}

const exponents = {
  ticks: 6,
  fontSize: 11,
  tickFormat: (value: number) => `10${superscript(Math.round(Math.log10(value)))}`,
};

/** 2e−7 */
function exponential(value: number, digits?: number): string {
  return value.toExponential(digits).replace("-", "−");
}

/** −3 → ⁻³ */
function superscript(n: number): string {
  return String(n).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
}

function size(gradient: number): number {
  return Math.max(FLOOR, Math.abs(gradient));
}

/** The power of ten at or beyond a value. */
function decade(value: number, direction: 1 | -1): number {
  const exponent = Math.log10(value);
  return 10 ** (direction === 1 ? Math.ceil(exponent) : Math.floor(exponent));
}

function tensorsOf({ points }: GradcheckReport): string[] {
  return [...new Set(points.map(({ tensor }) => tensor))];
}
