import { iterationsToSolveDots, palette } from "../../figures/mod.ts";
import { median } from "../../numeric/mod.ts";
import type { Results } from "./results.ts";
import {
  type Direction,
  directions,
  experiment,
  titles,
  type Unit,
  unitNames,
  units,
} from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = { "gated-units": solvedDots };

/** The colours of the networks, here and wherever they learn. */
export const colors: Readonly<Record<Direction, Readonly<Record<Unit, string>>>> = {
  forwards: { lstm: palette.lstm, gru: "#7a4a2b", rnn: palette.rnn },
  "both ways": { lstm: palette.blstm, gru: "#a98600", rnn: palette.brnn },
};

/** When networks of each unit solve the corpus, reading forwards and both ways. */
function solvedDots(results: Results): SVGSVGElement {
  const panels = directions.map((direction) => ({
    name: `reading ${direction}`,
    groups: unitNames.map((unit) => {
      const iterations = results[direction][unit];
      const middle = median(iterations);
      const color = colors[direction][unit];
      return {
        name: `${titles[unit]}\n${units[unit].hidden} units`,
        note: middle === Infinity ? "never" : `${middle}`,
        apart: true,
        series: [{ name: "network", color, iterations }],
      };
    }),
  }));
  return iterationsToSolveDots(panels, {
    title: "At equal weights tanh units learn soonest, then GRU, then LSTM",
    subtitle: "Iterations until the phoneme error rate is at most 0.05; a dot is one training.",
    cap: experiment("lstm", "forwards", 0).iters,
    noteName: "median",
  });
}
