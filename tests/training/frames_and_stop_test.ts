import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { type Experiment, runName, train, Training } from "lib/experiments/mod.ts";
import { smallExperiment } from "../support/experiments.ts";

const [grid] = smallExperiment().evaluations;
const rowsOf = async (overrides: Partial<Experiment>) =>
  await Array.fromAsync(train(smallExperiment(overrides)));

Deno.test("rows have frames only where the grid asks for them, and are else the same", async () => {
  const criterion = { kind: "framewise" } as const;
  const plain = await rowsOf({ criterion });
  const asked = await rowsOf({ criterion, evaluations: [{ ...grid, frames: { places: 2 } }] });
  for (const row of plain) assertEquals("frames" in row, false);
  assertEquals(asked.map(({ frames: _, ...row }) => row), plain);
  for (const { frames } of asked) {
    assert(frames!.accuracy >= 0 && frames!.accuracy <= 1);
    assertEquals([frames!.byPosition?.start.length, frames!.byPosition?.end.length], [2, 2]);
  }
});

Deno.test("without places there is the accuracy alone, the same figure", async () => {
  const accuracy = async (frames: { places?: number }) =>
    (await rowsOf({ evaluations: [{ ...grid, frames }] })).map((row) => row.frames!);
  const [alone, placed] = [await accuracy({}), await accuracy({ places: 1 })];
  assertEquals(alone, placed.map(({ accuracy }) => ({ accuracy })));
});

Deno.test("frames and alignment can be asked for together", async () => {
  const alignment = {}, frames = {};
  const both = await rowsOf({ evaluations: [{ ...grid, alignment, frames }] });
  const one = await rowsOf({ evaluations: [{ ...grid, alignment }] });
  assertEquals(both.map(({ frames: _, ...row }) => row), one);
});

Deno.test("a model that halves time has no frames to measure, and says so", async () => {
  const model = { kind: "blstm", hidden: 2, layers: 2, pyramid: true } as const;
  for (const asked of [{ frames: {} }, { blanks: true }, { alignment: {} }]) {
    assertThrows(
      () => new Training(smallExperiment({ model, evaluations: [{ ...grid, ...asked }] })),
      RangeError,
      "must have an output for every frame: it has ",
    );
  }
  assert((await rowsOf({ model })).length > 0);
});

Deno.test("framewise training learns frames: accuracy rises above that of silence alone", async () => {
  const rows = await rowsOf({
    criterion: { kind: "framewise" },
    optimizer: { ...smallExperiment().optimizer, lr: 0.03 },
    iters: 60,
    evaluations: [{ ...grid, frames: {} }],
  });
  const [first, last] = [rows[0], rows[rows.length - 1]].map((row) => row.frames!.accuracy);
  assert(last > first + 0.2, `${first} ${last}`);
});

Deno.test("a training stops after two evaluations in a row at or below stopAtPer", async () => {
  const never = await rowsOf({ iters: 40 });
  const pers = never.map(({ per }) => per);
  // Two in a row at or below the second smallest of all but the last two.
  const limit = Math.max(pers[2], pers[3]);
  const end = pers.findIndex((per, n) => n > 0 && per <= limit && pers[n - 1] <= limit);
  assertEquals(await rowsOf({ iters: 40, stopAtPer: limit }), never.slice(0, end + 1));
  assert(end < never.length - 1);
});

Deno.test("only the first grid decides when to stop", async () => {
  const other = { ...grid, every: 3, stream: grid.stream + 1 };
  const rows = await rowsOf({ iters: 40, stopAtPer: 1e9, evaluations: [grid, other] });
  assertEquals(rows.map(({ every, iter }) => [every, iter]), [[5, 1], [3, 1], [3, 3], [5, 5]]);
});

Deno.test("stopAtPer is part of the experiment's name, and leaving it out changes none", () => {
  assertNotEquals(runName(smallExperiment({ stopAtPer: 0.05 })), runName(smallExperiment()));
  assertThrows(
    () => new Training(smallExperiment({ stopAtPer: -0.1 })),
    RangeError,
    "stopAtPer must be >= 0: current value is -0.1",
  );
});
