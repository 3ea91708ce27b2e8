// What a store does with files that are not what their names say, and with places that take none:
//   deno test --allow-read --allow-write tests/system/stored_runs.ts
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  DamagedRunError,
  type Experiment,
  keepRun,
  MissingRunError,
  readRuns,
  readWeights,
  type Run,
  runName,
  runStore,
  runText,
  setAside,
  Training,
} from "lib/experiments/mod.ts";
import { namesByMeaning } from "lib/experiments/normal_form.ts";
import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
import { WriteError } from "lib/write_whole.ts";
import { inFolder, names } from "../support/folders.ts";
import { smallExperiment } from "../support/experiments.ts";
import { wholeRun } from "../support/stored_runs.ts";

const experiment = smallExperiment();
const other = smallExperiment({ optimizer: { ...experiment.optimizer, lr: 0.004 } });
const run = wholeRun(experiment);
const name = runName(experiment);
const modelOf = (experiment: Experiment) =>
  encodeCheckpoint(new Training(experiment).params, { experiment: JSON.stringify(experiment) });
const weights = modelOf(experiment);

/** A run one bit away, and its weights. */
const near = (run: Run, by: number): Run => ({
  ...run,
  rows: run.rows.map((row, n) => n === 1 ? { ...row, nll: row.nll * (1 + by) } : row),
});

Deno.test("runStore() does not believe a file by its name, but says which it is and what is wrong", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    const file = `${folder}/${name}.json`;
    for (
      const [text, reason] of [
        ["", "it is not JSON"],
        [runText(run).slice(0, 100), "it is not JSON"],
        ["null", "it must be a record"],
        ["{}", "it is of another experiment"],
        [runText({ experiment, rows: [] }), "row 0, of step 1"],
        [runText(wholeRun(other)), "it is of another experiment: optimizer.lr is 0.004, not 0.003"],
      ]
    ) {
      await Deno.writeTextFile(file, text);
      const error = await assertRejects(() => store.read(experiment), DamagedRunError);
      assertStringIncludes(error.message, `Cannot read ${file}: ${reason}`);
      await assertRejects(
        () => readRuns(store, [experiment], "sweep depth"),
        DamagedRunError,
        "(`deno task sweep depth` sets it aside and makes it again)",
      );
    }
    await Deno.remove(file);
    await Deno.mkdir(file);
    await assertRejects(() => store.read(experiment), DamagedRunError, "Is a directory");
  }));

Deno.test("runStore() believes no weights by their name either", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    const file = `${folder}/${name}.safetensors`;
    const wider = smallExperiment({ model: { kind: "blstm", hidden: 5 } });
    for (
      const [bytes, reason] of [
        [weights.slice(0, -8), "cut short"],
        [modelOf(other), "it is of another experiment: optimizer.lr is 0.004, not 0.003"],
        [encodeCheckpoint(new Training(experiment).params), "hold no experiment"],
        [
          encodeCheckpoint(new Training(wider).params, { experiment: JSON.stringify(experiment) }),
          "its weights are not those of its experiment",
        ],
      ] as const
    ) {
      await Deno.writeFile(file, bytes);
      const error = await assertRejects(() => store.readWeights(experiment), DamagedRunError);
      assertStringIncludes(error.message, `Cannot read ${file}: `);
      assertStringIncludes(error.message, reason);
    }
    await Deno.writeFile(file, weights);
    assertEquals(await store.readWeights(experiment), weights);
  }));

Deno.test("setAside() renames what is damaged and never overwrites what was set aside before", () =>
  inFolder(async (folder) => {
    const file = `${folder}/${name}.json`;
    for (const text of ["first", "second", "third"]) {
      await Deno.writeTextFile(file, text);
      const error = await assertRejects(() => runStore(folder).read(experiment), DamagedRunError);
      assertEquals(await Deno.readTextFile(await setAside(error)), text);
    }
    assertEquals(names(folder), ["", ".2", ".3"].map((n) => `${name}.json${n}.damaged`).sort());
  }));

Deno.test("readWeights() names the task that makes weights which are not there", () =>
  inFolder(async (folder) => {
    await runStore(folder).write(run);
    await assertRejects(
      () => readWeights(runStore(folder), experiment),
      MissingRunError,
      `the weights of the run ${name} are not in results/: run \`deno task reproduce\` first`,
    );
    await assertRejects(
      () => readWeights(runStore(folder), experiment, "sweep depth"),
      MissingRunError,
      "run `deno task sweep depth` first",
    );
    await Deno.writeFile(`${folder}/${name}.safetensors`, weights.slice(0, 99));
    await assertRejects(
      () => readWeights(runStore(folder), experiment),
      DamagedRunError,
      "(`deno task reproduce` sets it aside and makes it again)",
    );
  }));

Deno.test("runStore() writes weights before their run, so that a run that is there has its weights", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await Deno.mkdir(`${folder}/${name}.safetensors`);
    await assertRejects(() => store.write(run, weights), WriteError);
    assertEquals(names(folder), [`${name}.safetensors`]);
    await Deno.remove(`${folder}/${name}.safetensors`);
    await Deno.mkdir(`${folder}/${name}.json`);
    await assertRejects(() => store.write(run, weights), WriteError);
    assertEquals(await store.readWeights(experiment), weights);
  }));

