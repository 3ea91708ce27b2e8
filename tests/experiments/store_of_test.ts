import { assertEquals, assertThrows } from "@std/assert";
import { runName, storeOf, Training } from "lib/experiments/mod.ts";
import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { wholeRun } from "../support/stored_runs.ts";

const ctc = smallExperiment();
const fullSum = smallExperiment({ name: "other", criterion: { kind: "full-sum" } });
const another = smallExperiment({ seed: 4 });

Deno.test("storeOf() finds a run and its weights under any spelling of its experiment", async () => {
  for (const [stored, asked] of [[ctc, fullSum], [fullSum, ctc], [ctc, ctc]]) {
    const { params } = new Training(stored);
    const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(stored) });
    const store = storeOf(
      { sweep: { runs: [wholeRun(another), wholeRun(stored)] } },
      { [runName(stored)]: bytes },
    ).within("sweep");
    assertEquals(await store.read(asked), wholeRun(asked));
    const found = decodeCheckpoint((await store.readWeights(asked))!);
    assertEquals(found, { params, metadata: { experiment: JSON.stringify(asked) } });
    assertEquals(await store.readWeights(another), undefined);
    assertEquals(await store.read(smallExperiment({ seed: 5 })), undefined);
  }
});

Deno.test("storeOf() prefers the run of the very spelling", async () => {
  const runs = [wholeRun(ctc, { nll: 1 }), wholeRun(fullSum, { nll: 2 })];
  const store = storeOf({ sweep: { runs } }).within("sweep");
  assertEquals([await store.read(ctc), await store.read(fullSum)], runs);
});

Deno.test("storeOf() gives the documents that it has, and names them where one is asked for that it has not", async () => {
  const store = storeOf({ bench: { ms: 3 }, other: 1 });
  assertEquals(await store.document("bench"), { ms: 3 });
  for (const name of ["none", "toString"]) {
    assertThrows(
      () => store.document(name),
      RangeError,
      `Cannot read ${name} as it must be one of bench, other`,
    );
  }
});
