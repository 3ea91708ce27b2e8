import * as Plot from "./libraries/plot.ts";
import type { Matrix, Params } from "../numeric/mod.ts";
import { label } from "./document.ts";
import { columnAxis, heatMap } from "./heat_map.ts";
import { palette, signedScale } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";
import { ramp } from "./ramp.ts";

const WIDTH = 900;
const LEFT = 84;
const SPAN = 768;
const ROW = 15;
type SignedColor = (value: number) => string;
const gates = ["i · input gate", "f · forget gate", "g · cell input", "o · output gate"];

/**
 * The weights of a recurrent layer and the linear layer above it: input to gates per direction,
 * with the bias below, and the projection to the labels, which stands on its side.
 *
 * @param params The weights of `stack(blstm(D, H), linear(2H, K))`, or of the same with `lstm`.
 * @throws {RangeError} If they are of neither.
 *
 * @example
 * ```ts
 * import { weightMatrices } from "lib/figures/mod.ts";
 * import { blstm, linear, stack } from "lib/models/mod.ts";
 * import { RandomState } from "lib/numeric/mod.ts";
 *
 * weightMatrices(stack(blstm(8, 24), linear(48, 7)).init(new RandomState(7)));
 * ```
 */
export function weightMatrices(params: Params, options: Heading = {}): SVGSVGElement {
  const bidirectional = params["0.fwd.Wx"] !== undefined;
  const directions = bidirectional
    ? [["fwd.", "Forward LSTM"], ["bwd.", "Backward LSTM"]] as const
    : [["", "LSTM"]] as const;
  const inputs = directions.map(([prefix, name]) => ({
    name,
    Wx: weight(params, `0.${prefix}Wx`),
    b: weight(params, `0.${prefix}b`),
  }));
  const W = weight(params, "1.W");
  const limit = niceLimit([W, ...inputs.flatMap(({ Wx, b }) => [Wx, b])]);
  const color = (value: number) => signedScale(0.5 + value / limit / 2);
  const H = inputs[0].b.cols / 4;
  const biases = inputs.flatMap(({ b }) => [...b.data.subarray(H, 2 * H)]);
  const {
    title = `Forget biases stay ${Math.min(...biases) > 0 ? "positive" : "mostly positive"}: ` +
      `the cells remember unless told otherwise`,
    subtitle = `Weights from the input to the four gates of each cell, and the bias below. ` +
      `Forget biases start at 1; here ${biases.filter((b) => b > 0).length} of ` +
      `${biases.length} are above 0, and their mean is ${mean(biases).toFixed(2)}.`,
  } = options;
  const pitch = ROW * inputs[0].Wx.rows + 98;
  const drawn = inputs.flatMap(({ name, Wx, b }, n): Panel[] => [
    { x: LEFT, y: 24 + n * pitch, content: heading(`${name}: input to gates, ${H} cells each`) },
    { x: 0, y: 28 + n * pitch, content: gateMap(Wx, color) },
    { x: 0, y: 60 + n * pitch + ROW * Wx.rows, content: biasMap(b, color) },
  ]);
  const bottom = 24 + inputs.length * pitch;
  const [lo, mid, hi] = [`≤ −${limit}`, "0", `≥ ${limit}`];
  return panels({
    title,
    subtitle,
    width: WIDTH,
    height: bottom + 16 * W.cols + 122,
    panels: [
      ...drawn,
      { x: LEFT, y: bottom, content: heading("Output projection: cells to labels") },
      { x: 0, y: bottom + 4, content: projectionMap(W, bidirectional, color) },
      {
        x: WIDTH - MARGIN - 24,
        y: bottom + 16 * W.cols + 84,
        content: ramp({
          color: signedScale,
          title: "weight",
          ticks: [[0, lo], [0.5, mid], [1, hi]],
        }),
      },
    ],
  });
}

function heading(text: string): SVGTextElement {
  return label(0, 0, text, { "font-weight": 600 });
}

/** Wx [D, 4H] with band 0 at the bottom, the gates named above. */
function gateMap({ rows: D, cols: G, data }: Matrix, color: SignedColor): SVGSVGElement {
  const names = gates.map((text, n) => ({ text, x: (n + 0.5) * G / 4 }));
  return heatMap({
    rows: D,
    cols: G,
    color: (row, col) => color(data[(D - 1 - row) * G + col]),
    cell: [SPAN / G, ROW],
    rowLabels: Array.from({ length: D }, (_, n) => String(D - 1 - n)),
    rowTitle: "band",
    margins: { top: 28, right: MARGIN, bottom: 2, left: LEFT },
    marks: [
      gateRules(G),
      Plot.text(names, {
        x: "x",
        y: 0,
        text: "text",
        dy: -8,
        lineAnchor: "bottom",
        fontSize: 11,
        fill: palette.muted,
      }),
    ],
  });
}

/** b [1, 4H]. */
function biasMap({ cols: G, data }: Matrix, color: SignedColor): SVGSVGElement {
  return heatMap({
    rows: 1,
    cols: G,
    color: (_, col) => color(data[col]),
    cell: [SPAN / G, ROW],
    rowLabels: ["bias"],
    margins: { top: 2, right: MARGIN, bottom: 2, left: LEFT },
    marks: [gateRules(G)],
  });
}

function gateRules(G: number): Plot.Markish {
  return Plot.ruleX([G / 4, G / 2, 3 * G / 4], { stroke: palette.ink });
}

/** W [N, K] on its side: labels down, cells to the right. */
function projectionMap(
  W: Matrix,
  bidirectional: boolean,
  color: SignedColor,
): SVGSVGElement {
  const { rows: N, cols: K, data } = W;
  return heatMap({
    rows: K,
    cols: N,
    color: (k, n) => color(data[n * K + k]),
    cell: [SPAN / N, 16],
    rowLabels: Array.from({ length: K }, (_, k) => k === 0 ? "blank" : String(k)),
    rowTitle: "label",
    margins: { top: 28, right: MARGIN, bottom: 40, left: LEFT },
    marks: [
      bidirectional ? Plot.ruleX([N / 2], { stroke: palette.ink }) : null,
      columnAxis(N, bidirectional ? "cell: forward, then backward" : "cell"),
    ],
  });
}

/** A round number that 98 % of the weights stay within. */
function niceLimit(matrices: readonly Matrix[]): number {
  const sizes = matrices.flatMap(({ data }) => [...data].map(Math.abs)).sort((a, b) => a - b);
  return Math.max(0.5, Math.ceil(2 * sizes[Math.floor(0.98 * (sizes.length - 1))]) / 2);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weight(params: Params, name: string): Matrix {
  if (params[name] !== undefined) return params[name];
  throw new RangeError(
    `Cannot draw the weights as "${name}" must be among them: ` +
      `there are ${Object.keys(params).map((key) => `"${key}"`).join(", ") || "none"}`,
  );
}
