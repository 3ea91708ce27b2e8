import { assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  batchScript,
  cutIntoShards,
  logFile,
  sbatchOptions,
  taskList,
} from "lib/experiments/slurm/mod.ts";

const job = { sweep: "depth", folder: "/home/ada", deno: "/bin/deno", shards: [1, 3], of: 3 };

Deno.test("batchScript() says each option of sbatch, and runs the shard of its task", () => {
  const full = { ...job, workers: 4, flags: ["--seeds", "2"], partition: "long", time: "1-12" };
  const lines = batchScript(full).split("\n");
  assertEquals(lines[0], "#!/bin/bash");
  assertEquals(
    lines.filter((line) => line.startsWith("#SBATCH")),
    sbatchOptions(full).map((option) => `#SBATCH ${option}`),
  );
  for (
    const option of ["--array=1,3", "--cpus-per-task=4", "--partition=long", "--time=1-12"]
  ) assertEquals(sbatchOptions(full).includes(option), true, option);
  assertEquals(
    lines.at(-2),
    'exec /bin/deno task --quiet sweep depth --workers 4 --seeds 2 --shard "$SLURM_ARRAY_TASK_ID/3"',
  );
});

Deno.test("batchScript() asks for one core, and leaves partition and time to the cluster, unless told otherwise", () => {
  const options = sbatchOptions(job);
  assertEquals(options.includes("--cpus-per-task=1"), true);
  assertEquals(options.some((option) => /--(partition|time)/.test(option)), false);
});

Deno.test("batchScript() names the log that logFile() names", () => {
  const log = logFile("depth", "$SLURM_ARRAY_JOB_ID", "$SLURM_ARRAY_TASK_ID");
  assertStringIncludes(batchScript(job), `exec >>"${log}" 2>&1`);
  assertEquals(logFile("depth", 12, 3), "results/slurm/depth-12-3.log");
});

Deno.test("taskList() writes every set of tasks so that it reads back as the same set", () => {
  const read = (text: string) =>
    text.split(",").flatMap((range) => {
      const [from, to = from] = range.split("-").map(Number);
      return Array.from({ length: to - from + 1 }, (_, n) => from + n);
    });
  fc.assert(fc.property(fc.uniqueArray(fc.nat(20), { minLength: 1 }), (numbers) => {
    const sorted = numbers.toSorted((a, b) => a - b);
    assertEquals(read(taskList(sorted)), sorted);
  }));
  assertEquals(taskList([1, 2, 3, 7, 9, 10]), "1-3,7,9-10");
});

Deno.test("cutIntoShards() covers what is left, in no more tasks than allowed, and no number of shards has a smaller largest part", () => {
  const sizes = (left: readonly number[], of: number) =>
    Array.from({ length: of }, (_, n) => left.filter((place) => place % of === n).length);
  fc.assert(fc.property(
    fc.uniqueArray(fc.nat(29), { minLength: 1 }),
    fc.integer({ min: 1, max: 40 }),
    (left, most) => {
      const { of, shards } = cutIntoShards(left, 30, most);
      const parts = sizes(left, of);
      assertEquals(of <= most && of <= 30, true);
      assertEquals(shards, [...parts.keys()].filter((n) => parts[n] > 0).map((n) => n + 1));
      const largest = Math.max(...parts);
      for (let n = 1; n <= Math.min(most, 30); n++) {
        assertEquals(largest <= Math.max(...sizes(left, n)), true, `${n} shards`);
      }
    },
  ));
});
