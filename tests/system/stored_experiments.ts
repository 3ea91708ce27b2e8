import { assertGreater } from "@std/assert";
import { requireExperiment, requireMemory } from "lib/training/mod.ts";

const results = new URL("../../results/", import.meta.url);

Deno.test("every stored experiment has the form of an experiment, and fits into memory", async () => {
  let count = 0;
  const visit = async (folder: URL) => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await visit(new URL(`${name}/`, folder));
      if (!name.endsWith(".json")) continue;
      const { runs = [] } = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
      for (const { experiment } of runs) {
        requireExperiment(experiment);
        requireMemory(experiment);
        count++;
      }
    }
  };
  await visit(results);
  assertGreater(count, 600);
});
