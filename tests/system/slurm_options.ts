// What `deno task sweep --slurm` says where no Slurm is needed, or where one stands in that the tests
// bring: commands of Slurm's names that print what a large cluster would.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertOneLine, lines } from "../support/tasks.ts";
import { endOf, inCheckout, inSharedCheckout, startSweep } from "../support/slurm.ts";

const seed0 = ["--seeds", "1", "--slurm"];

Deno.test("a flag of the cluster that cannot be used ends with 2 and one line", async () => {
  const [hours, alone] = await lines("sweep", [
    ["table-13", "--slurm", "--time", "1h"],
    ["table-13", "--wait"],
  ]);
  assertOneLine(hours, 2, '--time cannot be "1h": expected MINUTES');
  assertOneLine(alone, 2, "--wait needs --slurm");
});

/** A folder of commands, each a script of bash that uses nothing else. */
async function commands(folder: string, scripts: Record<string, string>): Promise<string> {
  const bin = `${folder}/bin`;
  await Deno.mkdir(bin);
  for (const [name, script] of Object.entries(scripts)) {
    await Deno.writeTextFile(`${bin}/${name}`, `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
  return bin;
}

Deno.test("--slurm without Slurm ends with 2 and one line, and the sweep without it needs none", () =>
  inSharedCheckout(async (folder, made) => {
    const PATH = await commands(made, {});
    const needs = "--slurm needs Slurm's sbatch and squeue";
    assertOneLine(await endOf(startSweep(folder, seed0, { PATH })), 2, needs);
    const flags = ["--seeds", "1", "--shard", "1/6"];
    const { code, err } = await endOf(startSweep(folder, flags, { PATH }));
    assertEquals([code, err.includes("1/1 done"), err.includes("allow-run")], [0, true, false]);
  }));

Deno.test("--print prints a script that bash reads, with the folder's name whatever it is, and writes nothing", () =>
  inCheckout(`it's "a"\n$HOME %j \\b`, async (folder) => {
    const PATH = await commands(folder, {});
    const { code, out, err } = await endOf(startSweep(folder, [...seed0, "--print"], { PATH }));
    assertEquals([code, err], [0, ""]);
    const bash = async (...args: string[]) => {
      const { success, stdout } = await new Deno.Command("bash", { args }).output();
      return [success, new TextDecoder().decode(stdout)];
    };
    assertEquals(await bash("-n", "-c", out), [true, ""]);
    const arrive = /^cd [^]* \|\| exit$/m.exec(out.split("\nmkdir")[0])?.[0];
    assertEquals(await bash("-c", `${arrive}; printf %s "$PWD"`), [true, folder]);
    assertStringIncludes(out, "#SBATCH --array=1-6\n");
    assertEquals([...Deno.readDirSync(`${folder}/results`)], []);
  }));

Deno.test("an array has no more tasks than the cluster's MaxArraySize allows", () =>
  inSharedCheckout(async (folder, made) => {
    const PATH = await commands(made, { scontrol: 'echo "MaxArraySize            = 4"' });
    const { out } = await endOf(startSweep(folder, [...seed0, "--print"], { PATH }));
    assertStringIncludes(out, "#SBATCH --array=1-3\n");
    assertStringIncludes(out, '--shard "$SLURM_ARRAY_TASK_ID/3"\n');
  }));

const forgotten = `case "$*" in *--me*) exit 0;; esac
[ -e made/asked ] || { : > made/asked; echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1; }
echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1`;
const cluster = { sbatch: "echo 7", squeue: forgotten, scontrol: "exit 1" };

for (
  const [what, sacct, ending] of [
    ["is looked up in the accounts", { sacct: "printf '7_%d|TIMEOUT\\n' 1 2 3" }, "TIMEOUT"],
    ["is unknown where accounting is switched off", {
      sacct: 'echo "Slurm accounting storage is disabled" >&2; exit 1',
    }, "UNKNOWN"],
    ["is unknown where there is no sacct", {}, "UNKNOWN"],
  ] as const
) {
  Deno.test(`a job that has left the queue while the controller was away ${what}`, () =>
    inSharedCheckout(async (folder, made) => {
      const PATH = await commands(made, { ...cluster, ...sacct });
      const flags = [...seed0, "--array", "3", "--wait", "--requeue"];
      const { code, err } = await endOf(startSweep(folder, flags, { PATH }));
      assertEquals(code, 1);
      assertStringIncludes(err, "squeue says: slurm_load_jobs error: Unable to contact slurm");
      assertStringIncludes(err, `task 7_[1-3] ended ${ending}, it has no log results/slurm/`);
      assertStringIncludes(err, "6 of 6 runs are missing, as before");
    }));
}
