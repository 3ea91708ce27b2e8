// Trainings that are killed, or stopped with Ctrl-C, and go on from their checkpoints:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/checkpoints.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  checkpointsIn,
  runName,
  runPool,
  runStore,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { checkpointFormat } from "lib/training/checkpoint.ts";
import { unlessMissing } from "lib/write_whole.ts";
import { smallExperiment } from "../support/experiments.ts";
import { type Ending, inFolder, names, whenFull } from "../support/folders.ts";
import { mutilation } from "../support/mutilations.ts";
import { assertOneLine, inProject, lines, root } from "../support/tasks.ts";

function lineOf(task: string, args: readonly string[]): string[] {
  const flags = ["--no-prompt", "--no-check", "--config", `${root}deno.json`];
  return ["run", ...flags, "--allow-read", "--allow-write=.", `${root}tasks/${task}.ts`, ...args];
}

function start(cwd: string, task: string, args: readonly string[]): Deno.ChildProcess {
  const env = { NO_COLOR: "1" };
  const command = { args: lineOf(task, args), cwd, env } as const;
  return new Deno.Command(Deno.execPath(), { ...command, stdout: "piped", stderr: "piped" })
    .spawn();
}

async function endOf(child: Deno.ChildProcess): Promise<Ending> {
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

const run = (cwd: string, task: string, args: readonly string[]) => endOf(start(cwd, task, args));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a checkpoint in a folder is written, or another in its place. */
async function nextCheckpoint(folder: string): Promise<void> {
  const stamps = async () => {
    const there = await unlessMissing(Array.fromAsync(Deno.readDir(folder))) ?? [];
    const files = there.filter(({ name }) => name.endsWith(".checkpoint"));
    return (await Promise.all(
      files.map(({ name }) => unlessMissing(Deno.stat(`${folder}/${name}`))),
    )).map((info) => info?.ino).join();
  };
  const before = await stamps();
  while (await stamps() === before) await pause(2);
}

/** The contents of all files in a folder. */
async function contents(folder: string): Promise<Record<string, Uint8Array>> {
  const files = names(folder).map(async (name) =>
    [name, await Deno.readFile(`${folder}/${name}`)] as const
  );
  return Object.fromEntries(await Promise.all(files));
}

const steps = ["--iters", "1000", "--eval-every", "90", "--hidden", "3", "--batch", "2"];

/** Kills a command again and again, each time some milliseconds after a checkpoint. */
async function killed(folder: string, task: string, args: readonly string[]): Promise<void> {
  for (const later of [0, 1, 5, 11, 23]) {
    const child = start(folder, task, args);
    const ending = child.output();
    await nextCheckpoint(`${folder}/results/mine`);
    await pause(later);
    child.kill("SIGKILL");
    assertEquals((await ending).signal, "SIGKILL");
  }
}

Deno.test("train that is killed with SIGKILL again and again ends with the rows and weights of one left in peace", () =>
  inFolder(async (folder) => {
    const flags = [...steps, "--json", "--checkpoint-every", "2", "--save"];
    await killed(folder, "train", [...flags, "killed"]);
    const { code, out, err } = await run(folder, "train", [...flags, "killed"]);
    assertEquals(code, 0, err);
    assertMatch(
      err,
      /^train: write-up-blstm-seed0 goes on from step \d+ of 1000, read from results\/mine\/\S+\.checkpoint$/m,
    );
    assertEquals(names(`${folder}/results/mine`), []);
    const peace = await run(folder, "train", [...steps, "--json", "--save", "peace"]);
    assertEquals([peace.code, out], [0, peace.out]);
    assertEquals(await Deno.readFile(`${folder}/killed`), await Deno.readFile(`${folder}/peace`));
  }));

const few = [1, 2, 3].map((seed) =>
  smallExperiment({
    ...{ name: `few-${seed}`, seed, iters: 600 },
    model: {
      kind: "layers",
      layers: [{ kind: "dropout", rate: 0.2 }, { kind: "lstm", hidden: 3 }, { kind: "linear" }],
    },
    evaluations: [90, 40].map((every) => ({ every, sequences: 3, stream: every, blanks: true })),
  })
);

Deno.test("run that is killed with SIGKILL again and again ends with the files of one left in peace", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/few.json`, JSON.stringify(few));
    const flags = ["few.json", "--workers", "2"];
    await killed(folder, "run", [...flags, "--checkpoint-every", "3"]);
    const { code, out, err } = await run(folder, "run", [...flags, "--checkpoint-every", "50"]);
    assertEquals(code, 0, err);
    const peace = await run(folder, "run", [...flags, "--out", "peace"]);
    assertEquals([peace.code, out.match(/^ .*$/gm)], [0, peace.out.match(/^ .*$/gm)]);
    assertEquals(await contents(`${folder}/results/mine`), await contents(`${folder}/peace`));
    assertEquals(names(`${folder}/peace`).length, 6);
  }));

Deno.test("Ctrl-C writes a checkpoint and says in one line how to go on; the same command does, with flag or without", () =>
  inFolder(async (folder) => {
    const flags = [...steps, "--json", "--save", "model"];
    const often = [...flags, "--checkpoint-every", "100000"];
    const child = start(folder, "train", often);
    const reader = child.stdout.getReader();
    await reader.read(); // the first evaluation
    child.kill("SIGINT");
    const err = await new Response(child.stderr).text();
    while (!(await reader.read()).done);
    assertEquals((await child.status).code, 130);
    const experiment = writeUpExperiment("blstm", 0, {
      ...{ iters: 1000, evalEvery: 90, hidden: 3, batch: 2 },
    });
    const evaluations = experiment.evaluations.map((grid) => ({ ...grid, blanks: true }));
    const checkpoints = checkpointsIn(`${folder}/results/mine`);
    const training = (await checkpoints.resume({ ...experiment, evaluations }))!;
    const file = `results/mine/${runName(training.experiment)}.checkpoint`;
    assertStringIncludes(
      err,
      `\ntrain: stopped: step ${training.iter} of 1000 is in ${file}: the same command goes on ` +
        `from there\n`,
    );
    const bytes = await Deno.readFile(`${folder}/${file}`);
    const ended: [string, Uint8Array][] = [];
    for (const args of [often, flags]) {
      await Deno.writeFile(`${folder}/${file}`, bytes);
      const { code, out, err } = await run(folder, "train", args);
      assertStringIncludes(err, `goes on from step ${training.iter} of 1000, read from ${file}`);
      assertEquals([code, names(`${folder}/results/mine`)], [0, []]);
      ended.push([out, await Deno.readFile(`${folder}/model`)]);
    }
    const { out } = await run(folder, "train", flags);
    ended.push([out, await Deno.readFile(`${folder}/model`)]);
    assertEquals([ended[1], ended[2]], [ended[0], ended[0]]);
  }));

Deno.test("Ctrl-C on several trainings keeps what is finished, what is under way, and begins nothing more", () =>
  inFolder(async (folder) => {
    const list = few.map((experiment, n) => ({ ...experiment, iters: n === 0 ? 5 : 1e6 }));
    await Deno.writeTextFile(`${folder}/list.json`, JSON.stringify(list));
    const args = ["list.json", "--workers", "1", "--checkpoint-every", "10"];
    const child = start(folder, "run", args), ending = endOf(child);
    const file = `${folder}/results/mine/${runName(list[1])}.checkpoint`;
    while (await unlessMissing(Deno.stat(file)) === undefined) await pause(5);
    child.kill("SIGINT");
    const { code, out, err } = await ending;
    assertEquals([code, out], [130, ""]);
    assertStringIncludes(
      err,
      "\nrun: stopped: what is finished is in results/mine, what is under way beside it: the same " +
        "command goes on from there\n",
    );
    assertEquals(
      names(`${folder}/results/mine`),
      [
        `${runName(list[0])}.json`,
        `${runName(list[0])}.safetensors`,
        `${runName(list[1])}.checkpoint`,
      ],
    );
  }));

Deno.test("Ctrl-C in a terminal, which reaches deno task and the task that it forwards it to, is one", () =>
  inProject(async (folder) => {
    const list = few.slice(0, 2).map((experiment, n) => ({ ...experiment, iters: n ? 1e6 : 5 }));
    await Deno.writeTextFile(`${folder}/list.json`, JSON.stringify(list));
    const flags = [`${folder}/list.json`, "--workers", "1", "--out", folder];
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "run", ...flags, "--checkpoint-every", "1000000"],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdout: "null",
      stderr: "piped",
      detached: true, // a group of processes of its own, as a terminal makes it
    }).spawn();
    const ending = child.output();
    while (!names(folder).includes(`${runName(list[0])}.json`)) await pause(5);
    Deno.kill(-child.pid, "SIGINT");
    const { code, stderr } = await ending;
    const err = new TextDecoder().decode(stderr);
    assertEquals(code, 130, err);
    assertStringIncludes(err, "\nrun: stopped: what is finished is in ");
    assert(names(folder).includes(`${runName(list[1])}.checkpoint`));
  }));

Deno.test("firstCtrlC() aborts its signal at the first, and ends the task at another a second later", async () => {
  const program = `
    import { firstCtrlC } from ${JSON.stringify(import.meta.resolve("../../tasks/run_task.ts"))};
    const { signal } = firstCtrlC();
    signal.addEventListener("abort", () => console.log("aborted"));
    setInterval(() => {}, 1000);
    console.log("listens");
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    cwd: root,
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assertEquals((await reader.read()).value, "listens\n");
  child.kill("SIGINT");
  assertEquals((await reader.read()).value, "aborted\n");
  await pause(1100);
  child.kill("SIGINT");
  assertEquals([(await child.status).code, (await reader.read()).done], [130, true]);
});

