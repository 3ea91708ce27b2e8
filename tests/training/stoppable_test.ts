import { assertEquals } from "@std/assert";
import { train, Training } from "lib/experiments/mod.ts";
import { stoppable, useStopButton } from "lib/training/stoppable.ts";
import { smallExperiment } from "../support/experiments.ts";

const long = smallExperiment({ iters: 100_000 });

Deno.test("train() ends without an error when its signal says so, with the rows so far", async () => {
  const controller = new AbortController();
  const rows = [];
  const grid = { ...long.evaluations[0], every: 50_000 };
  for await (const { iter } of train({ ...long, evaluations: [grid] }, controller)) {
    rows.push(iter);
    setTimeout(() => controller.abort(), 20); // heard though no evaluation comes
  }
  assertEquals(rows, [1]);
});

Deno.test("train() with a signal that is aborted takes no step", async () => {
  const training = new Training(long);
  assertEquals(await Array.fromAsync(training.rows({ signal: AbortSignal.abort() })), []);
  assertEquals(training.iter, 0);
});

Deno.test("a signal that stays silent leaves every bit as it is", async () => {
  const { signal } = new AbortController();
  const [heard, plain] = [train(smallExperiment(), { signal }), train(smallExperiment())];
  assertEquals(await Array.fromAsync(heard), await Array.fromAsync(plain));
});

Deno.test("a training that was stopped goes on where it was", async () => {
  const training = new Training(smallExperiment());
  const controller = new AbortController();
  const rows = [];
  for await (const row of training.rows(controller)) {
    rows.push(row);
    if (row.iter === 5) controller.abort();
  }
  assertEquals(training.iter, 5);
  rows.push(...await Array.fromAsync(training.rows()));
  assertEquals(rows, await Array.fromAsync(train(smallExperiment())));
});

Deno.test("a stop button is told of every training, and where it stopped one, also after break", async () => {
  const said: (string | undefined)[] = [];
  let controller = new AbortController();
  let begun = 0;
  useStopButton({
    begin: () => (begun++, controller.signal),
    end: (where) => said.push(where),
  });
  try {
    for await (const { iter } of train(long)) {
      if (iter === 10) break;
    }
    for await (const { iter } of train(long)) {
      if (iter === 5) controller.abort();
    }
    controller = new AbortController();
    await Array.fromAsync(train(smallExperiment({ iters: 1 })));
  } finally {
    useStopButton(undefined);
  }
  assertEquals([begun, said], [3, [undefined, "at step 5 of 100000", undefined]]);
});

Deno.test("work that is stopped already stops at once, and work that has ended not at all", () => {
  let stops = 0;
  stoppable(AbortSignal.abort()).onStop(() => stops++);
  assertEquals(stops, 1);
  const controller = new AbortController(), work = stoppable(controller.signal);
  work.onStop(() => stops++);
  work.end("");
  controller.abort();
  assertEquals(stops, 1);
  const heard = new AbortController();
  stoppable(heard.signal).onStop(() => stops++);
  heard.abort();
  assertEquals(stops, 2);
});
