// Tasks where files are damaged, or cannot be written. They start processes and write files:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/damage.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  runFormat,
  runName,
  type RunStore,
  runStore,
  runText,
  Training,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { version as library } from "lib/version.ts";
import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
import * as balance from "lib/studies/balancing_blank/mod.ts";
import { sweeps } from "lib/studies/priors/mod.ts";
import { type Ending, inFolder, names, whenFull } from "../support/folders.ts";
import { smallExperiment } from "../support/experiments.ts";
import { mutilation } from "../support/mutilations.ts";
import { wholeRun } from "../support/stored_runs.ts";
import { lines } from "../support/tasks.ts";

const root = new URL("../../", import.meta.url).pathname;

/** The deno command line of a task that may write where it stands, to be run in another folder. */
function lineOf(task: string, args: readonly string[], v8Flags: readonly string[] = []): string[] {
  return [
    ...["run", "--no-prompt", "--no-check", "--config", `${root}deno.json`],
    ...v8Flags.map((flag) => `--v8-flags=${flag}`),
    ...["--allow-read", "--allow-write=.", `${root}tasks/${task}.ts`, ...args],
  ];
}

function start(cwd: string, task: string, args: readonly string[], ...v8Flags: string[]) {
  const env = { NO_COLOR: "1" };
  const command = { args: lineOf(task, args, v8Flags), cwd, env } as const;
  return new Deno.Command(Deno.execPath(), { ...command, stdout: "piped", stderr: "piped" })
    .spawn();
}

