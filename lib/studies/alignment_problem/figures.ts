import { ctcGradient, lattice, latticePaths } from "../../figures/mod.ts";
import { hi, type Results } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "alignment-paths": ({ walks, states }: Results): SVGSVGElement =>
    latticePaths(walks, { labels: states }),
  "alignment-lattice": ({ tables, states }: Results): SVGSVGElement =>
    lattice([
      { name: "log α", values: tables.logAlpha, unit: "nats" },
      { name: "log β", values: tables.logBeta, unit: "nats" },
      { name: "occupancy", values: tables.occupancy, unit: "share" },
    ], {
      labels: states,
      title: "α looks back, β looks ahead, together they say where the paths are",
    }),
  "ctc-gradient": ({ gradient }: Results): SVGSVGElement =>
    ctcGradient(gradient, { labels: hi.names }),
};
