import { assertEquals, assertThrows } from "@std/assert";
import { readOptions, UsageError } from "../../tasks/args.ts";
import { clusterOptions, readClusterOptions } from "../../tasks/cluster_options.ts";

const read = (...flags: string[]) =>
  readClusterOptions(readOptions(clusterOptions, flags), flags.length === 0);

for (
  const [flags, part] of [
    [["--slurm", "--array", "0"], '--array cannot be "0"'],
    [["--slurm", "--array", "4000001"], '--array cannot be "4000001"'],
    [["--slurm", "--partition", "a b"], '--partition cannot be "a b"'],
    [["--slurm", "--partition", "$(id)"], '--partition cannot be "$(id)"'],
    [["--slurm", "--partition", "a,"], '--partition cannot be "a,"'],
    [["--slurm", "--time", "1h"], '--time cannot be "1h": expected MINUTES'],
    [["--slurm", "--time", "1:2:3:4"], '--time cannot be "1:2:3:4"'],
    [["--slurm", "--time", "-5"], '--time cannot be "-5"'],
    [["--slurm=yes"], "--slurm takes no value"],
    [["--slurm", "--wait=yes"], "--wait takes no value"],
    [["--slurm", "--wait", "--requeue=2"], "--requeue takes no value"],
    [["--slurm", "--print=x"], "--print takes no value"],
    [["--slurm", "--requeue"], "--requeue needs --wait"],
    [["--slurm", "--print", "--wait"], "--print and --wait exclude each other"],
    [["--array", "3"], "--array needs --slurm"],
    [["--partition", "all"], "--partition needs --slurm"],
    [["--time", "5"], "--time needs --slurm"],
    [["--wait"], "--wait needs --slurm"],
    [["--requeue"], "--requeue needs --slurm"],
    [["--print"], "--print needs --slurm"],
  ] as const
) {
  Deno.test(`${flags.join(" ")} is a mistake that is named`, () => {
    assertThrows(() => read(...flags), UsageError, part);
  });
}

Deno.test("one shard and a whole array exclude each other", () => {
  const options = readOptions(clusterOptions, ["--slurm"]);
  assertThrows(() => readClusterOptions(options, true), UsageError, "--shard and --slurm exclude");
});

Deno.test("every form of a time limit that Slurm knows is taken, and an array has 64 tasks by default", () => {
  for (const time of ["90", "90:00", "8:00:00", "2-0", "2-12:30", "2-00:00:00"]) {
    const { time: taken, array } = read("--slurm", "--time", time);
    assertEquals([taken, array], [time, 64]);
  }
});