Deno.test("a checkpoint that is damaged, of another experiment or of a newer format ends with 2 and one line, and stays", () =>
  inFolder(async (folder) => {
    const [experiment, other] = few;
    await Deno.writeTextFile(`${folder}/one.json`, JSON.stringify(experiment));
    const training = new Training(experiment);
    training.step();
    const file = `${runName(experiment)}.checkpoint`;
    const good = training.checkpoint();
    const newer = new TextDecoder("latin1").decode(good)
      .replace(`"format":"${checkpointFormat}"`, `"format":"${checkpointFormat + 1}"`);
    const mutilations = fc.sample(mutilation, { numRuns: 4, seed: 3 });
    const cases: readonly (readonly [bytes: Uint8Array, part: string])[] = [
      [new Uint8Array(0), "it is damaged, it is not a safetensors file"],
      [good.slice(0, -9), "it is damaged, it is cut short"],
      [new Training(other).checkpoint(), 'it is of another experiment, name is "few-2"'],
      [Uint8Array.from(newer, (letter) => letter.charCodeAt(0)), "it is of format 2, written by"],
      ...mutilations.map((mutilate) => [mutilate(good), "it is "] as const),
    ];
    for (const [n, [bytes]] of cases.entries()) {
      await Deno.mkdir(`${folder}/mine-${n}`);
      await Deno.writeFile(`${folder}/mine-${n}/${file}`, bytes);
    }
    for (const flags of [["--checkpoint-every", "5"], []]) {
      const line = (n: number) => ["one.json", "--out", `mine-${n}`, ...flags];
      const endings = await lines("run", cases.map((_, n) => line(n)), folder);
      for (const [n, [bytes, part]] of cases.entries()) {
        const place = `mine-${n}/${file}`;
        assertOneLine(endings[n], 2, `run: Cannot go on from ${place}: ${part}`);
        assertMatch(endings[n].err, /remove it to start anew\n$/);
        assertEquals(await Deno.readFile(`${folder}/${place}`), bytes);
      }
      assertEquals(endings[0], await run(folder, "run", line(0)), "as in a process of its own");
    }
    await Deno.remove(`${folder}/mine-0/${file}`);
    assertEquals((await run(folder, "run", ["one.json", "--out", "mine-0"])).code, 0);
  }));