async function endOf(child: Deno.ChildProcess): Promise<Ending> {
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

const run = (cwd: string, task: string, args: readonly string[], ...v8Flags: string[]) =>
  endOf(start(cwd, task, args, ...v8Flags));

/** What a task said on stderr, without its progress. */
const complaints = ({ err }: Ending) =>
  err.split("\n").filter((line) => line !== "" && !/: \d+ %|done after/.test(line));

const short = ["--seeds", "3", "--iters", "2", "--workers", "2"];
const lstm = writeUpExperiment("lstm", 3, { iters: 2, fineEvery: 10 });
const stored = `results/write-up/${runName(lstm)}`;

Deno.test("reproduce sets a run of another experiment aside and runs it again, and restores weights that are missing", () =>
  inFolder(async (folder) => {
    assertEquals((await run(folder, "reproduce", short)).code, 0);
    const good = await Deno.readTextFile(`${folder}/${stored}.json`);
    const bad = good.replace('"lr":0.003', '"lr":0.004');
    await Deno.writeTextFile(`${folder}/${stored}.json`, bad);
    const blstm = names(`${folder}/results/write-up`).find((name) =>
      /blstm.*\.safetensors/.test(name)
    )!;
    const weights = await Deno.readFile(`${folder}/results/write-up/${blstm}`);
    await Deno.remove(`${folder}/results/write-up/${blstm}`);

    const again = await run(folder, "reproduce", short);
    assertEquals(again.code, 0);
    assertEquals(complaints(again), [
      `reproduce: Cannot read ${stored}.json: it is of another experiment: ` +
      `optimizer.lr is 0.004, not 0.003: it is now ${stored}.json.damaged`,
    ]);
    assertStringIncludes(again.out, `write-up-lstm-seed3: written to ${stored}.json`);
    assertStringIncludes(
      again.out,
      "write-up-blstm-seed3: equal bit for bit, its missing weights written again",
    );
    assertEquals(await Deno.readTextFile(`${folder}/${stored}.json`), good);
    assertEquals(await Deno.readTextFile(`${folder}/${stored}.json.damaged`), bad);
    assertEquals(await Deno.readFile(`${folder}/results/write-up/${blstm}`), weights);
  }));

Deno.test("reproduce with the plain kernels, asked for or for want of SIMD, compares within a tolerance that it names", () =>
  inFolder(async (folder) => {
    assertEquals((await run(folder, "reproduce", short)).code, 0);
    const bytes = await Deno.readTextFile(`${folder}/${stored}.json`);
    await Deno.remove(`${folder}/${stored}.json`);
    const plain = await run(folder, "reproduce", [...short, "--kernels", "plain"]);
    assertEquals(plain.code, 0);
    assertMatch(plain.out, /blstm-seed3: equal (bit for bit|within 1e-9, as plain kernels round)/);
    const { madeBy, rows } = JSON.parse(await Deno.readTextFile(`${folder}/${stored}.json`));
    assertEquals(madeBy, { kernels: "plain", versions: { ...Deno.version } });
    assertEquals(rows.length, JSON.parse(bytes).rows.length);
    if (Deno.build.arch !== "x86_64") return;
    const noSimd = "--no-enable-sse4-1,--no-enable-ssse3,--no-enable-avx";
    const { code, out, err } = await run(folder, "reproduce", short, noSimd);
    assertEquals([code, out.match(/: equal /g)?.length], [0, 2]);
    assertStringIncludes(out, "write-up-lstm-seed3: equal bit for bit");
    assertEquals(
      err.split("no WebAssembly SIMD with a fused").length,
      2,
      "said once, not by every worker",
    );
  }));

Deno.test({
  name: "--kernels simd where there is none ends with 2 and one line, before any training",
  ignore: Deno.build.arch !== "x86_64",
  fn: () =>
    inFolder(async (folder) => {
      for (const task of ["reproduce", "train", "sweep"]) {
        const args = ["--kernels", "simd", ...(task === "sweep" ? ["depth"] : [])];
        const noSimd = "--no-enable-sse4-1,--no-enable-ssse3,--no-enable-avx";
        const ending = await run(folder, task, args, noSimd);
        assertEquals(ending.code, 2);
        const line = `${task}: --kernels cannot be "simd": Cannot use the kernels "simd"`;
        assertEquals(complaints(ending).filter((said) => said.startsWith(line)).length, 1);
        assertEquals(names(folder), []);
      }
    }),
});

for (
  const [task, args, folderOf] of [
    ["reproduce", short, "results/write-up"],
    ["sweep", ["depth"], "results/depth"],
    ["figures", [], "figures"],
  ] as const
) {
  Deno.test(`${task} tries before it works whether files can be written, and says in one line that they cannot`, () =>
    inFolder(async (folder) => {
      const [place] = folderOf.split("/");
      await Deno.writeTextFile(`${folder}/${place}`, "no folder");
      const blocked = await run(folder, task, args);
      assertEquals([blocked.code, blocked.out], [1, ""]);
      assertMatch(blocked.err, new RegExp(`^${task}: Cannot write ${place}.*\n$`));
      await Deno.remove(`${folder}/${place}`);
      const full = await whenFull(lineOf(task, args), folder);
      assertEquals([full.code, full.out], [1, ""]);
      assertMatch(full.err, new RegExp(`^${task}: Cannot write ${place}/.*: File too large.*\n$`));
      assertEquals(names(`${folder}/${folderOf}`), []);
    }));
}

/** Takes a folder away once a file of the given kind is in it; what is there stays under another name. */
async function takeAway(folder: string, kind: string): Promise<void> {
  const there = () => Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  while (!(await there()).some(({ name }) => name.endsWith(kind))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Deno.rename(folder, `${folder}-taken`);
  await Deno.writeTextFile(folder, "no folder any more");
}

Deno.test("reproduce whose folder is taken away half-way says so, ends its trainings and loses none that was written", () =>
  inFolder(async (folder) => {
    const flags = ["--seeds", "0,1,2", "--iters", "20", "--workers", "1"];
    const child = start(folder, "reproduce", flags);
    const ending = endOf(child);
    await takeAway(`${folder}/results/write-up`, ".json");
    const { code, out, err } = await ending;
    assertEquals(code, 1);
    const missed = out.match(/: NOT WRITTEN/g)?.length ?? 0;
    assert(missed >= 1 && out.includes(": written to results/"), out);
    assertEquals(err.match(/^reproduce: Cannot write results\/write-up: .*$/gm)?.length, missed);
    assertEquals(err.includes("    at "), false);
    assertStringIncludes(out, "Iterations to PER <= 0.05");
    const whole = names(`${folder}/results/write-up-taken`);
    assertEquals(whole.filter((name) => name.endsWith(".json")).length, 6 - missed);
  }));

Deno.test("sweep whose folder is taken away half-way begins nothing more, and says why", () =>
  inFolder(async (folder) => {
    const ending = endOf(start(folder, "sweep", ["table-13", "--seeds", "1", "--workers", "1"]));
    await takeAway(`${folder}/results/table-13`, ".json");
    const { code, err } = await ending;
    assertEquals(code, 1);
    assertEquals(err.includes("    at "), false);
    assertMatch(err, /^sweep: \S+ failed: Cannot write results\/table-13: .*$/m);
    assertMatch(err, /^sweep: \d+ more were not begun$/m);
  }));

Deno.test("sweep names what is damaged, sets it aside and ends with the bytes of a sweep that was left in peace", () =>
  inFolder(async (folder) => {
    const args = ["table-13", "--seeds", "1", "--shard", "1/3"];
    const experiments = sweeps["table-13"].entries([0]).map(({ experiment }) => experiment);
    const [first, second] = [experiments[0], experiments[3]].map(runName);
    const results = `${folder}/results/table-13`;
    await Deno.mkdir(results, { recursive: true });
    await Deno.writeTextFile(`${results}/${first}.json`, "null");
    await Deno.writeTextFile(`${results}/${second}.json`, runText(wholeRun(experiments[1])));
    const ending = await run(folder, "sweep", args);
    assertEquals(ending.code, 0);
    assertStringIncludes(ending.out, "table-13: 2 experiments, 0 already in results/");
    assertEquals(complaints(ending).length, 2);
    for (const line of complaints(ending)) {
      assertMatch(line, /^sweep: Cannot read results\S+: it .*: it is now \S+\.json\.damaged$/);
    }
    const committed = runStore(`${root}results`).within("table-13");
    for (const [name, experiment] of [[first, experiments[0]], [second, experiments[3]]] as const) {
      assertEquals(
        await Deno.readTextFile(`${results}/${name}.json`),
        runText({
          ...(await committed.read(experiment))!,
          version: { format: runFormat, library },
        }),
      );
    }
    assertEquals(names(results).filter((name) => name.endsWith(".damaged")).length, 2);
  }));

Deno.test("a sweep that keeps weights makes those that are missing again, with the bytes they had", () =>
  inFolder(async (folder) => {
    const experiment = balance.experiment("baseline", 0);
    const committed = runStore(`${root}results`).within("blank-balance");
    const store = runStore(`${folder}/results`).within("blank-balance");
    await store.write((await committed.read(experiment))!);
    const { code, out } = await run(folder, "sweep", [
      "blank-balance",
      "--seeds",
      "1",
      "--shard",
      "1/8",
    ]);
    assertEquals(code, 0);
    assertStringIncludes(out, "blank-balance: 1 experiments, 0 already in results/");
    const weights = async (of: RunStore) =>
      decodeCheckpoint((await of.readWeights(experiment))!).params;
    assertEquals(await weights(store), await weights(committed));
  }));

Deno.test("train --save where there is no room refuses before it trains, and the old model is whole", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/model`, "the old model");
    // Room for a file, but not for one of this size.
    const { code, out, err } = await whenFull(lineOf("train", ["--save", "model"]), folder, 4);
    assertEquals([code, out], [2, ""]);
    assertMatch(err, /^train: --save cannot be "model": .*File too large.*\n$/);
    assertEquals([names(folder), await Deno.readTextFile(`${folder}/model`)], [
      ["model"],
      "the old model",
    ]);
  }));

Deno.test("train --save whose folder is taken away meanwhile ends with one line and 1", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/models`);
    const args = ["--iters", "60", "--eval-every", "60", "--json", "--save", "models/model"];
    const child = start(folder, "train", args);
    const said = new Response(child.stderr).text();
    const reader = child.stdout.getReader();
    await reader.read(); // the first evaluation
    await Deno.remove(`${folder}/models`, { recursive: true });
    while (!(await reader.read()).done);
    const ending = { code: (await child.status).code, out: "", err: await said };
    assertEquals(ending.code, 1);
    assertEquals(complaints(ending), [
      "train: Cannot write models/model: No such file or directory (os error 2)",
    ]);
  }));

