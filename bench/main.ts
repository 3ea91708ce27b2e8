/**
 * Measures ours against NumPy, PyTorch, TensorFlow.js and two decoders, in one run on one machine,
 * and writes results/bench.json and the tables and figures of bench/README.md.
 *
 * @module
 */
import { choice, flag, integer, parseOptions } from "../tasks/args.ts";
import { writeWhole } from "lib/write_whole.ts";
import { print } from "../tasks/print.ts";
import { createProgress } from "../tasks/progress.ts";
import { fillBlocks } from "../tasks/readme.ts";
import { Failure, reasonOf, runTask } from "../tasks/run_task.ts";
import { contenders, reference } from "./contenders.ts";
import { load, machine } from "./machine.ts";
import { wholeOverProducts } from "./operations.ts";
import { Peer, PeerError } from "./peer.ts";
import { readmeBlocks, report } from "./report.ts";
import {
  barsOf,
  type BenchResults,
  type LayerSpeed,
  type Participant,
  timesOf,
  type WorkloadResult,
} from "./results.ts";
import { type Measured, measureWorkload } from "./run.ts";
import { quantile } from "./summary.ts";
import { type Workload, workloads } from "./workloads.ts";

const RESULTS = "results/bench.json";
const README = "bench/README.md";
const FIGURE = "bench/step-time-by-hidden.png";
const CORES = "bench/speed-by-cores.png";
// A neighbour on the machine comes and goes by the second: many short turns meet it evenly.
const BUDGETS = { warmup: 600, turn: 100, total: 6_000 };

/** Workloads that go by one name. */
const groups = ["hidden", "beam", "layer"];
const names = [
  ...workloads.map(({ name }) => name).filter((name) => !groups.some((g) => name.startsWith(g))),
  ...groups,
];

const { rounds, only, redraw } = parseOptions(
  "bench",
  "Measures ours against NumPy, PyTorch, TensorFlow.js and two decoders; $PYTHON names the Python, else python3.",
  {
    rounds: integer({ default: 10, min: 1, max: 1000, help: "turns that each contender gets" }),
    only: choice(names, { help: "measure this workload alone, and write nothing" }),
    redraw: flag({ help: "measure nothing; tables and figure anew from the last results" }),
  },
);
const chosen = workloads.filter(({ name }) =>
  only === undefined || name === only || (groups.includes(only) && name.startsWith(`${only}-`))
);

await runTask("bench", async () => {
  if (redraw) return await draw(readResults());
  await using stack = new AsyncDisposableStack();
  const before = load();
  const { peers, participants } = await startAll(stack);
  const results = resultsOf(await measureAll(chosen, peers), participants, before);
  print(report(results));
  if (only !== undefined) return;
  await writeWhole(RESULTS, JSON.stringify(results, null, 2) + "\n");
  print(`\nWritten: ${RESULTS}`);
  await draw(results);
});

/** The last results. */
function readResults(): BenchResults {
  try {
    const results = JSON.parse(Deno.readTextFileSync(RESULTS));
    for (const name of ["participants", "workloads", "layers", "bars"]) {
      if (!Array.isArray(results?.[name])) throw new SyntaxError(`it has no list of ${name}`);
    }
    return results;
  } catch (error) {
    throw new Failure(
      `cannot redraw from ${RESULTS}: ${reasonOf(error)}: measure anew with \`deno task bench\``,
    );
  }
}

/** Writes the README's tables and the figure. */
async function draw(results: BenchResults): Promise<void> {
  const readme = fillBlocks(await Deno.readTextFile(README), readmeBlocks(results));
  await writeWhole(README, readme);
  // Not loaded for a single workload: it takes a second.
  const { stepTimeByHidden } = await import("./figure.ts");
  const { toPng } = await import("lib/figures/png.ts");
  const { speedByCores } = await import("./elsewhere.ts");
  await writeWhole(FIGURE, await toPng(stepTimeByHidden(results)));
  await writeWhole(CORES, await toPng(speedByCores()));
  print(`Written: ${README}, ${FIGURE}, ${CORES}`);
}

