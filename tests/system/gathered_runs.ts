// Runs of a whole sweep, gathered in one file. It writes files:
//   deno test --allow-read --allow-write tests/system/gathered_runs.ts
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  DamagedRunError,
  type Experiment,
  keepRun,
  type Run,
  runName,
  runStore,
  setAside,
} from "lib/experiments/mod.ts";
import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
import { Training } from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { wholeRun } from "../support/stored_runs.ts";

const experiments = [0, 1, 2].map((seed) => smallExperiment({ seed }));
const entries = experiments.map((experiment, n) => ({ experiment, keepsWeights: n === 0 }));

function modelOf(experiment: Experiment): Uint8Array {
  const { params } = new Training(experiment);
  return encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
}

async function withStore(
  test: (folder: string, store: ReturnType<typeof runStore>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder, runStore(folder).within("sweep"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const files = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("fold() gathers a whole sweep in one file, and the weights that are kept in another", () =>
  withStore(async (folder, store) => {
    for (const experiment of experiments) {
      await store.write(wholeRun(experiment), modelOf(experiment));
    }
    assertEquals(await store.fold(entries), true);
    assertEquals(files(folder), ["sweep.json", "sweep.safetensors"]);
    for (const [n, experiment] of experiments.entries()) {
      assertEquals(await store.read(experiment), wholeRun(experiment));
      const bytes = await store.readWeights(experiment);
      assertEquals(
        bytes && decodeCheckpoint(bytes),
        n === 0 ? decodeCheckpoint(modelOf(experiment)) : undefined,
      );
    }
    const kept = await keepRun(store, {
      run: wholeRun(experiments[0]),
      weights: modelOf(experiments[0]),
    });
    assertEquals([kept.run, kept.restored], ["equal", false]);
  }));

Deno.test("fold() gives the same bytes whatever was gathered before, and in whatever order runs came", () =>
  withStore(async (folder, store) => {
    for (const experiment of experiments) {
      await store.write(wholeRun(experiment), modelOf(experiment));
    }
    await store.fold(entries);
    const bytes = ["json", "safetensors"].map((kind) =>
      Deno.readFileSync(`${folder}/sweep.${kind}`)
    );
    await store.write(wholeRun(experiments[1]));
    assertEquals(await store.fold(entries.toReversed()), true);
    assertEquals(
      ["json", "safetensors"].map((kind) => Deno.readFileSync(`${folder}/sweep.${kind}`)),
      bytes,
    );
  }));

Deno.test("fold() leaves all as it is while a run is missing, and runs that are not the sweep's own", () =>
  withStore(async (folder, store) => {
    await store.write(wholeRun(experiments[0]), modelOf(experiments[0]));
    await store.write(wholeRun(experiments[1]));
    assertEquals(await store.fold(entries), false);
    assertEquals(files(folder), ["sweep"]);
    await store.write(wholeRun(experiments[2]));
    const extra = smallExperiment({ seed: 9 });
    await store.write(wholeRun(extra));
    assertEquals(await store.fold(entries), true);
    assertEquals(files(`${folder}/sweep`), [`${runName(extra)}.json`]);
    assertEquals(await store.read(extra), wholeRun(extra));
  }));

Deno.test("a run that is damaged in the one file is named, and set aside without losing the others", () =>
  withStore(async (folder, store) => {
    for (const experiment of experiments) {
      await store.write(wholeRun(experiment), modelOf(experiment));
    }
    await store.fold(entries);
    const gathered = JSON.parse(await Deno.readTextFile(`${folder}/sweep.json`));
    gathered.runs.find((run: Run) => run.experiment.seed === 0).rows[0].nll = null;
    await Deno.writeTextFile(`${folder}/sweep.json`, JSON.stringify(gathered));
    const error = await assertRejects(() => store.read(experiments[0]), DamagedRunError);
    assertStringIncludes(error.message, `sweep.json: the run ${runName(experiments[0])}: row 0`);
    assertEquals(await store.read(experiments[1]), wholeRun(experiments[1]));
    assertEquals(await setAside(error), `${folder}/sweep.json.damaged`);
    assertEquals(await store.read(experiments[0]), undefined);
    for (const experiment of experiments.slice(1)) {
      assertEquals(await store.read(experiment), wholeRun(experiment));
    }
  }));
