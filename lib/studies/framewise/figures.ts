import { errorsByPosition, framewiseErrors, palette } from "../../figures/mod.ts";
import type { Results } from "./results.ts";
import { names, networks } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "framewise-errors": errorsOfNetworks,
  "framewise-errors-by-position": errorsAtPlaces,
};

/** How many frames each network names wrongly. */
function errorsOfNetworks(results: Results): SVGSVGElement {
  return framewiseErrors(
    names.map((name) => ({
      name,
      color: palette[networks[name].kind],
      errors: results[name].errors,
    })),
    { title: "What matters is hearing the future: two frames of it, or a window, or all" },
  );
}

/** Where in the phone it names them wrongly. */
function errorsAtPlaces(results: Results): SVGSVGElement {
  return errorsByPosition(names.map((name) => results[name].places), {
    title: "Without the future, a network errs where phones begin",
    subtitle:
      "Share of phones whose frame at this place is named wrongly, in %: means over five corpora, " +
      "64 sequences each. Phones have four to ten frames.",
  });
}
