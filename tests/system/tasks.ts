import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { runName, runStore, writeUpExperiment } from "lib/experiments/mod.ts";
import { decodeCheckpoint } from "lib/models/mod.ts";
import { deno, inProject, root, task } from "../support/tasks.ts";
import reference from "../fixtures/reference-blstm-seed0.json" with { type: "json" };

/** The deno command line of `reproduce`, to be run in another folder than the project's. */
function reproduceIn(folder: string, ...args: string[]): string[] {
  const script = `${root}tasks/reproduce.ts`;
  const write = `--allow-write=${folder}`;
  const config = ["--config", `${root}deno.json`];
  return ["run", ...config, "--allow-env", "--allow-read", write, script, ...args];
}

Deno.test("train --json prints one line per evaluation, with NumPy's loss, and saves the weights", () =>
  inProject(async (folder) => {
    const save = `${folder}/model.safetensors`;
    const flags = ["--iters", "4", "--eval-every", "2", "--save", save, "--json"];
    const { code, out } = await task("train", ...flags);
    assertEquals(code, 0);
    const rows = out.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(rows.map((row) => row.iter), [1, 2, 4]);
    for (const { iter, nll, per, blankRate, seqAcc } of rows) {
      assertAlmostEquals(nll, reference.nllPerIter[iter - 1], 1e-9);
      assert(per > 0 && seqAcc === 0 && blankRate > 0 && blankRate <= 1);
    }
    const { params, metadata } = decodeCheckpoint(await Deno.readFile(save));
    assertEquals([params["0.fwd.Wx"].rows, params["1.W"].cols], [8, 7]);
    assertEquals(JSON.parse(metadata.experiment).iters, 4);
  }));

Deno.test("train --pieces prints the same with one worker and with two", async () => {
  const flags = ["--iters", "4", "--hidden", "4", "--pieces", "3", "--json"];
  const [one, two] = await Promise.all(
    [[], ["--workers", "2"]].map((workers) => task("train", ...flags, ...workers)),
  );
  assertEquals([one.code, two.code], [0, 0], one.err + two.err);
  assertEquals(two.out, one.out);
  assertEquals(one.out.trim().split("\n").map((line) => JSON.parse(line).iter), [1, 4]);
});

Deno.test("gradcheck --json holds the bar of 2e-7 over every weight and input value", async () => {
  const { code, out } = await task("gradcheck", "--json");
  assertEquals(code, 0);
  const { blstm, lstm } = JSON.parse(out);
  for (const { maxRelativeError, checked } of [blstm, lstm]) {
    assertLess(maxRelativeError, 2e-7);
    assert(checked > 500);
  }
});

Deno.test("reproduce writes each run, finds it again bit for bit, and keeps a run that differs", async () => {
  const folder = await Deno.makeTempDir();
  const args = reproduceIn(folder, "--seeds", "3", "--iters", "2", "--workers", "2");
  const first = await deno(args, folder);
  assertEquals(first.code, 0, first.err);
  const file = `results/write-up/${
    runName(writeUpExperiment("lstm", 3, { iters: 2, fineEvery: 10 }))
  }.json`;
  assertStringIncludes(first.out, `written to ${file}`);
  const second = await deno(args, folder);
  assertEquals(second.code, 0);
  assertEquals(second.out.match(/equal bit for bit/g)?.length, 2);

  const text = await Deno.readTextFile(`${folder}/${file}`);
  const tampered = text.replace(/"nll":(\d)/, '"nll":9$1');
  await Deno.writeTextFile(`${folder}/${file}`, tampered);
  const third = await deno(args, folder);
  assertEquals(third.code, 1);
  assertMatch(third.out, /write-up-lstm-seed3: DIFFERS, row 0/);
  assertEquals(await Deno.readTextFile(`${folder}/${file}`), tampered);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("reproduce --iters judges nothing at another number of steps, and leaves what is committed alone", () =>
  inProject(async (folder) => {
    const { code, out, err } = await deno(reproduceIn(folder, "--iters", "2"), folder);
    assertEquals(code, 0, err);
    const [headline] = out.split("PER by iteration");
    assertEquals(headline.match(/^\| (BLSTM|LSTM) .*\| –  +\|$/gm)?.length, 3, headline);
    assert(!/reproduced|same direction/.test(out), out);
    assertEquals([...Deno.readDirSync(`${folder}/results`)].map(({ name }) => name), ["write-up"]);
    const { code: ignored } = await new Deno.Command("git", {
      args: ["check-ignore", "-q", "results/write-up/run.json"],
      cwd: root,
    }).output();
    assertEquals(ignored, 0);
  }));

Deno.test("reproduce that is interrupted leaves the finished runs whole and says where they are", async () => {
  const folder = await Deno.makeTempDir();
  const flags = ["--seeds", "0,1", "--iters", "40", "--workers", "1"];
  const child = new Deno.Command(Deno.execPath(), {
    args: reproduceIn(folder, ...flags),
    cwd: folder,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const experiment = writeUpExperiment("blstm", 0, { iters: 40, fineEvery: 10 });
  const store = runStore(`${folder}/results`).within("write-up");
  while (await store.read(experiment) === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  assertEquals(code, 130);
  assertStringIncludes(
    new TextDecoder().decode(stderr),
    "stopped: what is finished is in results/",
  );
  assertEquals((await store.read(experiment))?.rows.at(-1)?.iter, 40);
  assertEquals(
    decodeCheckpoint((await store.readWeights(experiment))!).metadata.experiment,
    JSON.stringify(experiment),
  );
  await Deno.remove(folder, { recursive: true });
});