Deno.test("runStore() writes nothing of a run that could not be read back", () =>
  inFolder(async (folder) => {
    const rows = [{ ...run.rows[0], nll: NaN }, ...run.rows.slice(1)];
    await assertRejects(
      () => runStore(folder).write({ experiment, rows }, weights),
      RangeError,
      "NaN",
    );
    assertEquals(names(folder), []);
  }));

Deno.test("two stores that write one run at once both succeed, and every read is of a whole run", () =>
  inFolder(async (folder) => {
    const stores = [runStore(folder), runStore(folder)];
    await stores[0].write(run, weights);
    for (let round = 0; round < 20; round++) {
      const [, , read, bytes] = await Promise.all([
        ...stores.map((store) => store.write(run, weights)),
        stores[0].read(experiment),
        stores[1].readWeights(experiment),
      ]);
      assertEquals([read, bytes], [run, weights]);
    }
    assertEquals(names(folder), [`${name}.json`, `${name}.safetensors`]);
  }));

Deno.test("tryPlace() of a store makes its folder, and says where runs cannot be written", () =>
  inFolder(async (folder) => {
    await runStore(`${folder}/a/b`).tryPlace();
    assertEquals(names(`${folder}/a/b`), []);
    await Deno.writeTextFile(`${folder}/file`, "");
    await assertRejects(() => runStore(`${folder}/file`).tryPlace(), WriteError, `${folder}/file`);
    await assertRejects(() => runStore(`${folder}/file/sweep`).tryPlace(), WriteError);
  }));

Deno.test("keepRun() writes a run that is not there, with weights or without", () =>
  inFolder(async (folder) => {
    const kept = { run: "written", restored: false, setAside: [] };
    assertEquals(
      await keepRun(runStore(folder), { run, weights }, { keepsWeights: false }),
      kept as never,
    );
    assertEquals(names(folder), [`${name}.json`]);
    await Deno.remove(`${folder}/${name}.json`);
    assertEquals(await keepRun(runStore(folder), { run, weights }), kept as never);
    assertEquals(names(folder), [`${name}.json`, `${name}.safetensors`]);
  }));

Deno.test("keepRun() restores weights that are missing or damaged, beside an equal run alone", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await store.write(run);
    const different = await keepRun(store, { run: near(run, 1e-15), weights });
    assertEquals([different.run, names(folder)], ["different", [`${name}.json`]]);
    assertMatch(different.difference ?? "", /^row 1 is /);
    const missing = await keepRun(store, { run, weights });
    assertEquals([missing.run, missing.restored, missing.setAside], ["equal", true, []]);
    assertEquals(await store.readWeights(experiment), weights);
    await Deno.writeFile(`${folder}/${name}.safetensors`, weights.slice(0, 99));
    const damaged = await keepRun(store, { run, weights });
    assertEquals([damaged.run, damaged.restored, damaged.setAside.length], ["equal", true, 1]);
    assertMatch(
      damaged.setAside[0],
      /^Cannot read .*cut short.*: it is now .*\.safetensors\.damaged$/,
    );
    assertEquals(await store.readWeights(experiment), weights);
    assertEquals(await Deno.readTextFile(`${folder}/${name}.json`), runText(run));
    assertEquals((await keepRun(store, { run, weights })).restored, false);
  }));

Deno.test("keepRun() sets a damaged run aside and writes it again", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await Deno.writeTextFile(`${folder}/${name}.json`, runText(wholeRun(other)));
    const { run: kept, setAside } = await keepRun(store, { run, weights });
    assertEquals([kept, setAside.length], ["written", 1]);
    assertStringIncludes(setAside[0], "optimizer.lr is 0.004, not 0.003: it is now");
    assertEquals(await store.read(experiment), run);
    assert(names(folder).includes(`${name}.json.damaged`));
  }));

Deno.test("keepRun() says where weights differ though the rows are equal", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    const { params } = new Training(experiment);
    params["1.b"].data[2] = 7;
    await store.write(run, encodeCheckpoint(params, { experiment: JSON.stringify(experiment) }));
    const { run: kept, difference } = await keepRun(store, { run, weights });
    assertEquals([kept, difference], ["different", 'entry 2 of the weight "1.b" is 0, not 7']);
  }));

Deno.test("keepRun() allows a tolerance only where plain kernels made one of the two", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await store.write(run, weights);
    const madeBy = { kernels: "plain" as const, versions: { deno: "2.9.6" } };
    const keep = async (run: Run) => (await keepRun(store, { run, weights })).run;
    assertEquals(await keep(near(run, 1e-12)), "different");
    assertEquals(await keep({ ...near(run, 1e-12), madeBy }), "close");
    assertEquals(await keep({ ...run, madeBy }), "equal");
    assertEquals(await keep({ ...near(run, 5e-10), madeBy }), "close");
    assertEquals(await keep({ ...near(run, 2e-9), madeBy }), "different");
    await Deno.remove(`${folder}/${name}.json`);
    await store.write({ ...run, madeBy });
    assertEquals(await keep(near(run, 1e-12)), "close");
  }));

