import { assertEquals, assertThrows } from "@std/assert";
import {
  type AlignmentTimeCell,
  alignmentTimeCells,
  alignmentTimeGrid,
  alignmentTimeRows,
  bestCells,
  compareAlignmentTime,
  heldOutBatch,
  judgeRatios,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";

const spread = (mean: number, deviation = 0) => ({ mean, deviation });

function cell(blankShift: number, priorScale: number, tse: number): AlignmentTimeCell {
  const relative = { tse: spread(tse), tseCenter: spread(1) };
  return {
    ...{ blankShift, priorScale, tse, tseCenter: 1, silenceRatio: 0.3 },
    ...{ relative, silence: spread(1) },
  };
}

Deno.test("every setting of Table 14 is in the grid", () => {
  const { blankShifts, priorScales } = alignmentTimeGrid;
  const missing = alignmentTimeRows.filter(({ blankShift, priorScale }) =>
    !blankShifts.some((s) => s === blankShift) || !priorScales.some((s) => s === priorScale)
  );
  assertEquals(missing, []);
});

Deno.test("judgeRatios() takes two of our deviations, and at least 0.02", () => {
  const theirs = { tse: 0.8, tseCenter: 0.9 };
  const judged = (tse: number, deviation: number) =>
    judgeRatios(theirs, { tse: spread(tse, deviation), tseCenter: spread(0.9) });
  assertEquals(judged(0.6, 0.1), { apart: [], verdict: "reproduced" });
  assertEquals(judged(0.59, 0.1), { apart: ["tse"], verdict: "same direction" });
  assertEquals(judged(0.82, 0).verdict, "reproduced");
  assertEquals(judged(0.821, 0).verdict, "same direction");
});

Deno.test("judgeRatios() finds what helps one and harms the other not reproduced, however wide σ is", () => {
  const judged = (theirs: number, ours: number) =>
    judgeRatios({ tse: theirs, tseCenter: 1 }, { tse: spread(ours, 1), tseCenter: spread(1) });
  assertEquals(judged(1.2, 0.7).verdict, "not reproduced");
  assertEquals(judged(0.99, 1.2).verdict, "reproduced"); // 0.99 is no help
});

Deno.test("bestCells() takes the least of each kind", () => {
  const cells = [
    cell(0, 0, 1),
    cell(-5, 0, 0.8),
    cell(-15, 0, 0.7),
    cell(0, 2, 0.9),
    cell(-10, 1, 0.6),
    cell(-5, 4, 0.5),
  ];
  const settings = Object.values(bestCells(cells)).map((c) => [c.blankShift, c.priorScale]);
  assertEquals(settings, [[0, 0], [-15, 0], [0, 2], [-5, 4], [-10, 1]]);
});

Deno.test("compareAlignmentTime() sets ratios beside ratios, and says which cell is missing", () => {
  const cells = alignmentTimeRows.map((row) =>
    cell(row.blankShift, row.priorScale, row.tse / 111.5)
  );
  const compared = compareAlignmentTime(cells);
  assertEquals(compared.length, 15);
  assertEquals(compared.map(({ relative }) => relative.tse), cells.map(({ tse }) => tse));
  assertThrows(() => compareAlignmentTime(cells.slice(1, 4)), RangeError, "shift 0, scale 0");
});

Deno.test("alignmentTimeCells() measures against neither, model by model", () => {
  const batches = [0, 1].map((seed) =>
    heldOutBatch(new Training(writeUpExperiment("blstm", seed)), 1)
  );
  const cells = alignmentTimeCells(batches);
  assertEquals(cells.length, 99);
  assertEquals(cells[0].relative, { tse: spread(1), tseCenter: spread(1) });
});
