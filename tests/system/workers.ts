import { assertEquals, assertRejects } from "@std/assert";
import { askWorker, startWorker } from "lib/workers.ts";

const late = new URL("../fixtures/workers/late.ts", import.meta.url);

Deno.test("a worker whose modules wait gets its requests all the same, one after the other", async () => {
  const worker = await startWorker(late);
  try {
    for (const request of [3, 0, 5]) {
      const heard: number[] = [];
      const read = (n: number) => (heard.push(n), n === request ? "end" : undefined);
      assertEquals(await askWorker(worker, request, read), "end");
      assertEquals(heard, Array.from({ length: request + 1 }, (_, n) => n));
    }
  } finally {
    worker.terminate();
  }
});

Deno.test("an error that a worker does not catch is the answer's", async () => {
  const worker = await startWorker(late);
  await assertRejects(() => askWorker(worker, -1, () => "never"), Error, "a request below 0");
  worker.terminate();
  const broken = new URL("broken.ts", late);
  await assertRejects(() => startWorker(broken), Error, "no way to begin");
});
