// JupyterLab's stop button sends SIGINT to the kernel: what it does to a training, and to nothing else.
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Kernel, startKernel } from "lib/jupyter/runner/kernel.ts";
import { root } from "../jupyter/temporary_notebook.ts";

const imports = `import { runPool, train, writeUpExperiment } from "lib/experiments/mod.ts";
import { table } from "lib/jupyter/mod.ts";`;

/** Runs a cell; `press` after so many milliseconds, once the cell has printed something. */
async function run(kernel: Kernel, code: string, { press = [] as number[], pid = 0 } = {}) {
  let out = "", pressed = NaN;
  const presses: Promise<void>[] = [];
  const onOutput = ({ content }: { content: Record<string, unknown> }) => {
    out += content.text ?? "";
    if (!content.text || presses.length > 0) return;
    presses.push(...press.map((milliseconds) =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          pressed ||= performance.now();
          Deno.kill(pid, "SIGINT");
          resolve();
        }, milliseconds)
      )
    ));
  };
  const execution = await kernel.execute(code, { timeout: 60, onOutput });
  const seconds = (performance.now() - pressed) / 1000;
  await Promise.all(presses);
  return { status: execution.status, out, seconds };
}

async function inKernel(test: (kernel: Kernel, pid: number) => Promise<void>): Promise<void> {
  const kernel = await startKernel({ cwd: root });
  try {
    const { out } = await run(kernel, `${imports}\nconsole.log(Deno.pid);`);
    await test(kernel, Number(out));
  } finally {
    await kernel.stop();
  }
}

Deno.test("a stopped training ends within a second with its rows, and the next cell runs", () =>
  inKernel(async (kernel, pid) => {
    const cell = `console.log("begins");
const rows = await Array.fromAsync(train(writeUpExperiment("blstm", 0, { iters: 1e5 })));`;
    const stopped = await run(kernel, cell, { press: [900, 1000], pid });
    assertEquals(stopped.status, "ok");
    assertMatch(stopped.out, /^begins\nstopped at step \d+ of 100000\n$/);
    assert(stopped.seconds < 1, `it took ${stopped.seconds} s`);
    const next = await run(kernel, `console.log(rows.map(({ iter }) => iter).join());`);
    assertMatch(next.out, /^1(,\d+00)*\n$/);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const whole = `for await (const { iter } of train(writeUpExperiment("lstm", 0, { iters: 3 }))) {
  console.log(iter);
}`;
    assertEquals((await run(kernel, whole)).out, "1\n3\n");
  }));

Deno.test("a stop ends the step under way, and the trainings that follow in a loop", () =>
  inKernel(async (kernel, pid) => {
    const cell = `const points = [];
for (const hidden of [200, 100]) {
  const experiment = writeUpExperiment("blstm", 0, { iters: 9000, hidden });
  for await (const { iter } of train(experiment)) {
    points.push([hidden, iter]);
    console.log("row"); // what is under way when it is heard is step 2
  }
}
console.log(JSON.stringify(points));`;
    const { status, out, seconds } = await run(kernel, cell, { press: [0], pid });
    assertEquals(status, "ok");
    assertMatch(
      out,
      /^row\nstopped at step \d+ of 9000\nstopped at step 0 of 9000\n\[\[200,1\]\]\n$/,
    );
    assert(seconds < 1, `it took ${seconds} s`);
  }));

Deno.test("a training by two workers runs in a cell to the bits of one, and is stopped", () =>
  inKernel(async (kernel, pid) => {
    const cell =
      `const pieced = (iters) => ({ ...writeUpExperiment("blstm", 0, { iters }), pieces: 2 });
const all = (workers) => Array.fromAsync(train(pieced(3), { workers }));
console.log(JSON.stringify(await all(2)) === JSON.stringify(await all(1)));`;
    assertEquals((await run(kernel, cell)).out, "true\n");
    const long = `for await (const { iter } of train(pieced(1e6), { workers: 2 })) {
  if (iter === 1) console.log("row");
}`;
    const { status, out, seconds } = await run(kernel, long, { press: [0], pid });
    assertEquals(status, "ok");
    assertMatch(out, /^row\nstopped at step \d+ of 1000000\n$/);
    assert(seconds < 1, `it took ${seconds} s`);
    assertEquals((await run(kernel, "console.log(7);")).out, "7\n");
  }));

Deno.test("a stop ends the trainings of a pool, and what their rows gave is kept", () =>
  inKernel(async (kernel, pid) => {
    const cell = `const heard = [];
const experiments = [0, 1, 2].map((seed) => writeUpExperiment("lstm", seed, { iters: 1e5 }));
const onRow = (n, { iter }) => { heard.push([n, iter]); if (heard.length === 1) console.log("row"); };
const outcomes = await runPool(experiments, { workers: 1, onRow });
console.log(outcomes.map(({ error }) => error).join("; "), heard.length > 0);`;
    const { status, out, seconds } = await run(kernel, cell, { press: [0], pid });
    assertEquals([status, out], [
      "ok",
      "row\nstopped after 0 of 3 trainings\nstopped; not begun: stopped; not begun: stopped true\n",
    ]);
    assert(seconds < 1, `it took ${seconds} s`);
  }));

Deno.test("where no training runs, a kernel ends on an interrupt, as Deno's does", () =>
  inKernel(async (kernel, pid) => {
    await run(kernel, `await Array.fromAsync(train(writeUpExperiment("lstm", 0, { iters: 1 })));`);
    const { status } = await run(kernel, `console.log("waits"); while (true);`, {
      press: [100],
      pid,
    });
    assertEquals(status, "died");
  }));
