// `deno task sweep --slurm` on a Slurm that runs here (.ci/slurm starts one). Where none does, the
// names of these tests say so; what needs none is in slurm_options.ts, and what ends early in
// slurm_ends.ts, so that both are waited for at once.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  endOf,
  expected,
  inCheckout,
  inSharedCheckout,
  onCluster,
  oneTask,
  runsIn,
  signal,
  slurm,
  startSweep,
  underWay,
  withoutSeed0,
} from "../support/slurm.ts";
import { assertOneLine } from "../support/tasks.ts";

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
    inSharedCheckout(async (folder) => {
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
  "a job that is cancelled is not submitted again",
  () =>
    inSharedCheckout(async (folder) => {
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
  "a partition that there is not is sbatch's own message, in one line",
  () =>
    inSharedCheckout(async (folder) => {
      const flags = ["--seeds", "1", "--slurm", "--partition", "nope"];
      assertOneLine(await endOf(startSweep(folder, flags)), 2, "Invalid partition name specified");
    }),
);
