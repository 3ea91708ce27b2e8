// `deno task sweep --slurm` whose job or waiting ends early, on a Slurm that runs here; see slurm.ts.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  endOf,
  expected,
  inSharedCheckout,
  onCluster,
  oneTask,
  runsIn,
  signal,
  slurm,
  startSweep,
  underWay,
} from "../support/slurm.ts";

onCluster(
  "a task that its time limit ends is submitted again by --requeue",
  () =>
    inSharedCheckout(async (folder) => {
      const child = startSweep(folder, [...oneTask, "--requeue", "--time", "1"]);
      const { job } = await underWay(folder);
      await signal(job, "SIGSTOP"); // it would be done before the limit
      assertStringIncludes(await slurm("scontrol", "show", "job", job), "TimeLimit=00:01:00");
      await slurm("scontrol", "update", `JobId=${job}`, "EndTime=now+1");
      const { code, err } = await endOf(child);
      assertEquals(code, 0, err);
      assertStringIncludes(err, `task ${job}_1 ended TIMEOUT`);
      assertEquals(await runsIn(folder), expected);
    }),
);

onCluster(
  "a task that fails ends the waiting with 1, its log and the advice to use --requeue; the same sweep again runs what is left",
  () =>
    inSharedCheckout(async (folder) => {
      const child = startSweep(folder, oneTask);
      const { job, kept } = await underWay(folder);
      await signal(job, "SIGKILL");
      const { code, err } = await endOf(child);
      assertEquals(code, 1);
      const log = `results/slurm/table-13-${job}-1.log`;
      assertStringIncludes(err, `sweep: task ${job}_1 ended FAILED, see ${log}; `);
      assertStringIncludes(err, "--requeue submits them again");
      assertStringIncludes(await Deno.readTextFile(`${folder}/${log}`), "table-13: 6 experiments");
      const left = await runsIn(folder);
      for (const name of Object.keys(kept)) assertEquals(left[name], expected[name]);
      assertEquals((await endOf(startSweep(folder, ["--seeds", "1"]))).code, 0);
      assertEquals(await runsIn(folder), expected);
    }),
);

onCluster(
  "Ctrl-C while waiting leaves the job, which the same command finds again, and nobody submits twice",
  () =>
    inSharedCheckout(async (folder) => {
      const child = startSweep(folder, oneTask);
      const { job } = await underWay(folder);
      await signal(job, "SIGSTOP");
      child.kill("SIGINT");
      const stopped = await endOf(child);
      assertEquals(stopped.code, 130);
      for (const part of [`squeue -j ${job}`, `scancel ${job}`]) {
        assertStringIncludes(stopped.err, part);
      }
      const second = await endOf(startSweep(folder, ["--seeds", "1", "--slurm"]));
      assertEquals(second.code, 0, second.err);
      assertStringIncludes(second.out, `in the queue already: job ${job}\n`);
      const third = startSweep(folder, oneTask);
      await signal(job, "SIGCONT");
      const { code, out, err } = await endOf(third);
      assertEquals(code, 0, err);
      assert(!/submitted/.test(second.out + out));
      assertEquals(await runsIn(folder), expected);
    }),
);
