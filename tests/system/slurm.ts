// `deno task sweep --slurm` on a Slurm that runs here (.ci/slurm starts one). Where none does, the
// names of these tests say so; what needs none is in slurm_options.ts.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertOneLine } from "../support/tasks.ts";
import {
  endOf,
  expected,
  inCheckout,
  jobOf,
  noCluster,
  runsIn,
  signal,
  slurm,
  startSweep,
  until,
  withoutSeed0,
} from "../support/slurm.ts";

function onCluster(name: string, fn: () => Promise<void>): void {
  const ignore = noCluster !== undefined;
  Deno.test({ name: ignore ? `not run, as ${noCluster}: ${name}` : name, ignore, fn });
}

const oneTask = ["--seeds", "1", "--slurm", "--array", "1", "--wait"];

/** The job of a sweep in one task, when its first run is written. */
async function underWay(folder: string): Promise<{ job: string; kept: Record<string, string> }> {
  const job = await jobOf(folder);
  await until(async () => Object.keys(await runsIn(folder)).length > 0 || undefined);
  return { job, kept: await runsIn(folder) };
}

onCluster(
  "a sweep on a cluster folds to the bytes that one machine makes, from a folder with any name, in no more tasks than runs",
  () =>
    inCheckout(`it's "a" $HOME %j \\b`, async (folder) => {
      await Deno.writeTextFile(`${folder}/results/table-13.json`, withoutSeed0);
      const env = { LD_LIBRARY_PATH: "/opt/modules/lib", SBATCH_PARTITION: "nope" };
      const flags = ["--slurm", "--array", "1000", "--partition", "all", "--wait"];
      const { code, out, err } = await endOf(startSweep(folder, flags, env));
      assertEquals(code, 0, err);
      assertMatch(
        out,
        /^table-13: \d+ experiments, \d+ in results\/; submitted job \d+, 6 tasks$/m,
      );
      assertStringIncludes(err, "table-13: 6/6 done");
      const file = await Deno.readTextFile(`${folder}/results/table-13.json`);
      assert(
        file === await Deno.readTextFile(new URL("../../results/table-13.json", import.meta.url)),
      );
      const left = (await Array.fromAsync(Deno.readDir(`${folder}/results`))).map(({ name }) =>
        name
      );
      assertEquals(left.sort(), ["slurm", "table-13.json"]);
      assertEquals([...Deno.readDirSync(`${folder}/results/slurm`)].length, 6);
    }),
);

onCluster(
  "a task whose processes are killed loses its run in progress at most, and --requeue submits it again",
  () =>
    inCheckout("killed", async (folder) => {
      const child = startSweep(folder, [...oneTask, "--requeue"]);
      const { job, kept } = await underWay(folder);
      await signal(job, "SIGKILL");
      const { code, out, err } = await endOf(child);
      assertEquals(code, 0, err);
      assertStringIncludes(
        err,
        `task ${job}_1 ended FAILED, see results/slurm/table-13-${job}-1.log`,
      );
      assertEquals(out.match(/submitted job/g)?.length, 2);
      const counts = [...out.matchAll(/(\d+) in results/g)].map(([, count]) => Number(count));
      assert(counts[1] >= Object.keys(kept).length && counts[1] < 6, out);
      assertEquals(await runsIn(folder), expected);
    }),
);

onCluster(
  "a task that its time limit ends is submitted again by --requeue",
  () =>
    inCheckout("limit", async (folder) => {
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
    inCheckout("failed", async (folder) => {
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
  "a job that is cancelled is not submitted again",
  () =>
    inCheckout("cancelled", async (folder) => {
      const child = startSweep(folder, [...oneTask, "--requeue"]);
      const { job } = await underWay(folder);
      await slurm("scancel", job);
      const { code, out, err } = await endOf(child);
      assertEquals(code, 1);
      assertStringIncludes(err, `task ${job}_1 ended CANCELLED`);
      assertEquals(out.match(/submitted job/g)?.length, 1);
    }),
);

onCluster(
  "Ctrl-C while waiting leaves the job, which the same command finds again, and nobody submits twice",
  () =>
    inCheckout("interrupted", async (folder) => {
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

onCluster(
  "a partition that there is not is sbatch's own message, in one line",
  () =>
    inCheckout("refused", async (folder) => {
      const flags = ["--seeds", "1", "--slurm", "--partition", "nope"];
      assertOneLine(await endOf(startSweep(folder, flags)), 2, "Invalid partition name specified");
    }),
);
