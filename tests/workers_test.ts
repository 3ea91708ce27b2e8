import { assertEquals, assertRejects } from "@std/assert";
import { askWorker, inLanes, startWorker } from "lib/workers.ts";

Deno.test("inLanes() begins everything once, in order, and never more at a time than asked", async () => {
  for (const [n, workers] of [[0, 2], [1, 4], [5, 1], [7, 3]] as const) {
    const begun: number[] = [];
    let running = 0, most = 0;
    await inLanes(n, workers, async (k) => {
      begun.push(k);
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    });
    assertEquals(begun, Array.from({ length: n }, (_, k) => k));
    assertEquals(most, Math.min(n, workers));
  }
});

const LISTENS = 'self.postMessage("listening");';

Deno.test("startWorker() rejects for a module that ends, fails or waits before it says that it listens", async () => {
  for (
    const [code, problem] of [
      ["self.close();", "the worker closed itself"],
      ["Deno.exit(3);", "the worker ended itself with exit code 3"],
      ['import process from "node:process"; process.exit(4);', "ended itself with exit code 4"],
      ["1;", "ended without a message that it listens"],
      ['throw new Error("no way");', "no way"],
      ['Promise.reject(new Error("stray"));', "stray"],
      ["const = 1;", "Unexpected token"],
      ["self.postMessage(() => 1);", "could not be cloned"],
      ["await new Promise(() => {});", "does not say within 0.3 s that it listens"],
      ["for (;;);", "does not say within 0.3 s that it listens"],
    ]
  ) {
    const seconds = problem.includes("0.3 s") ? 0.3 : 30;
    await assertRejects(() => startWorker(script(code), { seconds }), Error, problem, code);
  }
});

Deno.test("askWorker() rejects for a worker that ends instead of answering, and ever after", async () => {
  for (
    const [code, problem] of [
      ["self.onmessage = () => self.close();", "the worker closed itself"],
      ["self.onmessage = () => close();", "the worker closed itself"],
      ["self.onmessage = () => Deno.exit();", "the worker ended itself with exit code 0"],
      ["self.onmessage = () => { try { Deno.exit(3) } catch { /* */ } };", "with exit code 3"],
      ["self.onmessage = async () => { await 1; throw new Error('late'); };", "late"],
      ["self.onmessage = () => { setTimeout(() => self.close(), 20); };", "closed itself"],
      ["self.onmessage = () => self.postMessage(() => 1);", "could not be cloned"],
    ]
  ) {
    const worker = await startWorker(script(code + LISTENS));
    for (let time = 0; time < 2; time++) {
      await assertRejects(() => askWorker(worker, 1, (m) => m), Error, problem, code);
    }
  }
});

Deno.test("askWorker() keeps an answer that came before the worker closed itself", async () => {
  const worker = await startWorker(
    script(`self.onmessage = ({ data }) => { self.postMessage(data); self.close(); };${LISTENS}`),
  );
  assertEquals(await askWorker(worker, 7, (m) => m), 7);
  await assertRejects(() => askWorker(worker, 7, (m) => m), Error, "the worker closed itself");
});

Deno.test("askWorker() rejects when the worker is terminated meanwhile, or was before", async () => {
  const worker = await startWorker(script("self.onmessage = () => {};" + LISTENS));
  const answer = askWorker(worker, 1, (m) => m);
  worker.terminate();
  await assertRejects(() => answer, Error, "the worker was terminated");
  await assertRejects(() => askWorker(worker, 1, (m) => m), Error, "the worker was terminated");
});

Deno.test("askWorker() rejects what cannot be sent, what its reader throws, and what it cannot read", async () => {
  const echo = script(`self.onmessage = ({ data }) => self.postMessage(data);${LISTENS}`);
  const unread = () => {
    throw new RangeError("not what was asked for");
  };
  const [sending, reading, receiving] = [
    await startWorker(echo),
    await startWorker(echo),
    await startWorker(echo),
  ];
  await assertRejects(() => askWorker(sending, () => 1, (m) => m), Error, "could not be cloned");
  await assertRejects(() => askWorker(reading, 1, unread), RangeError, "not what was asked for");
  const answer = askWorker(receiving, undefined, () => undefined);
  receiving.dispatchEvent(new MessageEvent("messageerror"));
  await assertRejects(() => answer, Error, "sent a message that cannot be read");
});

Deno.test("askWorker() takes one request at a time, of a worker that startWorker() started", async () => {
  const code = `const asked = [];
    self.onmessage = ({ data }) => {
      asked.push(data);
      setTimeout(() => self.postMessage([...asked]), 20);
    };`;
  const worker = await startWorker(script(code + LISTENS));
  const first = askWorker(worker, 1, (m) => m);
  await assertRejects(() => askWorker(worker, 2, (m) => m), TypeError, "one request at a time");
  await first;
  assertEquals(await askWorker(worker, 3, (m) => m), [1, 3]);
  worker.terminate();
  const other = new Worker(script(code), { type: "module" });
  await assertRejects(() => askWorker(other, 1, (m) => m), TypeError, "did not start");
  other.terminate();
});

function script(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