Deno.test("train --save into a pipe is heard at its other end", () =>
  inFolder(async (folder) => {
    assert((await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output()).success);
    const heard = new Deno.Command("cat", { args: [`${folder}/pipe`], stdout: "piped" }).output();
    const { code } = await run(folder, "train", ["--iters", "1", "--save", "pipe"]);
    assertEquals([code, (await heard).stdout[8]], [0, 0x7b]);
  }));

Deno.test("readme with a damaged run names the file in one line, and the README stays as it was", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/results/write-up`, { recursive: true });
    await Deno.mkdir(`${folder}/notebooks`);
    await Deno.writeTextFile(`${folder}/README.md`, "words\n");
    const missing = await run(folder, "readme", []);
    assertEquals([missing.code, complaints(missing).length], [1, 1]);
    assertStringIncludes(missing.err, "readme: the run write-up-blstm-seed0-");
    const name = runName(writeUpExperiment("blstm", 0, { fineEvery: 10 }));
    await Deno.writeTextFile(`${folder}/results/write-up/${name}.json`, "{}");
    const damaged = await run(folder, "readme", []);
    assertEquals([damaged.code, complaints(damaged).length], [1, 1]);
    assertStringIncludes(damaged.err, `readme: Cannot read results/write-up/${name}.json: `);
    assertEquals(await Deno.readTextFile(`${folder}/README.md`), "words\n");
  }));

Deno.test("decode and align refuse a damaged model in one line with 2, or read it", () =>
  inFolder(async (folder) => {
    const { params, experiment } = new Training(smallExperiment());
    const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
    const damaged = fc.sample(mutilation, { numRuns: 4, seed: 10 }).map((mutilate) =>
      mutilate(bytes)
    );
    const cases = [bytes.slice(0, 99), new Uint8Array([...bytes, 0]), ...damaged];
    for (const [n, model] of cases.entries()) await Deno.writeFile(`${folder}/model-${n}`, model);
    for (const task of ["decode", "align"]) {
      const line = (n: number) => ["--model", `model-${n}`, "--sequences", "2"];
      const endings = await lines(task, cases.map((_, n) => line(n)), folder);
      for (const [n, ending] of endings.entries()) {
        if (n < 2) assertEquals(ending.code, 2);
        if (ending.code === 0) continue;
        assertEquals([ending.code, ending.out, complaints(ending).length], [2, "", 1]);
        assertStringIncludes(ending.err, `${task}: --model cannot be "model-${n}"`);
      }
      assertEquals(endings[0], await run(folder, task, line(0)), "as in a process of its own");
    }
  }));
