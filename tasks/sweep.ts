/**
 * Runs the experiments of a sweep that have no run yet.
 *
 * @module
 */
import {
  keepRun,
  runName,
  type RunStore,
  runStore,
  seedsOf,
  shard,
  type SweepEntry,
  unlessDamaged,
} from "lib/experiments/mod.ts";
import { allSweeps } from "lib/studies/all.ts";
import { integer, mostWorkers, parseOptions, positionals, UsageError, value } from "./args.ts";
import { checkpointEvery, keptIn } from "./checkpoints.ts";
import { clusterOptions, readClusterOptions } from "./cluster_options.ts";
import { folderOptions, requireFolders } from "./folders.ts";
import { kernelsOption, useKernelsOption } from "./kernels_option.ts";
import { makeCorpora } from "./make_corpora.ts";
import { print } from "./print.ts";
import { runTask } from "./run_task.ts";
import { printScript, runOnSlurm } from "./slurm.ts";
import { exitCodeOf, trainAll } from "./train_all.ts";

const sweeps = await allSweeps();
const names = Object.keys(sweeps).join(", ");
const {
  workers,
  shard: part,
  seeds,
  checkpointEvery: every,
  kernels,
  timit,
  fsdd,
  recordings,
  name: given,
  ...rest
} = parseOptions(
  "sweep",
  `Runs what is left of a sweep, one file per finished run in results/. Sweeps: ${names}.`,
  {
    seeds: integer({
      min: 1,
      max: 1000,
      help: "number of seeds, counted from 0; defaults to the sweep's own",
    }),
    shard: value({
      placeholder: "I/N",
      help: "run only every N-th experiment, starting with the I-th",
      expects: "I/N with whole numbers 1 <= I <= N",
      read: readShard,
    }),
    workers: integer({
      min: 1,
      max: mostWorkers,
      help: "trainings at a time; defaults to one a core, on a cluster to 1 a task",
    }),
    checkpointEvery,
    kernels: kernelsOption,
    ...folderOptions,
    ...clusterOptions,
    name: positionals({ placeholder: "NAME", help: "the sweep to run" }),
  },
);
await runTask("sweep", async () => {
  const [name] = given;
  if (given.length !== 1 || !Object.hasOwn(sweeps, name)) {
    const found = given.length === 1 ? JSON.stringify(name) : `${given.length} names`;
    throw new UsageError(`found ${found}: expected one of ${names}`);
  }
  const cluster = readClusterOptions(rest, part !== undefined);
  const folders = { timit, fsdd, recordings };
  if (!cluster.slurm) useKernelsOption(kernels);
  const sweep = sweeps[name];
  const file = fileOf(name);
  const folder = `results/${file}`;
  const store = runStore(folder);
  const all = sweep.entries(seedsOf({ seeds: seeds ?? sweep.seeds }));
  if (part !== undefined && part[1] > all.length) {
    throw new UsageError(
      `--shard cannot be "${
        part.join("/")
      }": expected I/N with N <= ${all.length}, the number of ` +
        `experiments`,
    );
  }
  const fold = () =>
    store.fold(
      Object.keys(sweeps).filter((other) => fileOf(other) === file)
        .flatMap((other) => sweeps[other].entries(seedsOf(sweeps[other]))),
    );
  if (cluster.slurm) {
    const onCluster = {
      ...cluster,
      name,
      results: folder,
      entries: all,
      unfinished: () => unfinished(store, all),
      tryPlace: store.tryPlace,
      job: {
        partition: cluster.partition,
        time: cluster.time,
        folder: Deno.cwd(),
        deno: Deno.execPath(),
        workers,
        flags: [
          ...seeds === undefined ? [] : ["--seeds", `${seeds}`],
          ...every === undefined ? [] : ["--checkpoint-every", `${every}`],
          ...kernels === undefined ? [] : ["--kernels", kernels],
          ...Object.entries(folders).flatMap(([name, folder]) =>
            folder === undefined ? [] : [`--${name}`, folder]
          ),
        ],
      },
    };
    if (cluster.print) return await printScript(onCluster);
    if (await runOnSlurm(onCluster)) await fold();
    return 0;
  }
  const mine = shard(all, ...(part ?? [1, 1] as const));
  const left = (await unfinished(store, mine)).map((n) => mine[n]);
  // Before the trainings, not after: can what they give be written at all?
  if (left.length > 0) await store.tryPlace();
  requireFolders(folders, left.map(({ experiment }) => experiment.corpus.kind));
  await makeCorpora(left.map(({ experiment }) => experiment), {
    task: "sweep",
    workers: workers ?? navigator.hardwareConcurrency,
  });
  print(
    `${name}: ${mine.length} experiments, ${mine.length - left.length} already in results/`,
  );

  const failures: string[] = [];
  const outcomes = await trainAll(left.map(({ experiment }) => experiment), {
    task: "sweep",
    overall: name,
    advice: keptIn(folder, every),
    workers,
    checkpoints: { folder, every },
    folders,
    onFinished: async (n, outcome) => {
      const { run, difference, setAside } = await keepRun(store, outcome, {
        keepsWeights: left[n].keepsWeights ?? false,
      });
      tell(setAside);
      if (run !== "different") return;
      failures.push(
        `${runName(left[n].experiment)} differs from the run in results/, ${difference}`,
      );
    },
  });
  const failed = outcomes.filter((outcome) => !outcome.ok);
  const begun = failed.filter((outcome) => !outcome.notBegun);
  for (const { experiment, error } of begun) {
    failures.push(`${runName(experiment)} failed: ${error}`);
  }
  const idle = failed.length - begun.length;
  if (idle > 0) failures.push(`${idle} more were not begun`);
  if (failures.length === 0) {
    await fold();
  }
  tell(failures);
  if (failures.length === 0) return 0;
  return failures.length > begun.length ? 1 : exitCodeOf(begun);
});

/** The file of `results/` that holds the runs of a sweep. */
function fileOf(name: string): string {
  return sweeps[name].file ?? name;
}

/** The places of those experiments that have no whole run. */
async function unfinished(store: RunStore, entries: readonly SweepEntry[]): Promise<number[]> {
  const finished = await Promise.all(entries.map((entry) => isFinished(store, entry)));
  return [...entries.keys()].filter((n) => !finished[n]);
}

/** Whether a run is there and whole, with its weights where they belong beside it. */
async function isFinished(
  store: RunStore,
  { experiment, keepsWeights = false }: SweepEntry,
): Promise<boolean> {
  const aside: string[] = [];
  const run = await unlessDamaged(() => store.read(experiment), aside);
  const weights = keepsWeights
    ? await unlessDamaged(() => store.readWeights(experiment), aside)
    : "none";
  tell(aside);
  return run !== undefined && weights !== undefined;
}

function tell(lines: readonly string[]): void {
  for (const line of lines) console.error(`sweep: ${line}`);
}

function readShard(word: string): readonly [number, number] | undefined {
  const [, i, n] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(word)?.map(Number) ?? [];
  return i <= n ? [i, n] : undefined;
}