Deno.test("a run that is there leaves no checkpoint, though its task was killed before it removed it", () =>
  inFolder(async (folder) => {
    const experiment = { ...few[0], iters: 5 };
    await Deno.writeTextFile(`${folder}/one.json`, JSON.stringify(experiment));
    assertEquals((await run(folder, "run", ["one.json"])).code, 0);
    await checkpointsIn(`${folder}/results/mine`).write(new Training(experiment));
    const { code, out } = await run(folder, "run", ["one.json"]);
    assertEquals(code, 0);
    assertStringIncludes(out, "read from results/mine/");
    assertEquals(names(`${folder}/results/mine`).length, 2);
  }));

Deno.test("--checkpoint-every where there is no room refuses before it trains, in one line", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/one.json`, JSON.stringify(few[0]));
    for (const [task, args] of [["train", steps], ["run", ["one.json"]]] as const) {
      const line = lineOf(task, [...args, "--checkpoint-every", "5"]);
      const { code, out, err } = await whenFull(line, folder, 8);
      assertEquals(code, task === "run" ? 2 : 1);
      assertEquals(out, "");
      assertMatch(err, new RegExp(`^${task}: .*annot .*results/mine.*File too large.*\n$`));
    }
    const words = ["0", "-1", "1.5", "often"];
    const endings = await lines("train", words.map((word) => ["--checkpoint-every", word]), folder);
    for (const [n, word] of words.entries()) {
      const part = `--checkpoint-every cannot be "${word}": expected an integer >= 1`;
      assertOneLine(endings[n], 2, part);
    }
  }));

Deno.test("a checkpoint that cannot be written ends the training with the reason, and the one before stays", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/one.json`, JSON.stringify({ ...few[0], iters: 1e6 }));
    const child = start(folder, "run", ["one.json", "--checkpoint-every", "20"]);
    const ending = endOf(child), mine = `${folder}/results/mine`;
    await nextCheckpoint(mine);
    await Deno.rename(mine, `${mine}-taken`);
    await Deno.writeTextFile(mine, "no folder any more");
    const { code, err } = await ending;
    assertEquals(code, 1);
    assertMatch(err, /^run: few-1 failed: Cannot write results\/mine.*$/m);
    assertEquals(
      (await checkpointsIn(`${mine}-taken`).resume({ ...few[0], iters: 1e6 }))!.iter % 20,
      0,
    );
  }));

