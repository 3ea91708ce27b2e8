import { assertEquals } from "@std/assert";
import accuracyByPlace from "../fixtures/figures/accuracy-by-place.svg" with { type: "text" };
import alignmentGrid from "../fixtures/figures/alignment-grid.svg" with { type: "text" };
import alignmentRows from "../fixtures/figures/alignment-rows.svg" with { type: "text" };
import gradientMatrix from "../fixtures/figures/gradient-matrix.svg" with { type: "text" };
import automata from "../fixtures/figures/automata.svg" with { type: "text" };
import corpusSample from "../fixtures/figures/corpus-sample.svg" with { type: "text" };
import corpusSignatures from "../fixtures/figures/corpus-signatures.svg" with { type: "text" };
import ctcAlignment from "../fixtures/figures/ctc-alignment.svg" with { type: "text" };
import ctcGradient from "../fixtures/figures/ctc-gradient.svg" with { type: "text" };
import dotRows from "../fixtures/figures/dot-rows.svg" with { type: "text" };
import depth from "../fixtures/figures/depth.svg" with { type: "text" };
import errorsByPosition from "../fixtures/figures/errors-by-position.svg" with { type: "text" };
import framewiseErrors from "../fixtures/figures/framewise-errors.svg" with { type: "text" };
import gradcheck from "../fixtures/figures/gradcheck.svg" with { type: "text" };
import iterationsToSolve from "../fixtures/figures/iterations-to-solve.svg" with { type: "text" };
import lattice from "../fixtures/figures/lattice.svg" with { type: "text" };
import latticePaths from "../fixtures/figures/lattice-paths.svg" with { type: "text" };
import paperComparison from "../fixtures/figures/paper-comparison.svg" with { type: "text" };
import recordingAlignment from "../fixtures/figures/recording-alignment.svg" with { type: "text" };
import scale from "../fixtures/figures/scale.svg" with { type: "text" };
import trainingCurves from "../fixtures/figures/training-curves.svg" with { type: "text" };
import trainingFrame from "../fixtures/figures/training-frame.svg" with { type: "text" };
import weightMatrices from "../fixtures/figures/weight-matrices.svg" with { type: "text" };
import balanceCurves from "../fixtures/figures/balance-curves.svg" with { type: "text" };
import blankAgainstSilence from "../fixtures/figures/blank-against-silence.svg" with {
  type: "text",
};
import blankCurves from "../fixtures/figures/blank-curves.svg" with { type: "text" };
import ctcCostByLength from "../fixtures/figures/ctc-cost-by-length.svg" with { type: "text" };
import fusionGains from "../fixtures/figures/fusion-gains.svg" with { type: "text" };
import limitCurves from "../fixtures/figures/limit-curves.svg" with { type: "text" };
import movementByTensor from "../fixtures/figures/movement-by-tensor.svg" with { type: "text" };
import valueMap from "../fixtures/figures/value-map.svg" with { type: "text" };
import widthCurves from "../fixtures/figures/width-curves.svg" with { type: "text" };
import { samples } from "./samples.ts";
import { normalised } from "./snapshots.ts";

const snapshots: Record<string, string> = {
  "corpus-signatures": corpusSignatures,
  "corpus-sample": corpusSample,
  "training-curves": trainingCurves,
  "ctc-alignment": ctcAlignment,
  "training-frame": trainingFrame,
  "weight-matrices": weightMatrices,
  "gradcheck": gradcheck,
  "lattice": lattice,
  "lattice-paths": latticePaths,
  "ctc-gradient": ctcGradient,
  "accuracy-by-place": accuracyByPlace,
  "iterations-to-solve": iterationsToSolve,
  "scale": scale,
  "depth": depth,
  "dot-rows": dotRows,
  "framewise-errors": framewiseErrors,
  "errors-by-position": errorsByPosition,
  "automata": automata,
  "paper-comparison": paperComparison,
  "alignment-grid": alignmentGrid,
  "alignment-rows": alignmentRows,
  "gradient-matrix": gradientMatrix,
  "balance-curves": balanceCurves,
  "limit-curves": limitCurves,
  "recording-alignment": recordingAlignment,
  "value-map": valueMap,
  "fusion-gains": fusionGains,
  "width-curves": widthCurves,
  "blank-curves": blankCurves,
  "blank-against-silence": blankAgainstSilence,
  "movement-by-tensor": movementByTensor,
  "ctc-cost-by-length": ctcCostByLength,
};

Deno.test("every sample figure has a snapshot", () => {
  assertEquals(Object.keys(snapshots), Object.keys(samples));
});

for (const [name, draw] of Object.entries(samples)) {
  Deno.test(`${name} is drawn as in its snapshot, without a warning`, () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...words) => warnings.push(...words);
    try {
      assertEquals(normalised(draw()), snapshots[name]);
    } finally {
      console.warn = warn;
    }
    assertEquals(warnings, []);
  });

  Deno.test(`${name} is the same text each time, whatever was drawn before`, () => {
    const first = draw().outerHTML;
    samples["gradcheck"]();
    assertEquals(draw().outerHTML, first);
  });

  Deno.test(`${name} is SVG that shows by itself in a notebook and on any page`, () => {
    const { outerHTML } = draw();
    // Deno's kernel sends as image/svg+xml what has an outerHTML that starts so.
    assertEquals(outerHTML.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'), true);
    assertEquals(/<style|&nbsp;|NaN|undefined|Infinity/.exec(outerHTML)?.[0], undefined);
    const ids = [...outerHTML.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const used = [...outerHTML.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id);
    assertEquals(new Set(used).difference(new Set(ids)).size, 0, "a clip path is missing");
  });
}
