// The kernels in processes of their own: without WebAssembly SIMD, and without WebAssembly.
import { assertEquals, assertMatch } from "@std/assert";

const root = new URL("../../", import.meta.url);
const program = `
  const { kernelsInUse } = await import("lib/numeric/kernels/mod.ts");
  await import("lib/training/mod.ts");
  const { Training, writeUpExperiment } = await import("lib/experiments/mod.ts");
  console.log(kernelsInUse(), new Training(writeUpExperiment("blstm", 0)).step().loss.toFixed(9));
`;

/** One line, said once. */
const said =
  /^This machine has no WebAssembly SIMD with a fused multiply–add: kernels run as plain .*$/;

async function run(...v8Flags: string[]): Promise<{ out: string; err: string }> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", ...v8Flags.map((flag) => `--v8-flags=${flag}`), program],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { out: text(stdout), err: text(stderr) };
}

Deno.test("kernels are SIMD where the engine has it, and say nothing", async () => {
  assertEquals(await run(), { out: "simd 82.591787015", err: "" });
});

Deno.test("without WebAssembly, kernels are plain, with the same loss, and say so once", async () => {
  const { out, err } = await run("--jitless");
  assertEquals(out, "plain 82.591787015");
  assertMatch(err, said);
});

Deno.test({
  name:
    "where the multiply–add is not fused, kernels are plain, with the same loss, and say so once",
  ignore: Deno.build.arch !== "x86_64",
  async fn() {
    const { out, err } = await run("--no-enable-fma3");
    assertEquals(out, "plain 82.591787015");
    assertMatch(err, said);
    assertMatch(err, /rounds twice/);
  },
});

Deno.test({
  name: "without SIMD, kernels are plain, with the same loss, and say so once",
  ignore: Deno.build.arch !== "x86_64",
  async fn() {
    const { out, err } = await run("--no-enable-sse4-1,--no-enable-ssse3,--no-enable-avx");
    assertEquals(out, "plain 82.591787015");
    assertMatch(err, said);
  },
});