Deno.test("a sweep goes on from the checkpoint of a run in progress, to the same bytes", () =>
  inFolder(async (folder) => {
    const args = ["table-13", "--seeds", "1", "--shard", "1/6"];
    const results = `${folder}/results/table-13`;
    const child = start(folder, "sweep", [...args, "--checkpoint-every", "7"]);
    const ending = child.output();
    await nextCheckpoint(results);
    child.kill("SIGKILL");
    await ending;
    const { code, err } = await run(folder, "sweep", [...args, "--checkpoint-every", "7"]);
    assertEquals(code, 0, err);
    assertMatch(err, /^sweep: \S+ goes on from step \d+ of \d+, read from results\/table-13\//m);
    const whole = await contents(results);
    await Deno.remove(results, { recursive: true });
    assertEquals((await run(folder, "sweep", args)).code, 0);
    assertEquals(await contents(results), whole);
  }));

Deno.test("runPool() stops after the step and a checkpoint, and goes on from it to the same run and weights", () =>
  inFolder(async (folder) => {
    const checkpoints = { folder: `${folder}/under-way`, every: 7 };
    const stopping = new AbortController();
    let rows = 0;
    const onRow = () => {
      if (++rows === 4) stopping.abort();
    };
    const { signal } = stopping;
    const stopped = await runPool(few, { workers: 2, checkpoints, signal, onRow });
    for (const [n, outcome] of stopped.entries()) {
      assert(!outcome.ok);
      const training = await checkpointsIn(checkpoints.folder).resume(few[n]);
      assertEquals(outcome.stoppedAt, training?.iter);
      assertEquals(outcome.notBegun, n === 2 ? true : undefined);
    }
    const kept: boolean[] = [];
    const onOutcome = async () => {
      const file = checkpointsIn(checkpoints.folder).fileOf(few[0]);
      kept.push(await unlessMissing(Deno.stat(file)) !== undefined);
    };
    const peace = await runPool(few);
    assertEquals(await runPool(few, { workers: 1, checkpoints, onOutcome }), peace);
    assertEquals([kept[0], names(checkpoints.folder)], [true, []]);
    assertEquals(await runStore(folder).read(few[0]), undefined);
  }));
