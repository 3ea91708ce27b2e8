// `deno task sweep`, killed and started again. It starts processes and writes files:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/sweep.ts
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runName } from "lib/experiments/mod.ts";
import { sweeps } from "lib/studies/priors/mod.ts";

const root = new URL("../../", import.meta.url);

/** The sweep table-13 at seed 0, six short runs one after the other, in a folder of its own. */
function sweepIn(folder: string, ...flags: string[]): Deno.Command {
  const script = new URL("tasks/sweep.ts", root).pathname;
  const config = ["--config", new URL("deno.json", root).pathname];
  const permissions = ["--allow-read", `--allow-write=${folder}`];
  const args = ["table-13", "--seeds", "1", "--workers", "1", ...flags];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...config, ...permissions, script, ...args],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
}

async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name } of Deno.readDir(`${folder}/results/table-13`)) {
    files[name] = await Deno.readTextFile(`${folder}/results/table-13/${name}`);
  }
  return files;
}

const finished = (files: Record<string, string>) =>
  Object.keys(files).filter((name) => name.endsWith(".json")).sort();

Deno.test("a sweep killed with SIGKILL and started again loses the run in progress at most, and ends with the same bytes as shards that were left in peace", async () => {
  const [killed, shards] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const first = sweepIn(killed).spawn();
  const folder = `${killed}/results/table-13`;
  const count = async () =>
    (await Array.fromAsync(Deno.readDir(folder)).catch(() => []))
      .filter(({ name }) => name.endsWith(".json")).length;
  while (await count() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  first.kill("SIGKILL");
  assertEquals((await first.output()).signal, "SIGKILL");
  const left = await contents(killed);
  const kept = finished(left);
  assert(kept.length >= 2 && kept.length < 6, `${kept.length} runs were there when it was killed`);

  const again = await sweepIn(killed).output();
  assertEquals(again.code, 0);
  const said = new TextDecoder().decode(again.stdout);
  assertStringIncludes(said, `table-13: 6 experiments, ${kept.length} already in results/`);
  const whole = await contents(killed);
  assertEquals(
    finished(whole),
    sweeps["table-13"].entries([0]).map(({ experiment }) => `${runName(experiment)}.json`).sort(),
  );
  assertEquals(kept.map((name) => whole[name]), kept.map((name) => left[name]));

  for (const shard of ["1/2", "2/2"]) {
    assertEquals((await sweepIn(shards, "--shard", shard).output()).code, 0);
  }
  assertEquals(await contents(shards), whole);
  for (const folder of [killed, shards]) await Deno.remove(folder, { recursive: true });
});
