import { bundleText } from "lib/experiments/bundle.ts";
import { type Run, runName, runText } from "lib/experiments/mod.ts";
import { type Ended, root } from "./tasks.ts";

/** Why tests cannot use a cluster here; undefined where they can. */
export const noCluster: string | undefined = await whyNoCluster();

async function whyNoCluster(): Promise<string | undefined> {
  try {
    await slurm("squeue");
    return undefined;
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "sbatch is not here" : "no Slurm runs here";
  }
}

/** What a command of Slurm prints. */
export async function slurm(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const committed: { runs: Run[] } = JSON.parse(
  await Deno.readTextFile(`${root}results/table-13.json`),
);

/** The committed runs of table-13 at seed 0, six short ones, as the files that they are before folding. */
export const expected: Readonly<Record<string, string>> = Object.fromEntries(
  committed.runs.filter((run) => run.experiment.seed === 0)
    .map((run) => [`${runName(run.experiment)}.json`, runText(run)]),
);

/** The committed file of table-13 without its runs at seed 0. */
export const withoutSeed0: string = bundleText(
  committed.runs.filter((run) => run.experiment.seed !== 0),
);

/** A checkout of its own without results, below a folder with a name; it is gone afterwards. */
export async function inCheckout(name: string, test: (folder: string) => Promise<void>) {
  const place = await Deno.makeTempDir();
  try {
    await test(await checkedOut(`${place}/${name}`));
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

async function checkedOut(folder: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const what = ["lib", "tasks", "links", "deno.json", "deno.lock"].map((part) => `${root}${part}`);
  await new Deno.Command("cp", { args: ["-r", ...what, folder] }).output();
  await Deno.mkdir(`${folder}/results`);
  return folder;
}

let shared: Promise<string> | undefined;
/**
 * A checkout that the tests of a file share, one after the other, so that Deno reads its modules anew
 * only once; each finds it without results, and without what `test` leaves in `made`.
 */
export async function inSharedCheckout(
  test: (folder: string, made: string) => Promise<void>,
): Promise<void> {
  shared ??= Deno.makeTempDir().then((place) => {
    addEventListener("unload", () => Deno.removeSync(place, { recursive: true }));
    return checkedOut(`${place}/shared`);
  });
  const folder = await shared, made = `${folder}/made`;
  await Deno.mkdir(made);
  try {
    await test(folder, made);
  } finally {
    await Deno.remove(made, { recursive: true });
    await Deno.remove(`${folder}/results`, { recursive: true });
    await Deno.mkdir(`${folder}/results`);
  }
}

/** `deno task sweep table-13` in a checkout, with the permissions that deno.json gives it. */
export function startSweep(
  folder: string,
  flags: readonly string[],
  env: Record<string, string> = {},
): Deno.ChildProcess {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${folder}/deno.json`));
  const sweep: string = tasks.sweep;
  // What table-13 hears lies in no cache.
  const [, ...line] = sweep.slice(sweep.lastIndexOf("deno run"))
    .replaceAll('"$CACHE"', "/no-cache").split(" ");
  return new Deno.Command(Deno.execPath(), {
    args: [...line, "table-13", ...flags],
    cwd: folder,
    env: { NO_COLOR: "1", UNSEGMENTED_CACHE: "/no-cache", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** How a sweep ended. */
export async function endOf(child: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await child.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

/** The runs in a checkout that have files of their own. */
export async function runsIn(folder: string): Promise<Record<string, string>> {
  const place = `${folder}/results/table-13`;
  const files = await Array.fromAsync(Deno.readDir(place)).catch(() => []);
  const names = files.map(({ name }) => name).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await Deno.readTextFile(`${place}/${name}`)]),
    ),
  );
}

/** Waits until something is there, for two minutes at most. */
export async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const value = await what();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come within two minutes");
}

/** The job of this checkout's sweep. */
export function jobOf(folder: string): Promise<string> {
  return until(async () => {
    const lines = (await slurm("squeue", "-h", "--format=%F|%Z")).split("\n");
    return lines.find((line) => line.endsWith(`|${folder}`))?.split("|")[0];
  });
}

/** Sends a signal to the processes of a job that has one task. */
export async function signal(job: string, name: Deno.Signal): Promise<void> {
  const pids = await until(async () => {
    const lines = (await slurm("scontrol", "listpids")).split("\n").map((l) =>
      l.trim().split(/\s+/)
    );
    const found = lines.filter(([, number]) => number === job).map(([pid]) => Number(pid));
    return found.length > 0 ? found : undefined;
  });
  for (const pid of pids) {
    try {
      Deno.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // it ended with its parent
    }
  }
}

/** A test on a cluster; where none is, its name says so. */
export function onCluster(name: string, fn: () => Promise<void>): void {
  const ignore = noCluster !== undefined;
  Deno.test({ name: ignore ? `not run, as ${noCluster}: ${name}` : name, ignore, fn });
}

/** The flags of a sweep at seed 0 in one task, which is waited for. */
export const oneTask = ["--seeds", "1", "--slurm", "--array", "1", "--wait"] as const;

/** The job of a sweep in one task, when its first run is written. */
export async function underWay(
  folder: string,
): Promise<{ job: string; kept: Record<string, string> }> {
  const job = await jobOf(folder);
  await until(async () => Object.keys(await runsIn(folder)).length > 0 || undefined);
  return { job, kept: await runsIn(folder) };
}
