import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readmeBlocks } from "../../bench/report.ts";
import { fillBlocks } from "../../tasks/readme.ts";

const results = await Deno.readTextFile(new URL("../../results/bench.json", import.meta.url));

async function bench(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "bench", ...args],
    cwd: new URL("../..", import.meta.url),
    env: { NO_COLOR: "1", ...env },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

Deno.test("bench --only measures one workload, says what is absent and how to install it", async () => {
  const before = await Deno.readTextFile(new URL("../../bench/README.md", import.meta.url));
  const { code, out, err } = await bench(["--only", "greedy", "--rounds", "1"], {
    PYTHON: "no-such-python",
  });
  assertEquals(code, 0, err);
  assertStringIncludes(out, "| Greedy decoding, 10,000 × 30 | ours");
  assertEquals(out.match(/absent \(Cannot start no-such-python/g)?.length, 9);
  assertStringIncludes(out, "to install: `no-such-python -m pip install torch==2.13.0 numpy`");
  assertStringIncludes(err, "benchmark: 1/1 done");
  assertEquals(await Deno.readTextFile(new URL("../../bench/README.md", import.meta.url)), before);
});

Deno.test("bench --only beam measures every width, and tells how the decoders are installed", async () => {
  const { code, out, err } = await bench(["--only", "beam", "--rounds", "1"], {
    PYTHON: "no-such-python",
  });
  assertEquals(code, 0, err);
  assertStringIncludes(out, "| Prefix beam search, width 16, 200 × 30 | ours");
  assertMatch(
    out,
    /\| ms per sequence +\| width 1 +\| width 4 +\| width 16 +\| width 64 +\| width 256 +\|/,
  );
  assertStringIncludes(out, 'pip install pyctcdecode==0.5.0 "numpy<2"`');
  assertEquals(out.includes("wrong result"), false);
});

Deno.test("bench refuses an unknown workload with one line and exit code 2", async () => {
  const { code, out, err } = await bench(["--only", "gredy"]);
  assertEquals([code, out], [2, ""]);
  assertStringIncludes(err, 'bench: --only cannot be "gredy": expected one of step, deep-20');
});

Deno.test("bench/README.md shows what is in results/bench.json", async () => {
  const readme = await Deno.readTextFile(new URL("../../bench/README.md", import.meta.url));
  assertEquals(fillBlocks(readme, readmeBlocks(JSON.parse(results))), readme);
});
