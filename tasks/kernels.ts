/**
 * `deno task kernels`: builds the SIMD kernels from their AssemblyScript source; with `--check`, only
 * tells whether the committed bytes are what the source builds to.
 *
 * @module
 */
import { writeWhole } from "lib/write_whole.ts";
import { flag, parseOptions } from "./args.ts";
import { print } from "./print.ts";
import { Failure, runTask } from "./run_task.ts";

const folder = new URL("../lib/numeric/kernels/simd/", import.meta.url);
const built = new URL("kernels.wasm", folder);

const { check } = parseOptions(
  "kernels",
  "Builds the SIMD kernels in lib/numeric/kernels/simd from their AssemblyScript source.",
  { check: flag({ help: "write nothing; fail if kernels.wasm is not what the source builds to" }) },
);

await runTask("kernels", async () => {
  const bytes = await build();
  if (!check) {
    await writeWhole(built, bytes);
    print(`kernels.wasm: ${bytes.length} bytes`);
  } else if (sameBytes(bytes, await Deno.readFile(built))) {
    print("kernels.wasm is what its source builds to");
  } else {
    throw new Failure("kernels.wasm is not what its source builds to: run `deno task kernels`");
  }
});

/** Compiles with all files given and taken in memory, so that the compiler itself touches none. */
async function build(): Promise<Uint8Array> {
  // Not loaded for --help or a mistake: it is downloaded on first use.
  const { default: asc } = await import("assemblyscript/asc");
  let wasm: Uint8Array | undefined;
  // 65536 pages of 64 KiB: all that an address reaches, 4 GiB, so that the memory never grows, which
  // would detach every array in it. What is never touched takes no memory.
  const options = "-O2 --noAssert --runtime stub --enable simd --enable relaxed-simd " +
    "--initialMemory 65536 --maximumMemory 65536 --outFile kernels.wasm";
  const { error, stderr } = await asc.main(["index.ts", ...options.split(" ")], {
    readFile: (name) => source(name),
    writeFile: (_name, contents) => {
      wasm = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || wasm === undefined) {
    throw new Failure(`the sources do not build:\n${stderr}`);
  }
  return wasm;
}

function source(name: string): string | null {
  try {
    return unrolled(Deno.readTextFileSync(new URL(`assembly/${name}`, folder)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Writes out what stands between "// repeat NAME = 0 … n" and "// end", n + 1 times; and between
 * "// beside A B …" and "// end" each line with names that end in _, for every letter in its place.
 */
function unrolled(text: string): string {
  return text.replace(
    /^ *\/\/ repeat (\w+) = 0 … (\d+)\n([^]*?)^ *\/\/ end\n/gm,
    (_, name, last, lines) =>
      Array.from({ length: Number(last) + 1 }, (_, n) => lines.replaceAll(name, String(n))).join(
        "",
      ),
  ).replace(
    /^ *\/\/ beside ([A-Z ]+)\n([^]*?)^ *\/\/ end\n/gm,
    (_, letters: string, lines: string) =>
      lines.replaceAll(
        /^.*\w_\b.*\n/gm,
        (line) => letters.split(" ").map((letter) => line.replaceAll(/_\b/g, letter)).join(""),
      ),
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