Deno.test("keepRun() takes weights within the tolerance for the same, however small they are", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    const madeBy = { kernels: "plain" as const, versions: { deno: "2.9.6" } };
    await store.write(run, weights);
    for (const [off, expected] of [[5e-10, "equal"], [2e-9, "different"]] as const) {
      const { params } = new Training(experiment);
      params["1.b"].data[2] = off; // of a weight of 0
      const moved = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
      const kept = await keepRun(store, { run: { ...run, madeBy }, weights: moved });
      assertEquals(kept.run, expected);
    }
  }));

Deno.test("keepRun() leaves a run that is close as it is, and writes the missing weights beside it", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    const madeBy = { kernels: "plain" as const, versions: { deno: "2.9.6" } };
    await store.write(run);
    const kept = await keepRun(store, { run: { ...near(run, 1e-12), madeBy }, weights });
    assertEquals([kept.run, kept.restored], ["close", true]);
    assertEquals(await Deno.readTextFile(`${folder}/${name}.json`), runText(run));
    assertEquals(await store.readWeights(experiment), weights);
  }));

const respelled = smallExperiment({
  name: "mine",
  corpus: { kind: "phonemes", noise: 0.18 },
  criterion: { kind: "full-sum", posteriorScale: 1 },
});

Deno.test("any spelling finds a stored run and its weights, in the folder and gathered, as its own", () =>
  inFolder(async (folder) => {
    const store = runStore(folder).within("sweep");
    const found = async () => {
      assertEquals(await store.read(respelled), { ...run, experiment: respelled });
      const { params, metadata } = decodeCheckpoint((await store.readWeights(respelled))!);
      assertEquals(params, new Training(experiment).params);
      assertEquals(JSON.parse(metadata.experiment), respelled);
      assertEquals([await store.read(other), await store.readWeights(other)], [
        undefined,
        undefined,
      ]);
    };
    assertEquals(await store.read(respelled), undefined);
    await store.write(run, weights);
    await found();
    const kept = await keepRun(store, {
      run: { ...run, experiment: respelled },
      weights: modelOf(respelled),
    });
    assertEquals([kept.run, kept.restored], ["equal", false]);
    await store.fold([{ experiment, keepsWeights: true }]);
    assertEquals(names(folder), ["sweep.json", "sweep.safetensors"]);
    await found();
    await Deno.mkdir(`${folder}/sweep`);
    assertEquals(await store.fold([{ experiment: respelled, keepsWeights: true }]), true);
    assertStringIncludes(await Deno.readTextFile(`${folder}/sweep.json`), '"name":"mine"');
    assertEquals(await store.read(experiment), run);
  }));

Deno.test("the run of the very spelling is read before one that means the same, and written beside it", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await store.write(run);
    const own = near({ ...run, experiment: respelled }, 1e-15);
    await store.write(own);
    assertEquals(names(folder), [`${runName(respelled)}.json`, `${name}.json`].sort());
    assertEquals([await store.read(experiment), await store.read(respelled)], [run, own]);
  }));

Deno.test("a damaged run of another spelling is named, and a file that is not what its name says is not looked at", () =>
  inFolder(async (folder) => {
    const store = runStore(folder);
    await Deno.writeTextFile(`${folder}/junk-00000000.json`, "{");
    await Deno.writeTextFile(`${folder}/junk-00000001.json`, runText(run));
    await Deno.mkdir(`${folder}/junk-00000002.json`);
    assertEquals(await store.read(respelled), undefined);
    const file = `${folder}/${name}.json`;
    await Deno.writeTextFile(file, runText({ experiment, rows: [] }));
    const error = await assertRejects(() => store.read(respelled), DamagedRunError, file);
    assertStringIncludes(error.reason, "row 0, of step 1");
    await setAside(error);
    assertEquals(await store.read(respelled), undefined);
    await store.write(run);
    assertEquals((await store.read(respelled))?.rows, run.rows);
    const fresh = runStore(folder);
    await Deno.writeTextFile(file, "{");
    assertEquals(await fresh.read(respelled), undefined);
    await store.write(run); // what was damaged may be mended
    assertEquals((await fresh.read(respelled))?.rows, run.rows);
  }));

Deno.test("the 1134 stored runs have 1099 meanings; runs that mean the same are equal bit for bit", async () => {
  const results = new URL("../../results/", import.meta.url);
  const runs: Run[] = [];
  for await (const { name } of Deno.readDir(results)) {
    if (!name.endsWith(".json")) continue;
    runs.push(...JSON.parse(await Deno.readTextFile(new URL(name, results))).runs ?? []);
  }
  const byName = new Map(runs.map((run) => [runName(run.experiment), run]));
  const meanings = namesByMeaning(runs.map((run) => run.experiment));
  assertEquals([byName.size, meanings.size], [1134, 1099]);
  const shared = [...meanings.values()].filter((names) => names.length > 1);
  assertEquals(shared.map((names) => names.length), Array(35).fill(2));
  for (const [one, same] of shared) assertEquals(byName.get(one)!.rows, byName.get(same)!.rows);
});
