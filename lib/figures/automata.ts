import { type Graph, instance } from "./libraries/viz.ts";
import type { Topology } from "../alignment/mod.ts";
import { element, label } from "./document.ts";
import { palette } from "./palette.ts";
import { type Heading, MARGIN, type Panel, panels } from "./panels.ts";

/** One topology to draw. */
export interface Automaton {
  /** What it is, such as "CTC". */
  readonly name: string;
  /** The states and arcs to draw. */
  readonly topology: Topology;
}

/** How to draw automata. */
export interface AutomataOptions extends Heading {
  /** What to write in a state, by the number of the label that it emits. */
  readonly names: readonly string[];
}

type Point = readonly [x: number, y: number];

/** Where Graphviz puts states and arcs, in pixels from the top left. */
interface Layout {
  readonly width: number;
  readonly height: number;
  /** [S] centres of the states */
  readonly states: readonly Point[];
  /** One per arc: control points of its cubic splines, and the triangle of its head. */
  readonly arcs: readonly { from: number; to: number; spline: Point[]; head: Point[] }[];
}

/** The part of Graphviz's JSON that is read here; y grows upwards. */
interface GraphvizJson {
  readonly bb: string;
  readonly objects: readonly { readonly pos: string }[];
  readonly edges: readonly {
    readonly tail: number;
    readonly head: number;
    readonly _draw_: readonly { readonly op: string; readonly points?: Point[] }[];
    readonly _hdraw_: readonly { readonly op: string; readonly points?: Point[] }[];
  }[];
}

const RADIUS = 15;
const LEFT = MARGIN + 14;
const GAP = 34;
const graphviz = await instance();

/**
 * Topologies as automata, one below the other: blank or silence in grey, a short arrow where a path
 * may start, a double ring where it may end. Arcs that pass over a state are blue; those that lead
 * from one label to an equal one at once, which CTC forbids, are orange.
 *
 * @example
 * ```ts
 * import { ctcTopology } from "lib/alignment/mod.ts";
 * import { automata } from "lib/figures/mod.ts";
 *
 * automata([{ name: "CTC", topology: ctcTopology([1, 2]) }], { names: ["ε", "a", "b"] });
 * ```
 */
export function automata(
  drawn: readonly Automaton[],
  options: AutomataOptions,
): SVGSVGElement {
  const {
    names,
    title = `${drawn.map(({ name }) => name).join(", ")}: what may follow what`,
    subtitle = "One state per frame. Short arrow: a path may start here; double ring: it may end " +
      "here. Grey: blank or silence. Blue arcs pass over a state; orange arcs join equal labels.",
  } = options;
  const layouts = drawn.map(({ topology }) => layoutOf(topology));
  const width = Math.max(560, ...layouts.map((layout) => LEFT + layout.width + MARGIN));
  let y = 18;
  const parts = drawn.flatMap(({ name, topology }, n): Panel[] => {
    const layout = layouts[n], top = y;
    y += layout.height + GAP + 10;
    return [
      { x: MARGIN, y: top, content: label(0, 0, name, { "font-size": 13, "font-weight": 600 }) },
      { x: LEFT, y: top + 10, content: automaton(topology, layout, names) },
    ];
  });
  return panels({ title, subtitle, width, height: y - GAP + 12, panels: parts });
}

function layoutOf({ labels, outgoing: { start, state } }: Topology): Layout {
  const edges: NonNullable<Graph["edges"]> = [];
  for (let s = 0; s < labels.length; s++) {
    for (let a = start[s]; a < start[s + 1]; a++) {
      // Heavy arcs are straight: the chain of states makes the line.
      const weight = state[a] === s + 1 ? 100 : 1;
      edges.push({ tail: String(s), head: String(state[a]), attributes: { weight } });
    }
  }
  const { bb, objects, edges: drawn } = graphviz.renderJSON({
    directed: true,
    graphAttributes: { rankdir: "LR", nodesep: 0.1, ranksep: 0.34 },
    nodeAttributes: { shape: "circle", fixedsize: true, width: 2 * RADIUS / 72, label: "" },
    edgeAttributes: { arrowsize: 0.6 },
    nodes: Array.from(labels, (_, s) => ({ name: String(s), attributes: { group: "chain" } })),
    edges,
  }) as GraphvizJson;
  const [, , width, height] = bb.split(",").map(Number);
  const down = ([x, y]: Point): Point => [x, height - y];
  const pointsOf = (ops: GraphvizJson["edges"][number]["_draw_"], op: string) =>
    ops.find((drawing) => drawing.op === op)!.points!.map(down);
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    states: objects.map(({ pos }) => down(pos.split(",").map(Number) as [number, number])),
    arcs: drawn.map(({ tail, head, _draw_, _hdraw_ }) => ({
      from: tail,
      to: head,
      spline: pointsOf(_draw_, "b"),
      head: pointsOf(_hdraw_, "P"),
    })),
  };
}

function automaton(topology: Topology, layout: Layout, names: readonly string[]): SVGGElement {
  const { labels, index, initial, final } = topology;
  const arcs = layout.arcs.map(({ from, to, spline: [first, ...rest], head }) => {
    const color = to - from < 2
      ? palette.muted
      : labels[from] === labels[to]
      ? palette.lstm
      : palette.blstm;
    return element(
      "g",
      { stroke: color, fill: color, "stroke-width": 1.25 },
      element("path", { d: `M${first}C${rest.join(" ")}`, fill: "none" }),
      element("path", { d: `M${head.join("L")}Z`, stroke: "none" }),
    );
  });
  const states = layout.states.map(([x, y], s) => {
    const color = index[s] < 0 ? palette.blank : palette.ink;
    const ring = (r: number) =>
      element("circle", { cx: x, cy: y, r, fill: palette.paper, stroke: color });
    return element(
      "g",
      { "stroke-width": 1.5 },
      ...(initial[s] > -Infinity ? [startArrow(x, y)] : []),
      ring(RADIUS),
      ...(final[s] > -Infinity ? [ring(RADIUS - 3.5)] : []),
      label(x, y + 5, names[labels[s]], {
        "text-anchor": "middle",
        "font-size": 15,
        "font-weight": index[s] < 0 ? 400 : 600,
        fill: color,
        stroke: "none",
      }),
    );
  });
  return element("g", {}, ...arcs, ...states);
}

/** A short arrow into a state from below on the left, where Graphviz leaves room. */
function startArrow(x: number, y: number): SVGGElement {
  const c = Math.SQRT1_2;
  const at = (far: number, aside = 0) =>
    [x - c * (RADIUS + far) + c * aside, y + c * (RADIUS + far) + c * aside] as const;
  return element(
    "g",
    { stroke: palette.ink, fill: palette.ink, "stroke-width": 1.75 },
    element("path", { d: `M${at(18)}L${at(6)}` }),
    element("path", { d: `M${at(0.5)}L${at(7.5, 3.2)}L${at(7.5, -3.2)}Z`, stroke: "none" }),
  );
}