/** Starts every contender that is installed. */
async function startAll(
  stack: AsyncDisposableStack,
): Promise<{ peers: Peer[]; participants: Participant[] }> {
  const deno = Deno.execPath();
  const env = inherited();
  const { denoDir, npmCache } = await denoInfo(deno, env);
  const python = Deno.env.get("PYTHON") ?? "python3";
  const peers: Peer[] = [];
  const participants: Participant[] = [];
  for (const contender of contenders({ deno, python, npmCache })) {
    const { id, name, note, install } = contender;
    try {
      const peer = stack.use(await Peer.start(contender, { ...env, DENO_DIR: denoDir }));
      const { versions, threads } = peer.hello;
      peers.push(peer);
      participants.push({ id, name, note, versions, ...(threads ? { threads } : {}) });
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
      participants.push({ id, name, note, versions: {}, absent: error.message, install });
    }
  }
  return { peers, participants };
}

/** What a process needs of our environment to start, and nothing that tunes a library. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "SYSTEMROOT", "TMPDIR"];
  const found = names.map((name) => [name, Deno.env.get(name)]).filter(([, value]) => value);
  return { ...Object.fromEntries(found), NO_COLOR: "1" };
}

async function denoInfo(
  deno: string,
  env: Record<string, string>,
): Promise<{ denoDir: string; npmCache: string }> {
  const denoDir = Deno.env.get("DENO_DIR");
  const { stdout } = await new Deno.Command(deno, {
    args: ["info", "--json"],
    clearEnv: true,
    env: denoDir === undefined ? env : { ...env, DENO_DIR: denoDir },
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function measureAll(
  chosen: readonly Workload[],
  peers: readonly Peer[],
): Promise<Measured[]> {
  const turns = rounds * peers.length;
  const progress = createProgress({ overall: "benchmark" });
  const bars = chosen.map(({ name }) => progress.add(name, turns));
  const measured: Measured[] = [];
  for (const [n, workload] of chosen.entries()) {
    let turn = 0;
    measured.push(
      await measureWorkload(workload, peers, rounds, BUDGETS, () => bars[n].update(++turn)),
    );
    bars[n].done();
  }
  progress.stop();
  return measured;
}

function resultsOf(
  measured: readonly Measured[],
  participants: readonly Participant[],
  before: number,
): BenchResults {
  const workloads = measured.map(({ result }) => result);
  const ceilingGflops = gflops(workloads, measured, "ceiling", reference) ??
    gflops(workloads, measured, "ceiling", "ours-plain");
  const layers = chosen.flatMap(({ name, task }, n): LayerSpeed[] => {
    if (task.kind !== "layer") return [];
    const { inputs, hidden, pass } = task;
    return (["simd", "plain"] as const).flatMap((kernels) => {
      const speed = gflops(workloads, measured, name, `ours-${kernels}`);
      const ceilings = measured[n].ceilings.get(`ours-${kernels}`);
      if (speed === undefined || ceilings === undefined) return [];
      const operations = operationsOf(measured, name, `ours-${kernels}`);
      const share = speed / quantile(ceilings.toSorted((a, b) => a - b), 0.5);
      const wholeShare = share * wholeOverProducts(inputs, hidden, pass);
      return [{ kernels, inputs, hidden, pass, operations, gflops: speed, share, wholeShare }];
    });
  });
  return {
    machine: machine(),
    rounds,
    load: [before, load()],
    participants,
    workloads,
    ...(ceilingGflops === undefined ? {} : { ceilingGflops }),
    layers,
    bars: barsOf(workloads, layers),
  };
}

/** 10⁹ floating-point operations per second, at the median. */
function gflops(
  workloads: readonly WorkloadResult[],
  measured: readonly Measured[],
  name: string,
  contender: string,
): number | undefined {
  const times = timesOf(workloads, name, contender);
  return times && operationsOf(measured, name, contender) / times.medianMs / 1e6;
}

/** A layer and the ceiling answer with their number of operations in place of a result. */
function operationsOf(measured: readonly Measured[], name: string, contender: string): number {
  return measured.find(({ result }) => result.name === name)!.checks.get(contender)![0];
}
