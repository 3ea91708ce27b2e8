/**
 * Runs the experiments of a sweep that have no run yet.
 *
 * @module
 */
import { runName, runPool, runStore, seedsOf, shard } from "lib/experiments/mod.ts";
import { allSweeps } from "lib/studies/all.ts";
import { integer, parseOptions, positionals, value } from "./args.ts";
import { createProgress } from "./progress.ts";

const sweeps = await allSweeps();
const names = Object.keys(sweeps).join(", ");
const { workers, shard: part, seeds, name: given } = parseOptions(
  "sweep",
  `Runs what is left of a sweep, one file per finished run in results/NAME. Sweeps: ${names}.`,
  {
    seeds: integer({
      min: 1,
      help: "number of seeds, counted from 0; defaults to the sweep's own",
    }),
    shard: value({
      placeholder: "I/N",
      help: "run only every N-th experiment, starting with the I-th",
      expects: "I/N with whole numbers 1 <= I <= N",
      read: readShard,
    }),
    workers: integer({
      default: navigator.hardwareConcurrency,
      min: 1,
      help: "trainings at a time",
    }),
    name: positionals({ placeholder: "NAME", help: "the sweep to run" }),
  },
);
const [name] = given;
if (given.length !== 1 || !Object.hasOwn(sweeps, name)) {
  const found = given.length === 1 ? JSON.stringify(name) : `${given.length} names`;
  console.error(`sweep: found ${found}: expected one of ${names} (--help shows all flags)`);
  Deno.exit(2);
}
const sweep = sweeps[name];
const store = runStore(`results/${name}`);
const all = sweep.entries(seedsOf({ seeds: seeds ?? sweep.seeds }))
  .map(({ experiment }) => experiment);
const mine = shard(all, ...(part ?? [1, 1] as const));
const finished = await Promise.all(mine.map((experiment) => store.read(experiment)));
const left = mine.filter((_, n) => finished[n] === undefined);
console.log(
  `${name}: ${mine.length} experiments, ${mine.length - left.length} already in results/`,
);

const failures: string[] = [];
{
  using progress = createProgress({ overall: name });
  const bars = left.map((experiment) => progress.add(experiment.name, experiment.iters));
  await runPool(left, {
    workers,
    onRow: (n, { iter, per }) => bars[n].update(iter, `PER ${per.toFixed(3)}`),
    onOutcome: async (n, outcome) => {
      bars[n].done(outcome.ok ? undefined : "failed");
      if (outcome.ok) {
        await store.write(outcome.run, sweep.keepsWeights ? outcome.weights : undefined);
      } else failures.push(`${runName(outcome.experiment)} failed: ${outcome.error}`);
    },
  });
}
for (const failure of failures) console.error(`sweep: ${failure}`);
if (failures.length > 0) Deno.exit(1);

function readShard(word: string): readonly [number, number] | undefined {
  const [, i, n] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(word)?.map(Number) ?? [];
  return i <= n ? [i, n] : undefined;
}
