import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { writeUpExperiment } from "lib/experiments/mod.ts";
import {
  besideTable14,
  bestCells,
  blankOfSpeech,
  type Cell,
  cellAt,
  claims,
  gather,
  grid,
  leastOf,
  table14,
} from "lib/studies/alignment_time/mod.ts";
import { forcedAlignments, heldOutBatch, Training } from "lib/training/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { linesOf } from "../support/printed_tables.ts";

function cell(
  blankShift: number,
  priorScale: number,
  tse: readonly number[],
  blank: readonly number[] = [],
): Cell {
  return { blankShift, priorScale, tse, tseCenter: [], blank };
}

Deno.test("Table 14 is, figure by figure, what our copy of the paper prints", () => {
  const ours = table14.map(({ priorScale, blankShift, tse, tseCenter, silence }) => [
    ...[priorScale, blankShift, tse, tseCenter, silence],
  ]);
  assertEquals(ours, linesOf(14).map((cells) => cells.map(Number)));
});

Deno.test("every setting of Table 14 is in the grid", () => {
  const { blankShifts, priorScales } = grid;
  const missing = table14.filter(({ blankShift, priorScale }) =>
    !blankShifts.some((s) => s === blankShift) || !priorScales.some((s) => s === priorScale)
  );
  assertEquals(missing, []);
});

Deno.test("bestCells() takes the least mean of each kind", () => {
  const cells = [
    cell(0, 0, [1, 1]),
    cell(-5, 0, [0.5, 1.1]),
    cell(-15, 0, [0.7, 0.7]),
    cell(0, 2, [0.9, 0.9]),
    cell(-10, 1, [0.6, 0.6]),
    cell(-5, 4, [0.5, 0.5]),
  ];
  const settings = Object.entries(bestCells(cells))
    .map(([name, { blankShift, priorScale }]) => [name, blankShift, priorScale]);
  assertEquals(settings, [["neither", 0, 0], ["shift", -15, 0], ["prior", 0, 2], ["both", -5, 4]]);
  assertThrows(() => leastOf([]), RangeError, "no cells");
});

Deno.test("cellAt() says which cell is missing", () => {
  assertThrows(
    () => cellAt([cell(0, 1, [1])], { blankShift: -5, priorScale: 1 }),
    RangeError,
    "shift -5, prior scale 1",
  );
});

Deno.test("blankOfSpeech() is what of the speech is blank once all of the silence is", () => {
  assertAlmostEquals(blankOfSpeech(0.808, 0.18), 0.628 / 0.82, 1e-12);
  assertEquals(blankOfSpeech(0.25, 0.25), 0);
});

Deno.test("besideTable14() sets ratios of means beside ratios, silence beside the truth", () => {
  const cells = table14.map(({ blankShift, priorScale, tse, tseCenter, silence }) => ({
    ...cell(blankShift, priorScale, [tse, 3 * tse], [silence / 100]),
    tseCenter: [tseCenter / 9],
  }));
  const compared = besideTable14({ cells, silence: [0.18] });
  for (const { theirs, ours } of compared) {
    assertAlmostEquals(ours.tse, theirs.tse, 1e-12);
    assertAlmostEquals(ours.tseCenter, theirs.tseCenter, 1e-12);
    assertAlmostEquals(ours.silence, theirs.silence, 1e-12);
  }
  const { theirs, ...setting } = compared[12];
  assertEquals([setting.priorScale, setting.blankShift], [1, -10]);
  assertAlmostEquals(theirs.tse, 68.2 / 111.5, 1e-12);
  assertAlmostEquals(theirs.silence, 21.8 / 18, 1e-12);
});

Deno.test("gather() aligns every model with every setting", () => {
  const batches = [0, 1].map((seed) =>
    heldOutBatch(new Training(writeUpExperiment("blstm", seed)), 1)
  );
  const { cells, silence, sample } = gather(batches);
  assertEquals(cells.length, 99);
  assertEquals(silence.length, 2);
  const setting = { blankShift: -5, priorScale: 2 };
  const blank = batches.map((evaluated) => {
    const [{ labels }] = forcedAlignments(evaluated, setting);
    return labels.filter((label) => label === 0).length / labels.length;
  });
  assertEquals(cellAt(cells, setting).blank, blank);
  assertEquals(sample.labels, batches[0].batch.targets[0].map(String));
  assertEquals(sample.rows[0].name, "neither: 0, 0");
  assertEquals(sample.rows[4].name, "paper's best: −10, 1");
  assertEquals(sample.rows[4].spans.length, sample.labels.length);
});

/** What the weights in `results/` give, at the settings that claims read: TSE of five models. */
// deno-fmt-ignore
const cells = [
  cell(0, 0, [1.837, 1.602, 1.716, 1.43, 2.156], [0.69, 0.626, 0.544, 0.6, 0.758]),
  cell(0, 1, [1.619, 1.474, 1.624, 1.29, 1.906]),
  cell(0, 1.5, [1.509, 1.432, 1.581, 1.239, 1.785]),
  cell(0, 2, [1.416, 1.361, 1.525, 1.191, 1.696]),
  cell(0, 3, [1.16, 1.227, 1.435, 1.11, 1.554]),
  cell(0, 6, [0.866, 0.656, 1.11, 1.035, 1.097]),
  cell(0, 12, [2.785, 2.193, 2.531, 2.177, 2.038]),
  cell(-5, 0, [1.422, 1.358, 1.478, 1.188, 1.742]),
  cell(-5, 1, [1.215, 1.23, 1.396, 1.099, 1.591]),
  cell(-5, 4, [0.823, 0.699, 1.124, 1.04, 1.081]),
  cell(-10, 0, [0.959, 1.023, 1.18, 1.075, 1.527]),
  cell(-10, 1, [0.84, 0.79, 1.107, 1.016, 1.266]),
  cell(-15, 0, [0.828, 0.756, 1.374, 1.097, 1.151]),
  cell(-15, 1, [0.913, 0.969, 1.697, 1.18, 1.078]),
  cell(-18, 0, [0.951, 1.102, 1.86, 1.301, 1.056]),
  cell(-20, 0, [1.36, 1.673, 2.449, 1.505, 1.161]),
  cell(-20, 1, [2.102, 1.983, 2.598, 1.898, 1.465]),
];

Deno.test("alignment time: such errors give the stated verdicts, and every row can fail", () => {
  assertEveryRowCanFail(claims, { cells, silence: [0.34, 0.319, 0.329, 0.337, 0.336] });
});
