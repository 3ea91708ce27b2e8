import { assertEquals } from "@std/assert";
import {
  hasEnded,
  readAccounts,
  readComplaint,
  readJobs,
  readMostTasks,
  readQueue,
} from "lib/experiments/slurm/mod.ts";

// The texts are what Slurm 22.05 prints; `sacct` as its manual has it, with accounts switched on.

Deno.test("readQueue() reads the state and the reason of each task, and of tasks alone", () => {
  assertEquals(readQueue("1|RUNNING|None\n2|PENDING|Priority\nN/A|FAILED|JobLaunchFailure\n"), [
    { task: 1, state: "RUNNING", reason: "None" },
    { task: 2, state: "PENDING", reason: "Priority" },
  ]);
  assertEquals(readQueue(""), []);
});

Deno.test("readAccounts() reads the state without who cancelled a task, and passes over pending ranges", () => {
  assertEquals(readAccounts("12_1|COMPLETED\n12_2|CANCELLED by 1000\n12_[3-9]|PENDING\n"), [
    { task: 1, state: "COMPLETED" },
    { task: 2, state: "CANCELLED" },
  ]);
});

Deno.test("readJobs() reads each job of a folder once, whatever is in the folder's name", () => {
  const here = "/home/a|b c";
  assertEquals(readJobs(`7|${here}\n7|${here}\n8|/home/a\n9|${here}\n`, here), [7, 9]);
});

Deno.test("readMostTasks() reads one less than MaxArraySize, as indices count from 0 and shards from 1", () => {
  const config =
    "MailProg                = /bin/mail\nMaxArraySize            = 1001\nMaxJobCount = 9\n";
  assertEquals(readMostTasks(config), 1000);
  assertEquals(readMostTasks("MaxArraySize = 0\n"), 0);
  assertEquals(readMostTasks("MaxJobCount = 9\n"), undefined);
});

Deno.test("readComplaint() gives one line without the program's name", () => {
  assertEquals(
    readComplaint(
      "sbatch: error: invalid partition specified: x\nsbatch: error: Batch job submission failed: " +
        "Invalid partition name specified\n",
    ),
    "invalid partition specified: x; Batch job submission failed: Invalid partition name specified",
  );
});

Deno.test("hasEnded() tells tasks that run no more from those that may still run", () => {
  for (const state of ["COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL", "UNKNOWN"]) {
    assertEquals(hasEnded(state), true, state);
  }
  for (const state of ["PENDING", "RUNNING", "COMPLETING", "REQUEUED", "SUSPENDED"]) {
    assertEquals(hasEnded(state), false, state);
  }
});
