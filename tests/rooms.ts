/**
 * Gathers the tests that need no permission, room by room, in `tests/.rooms`: the files of a folder
 * and the examples in the same folder of `lib` share an isolate, which loads what they need once.
 * Each runs by itself as ever: `deno test tests/NAME_test.ts`, `deno test --doc lib/NAME.ts`.
 *
 *     deno run --allow-read=. --allow-write=tests/.rooms tests/rooms.ts
 *
 * @module
 */
import { dirname } from "node:path/posix";
import { type Example, examplesOf, moduleOf } from "./support/examples.ts";

const ROOMS = "tests/.rooms";
/** Test files that share an isolate at most: enough to share, few enough to keep every core busy. */
const MOST = 8;
/** What holds for its whole isolate: it switches to the plain kernels. */
const ALONE = ["tests/numeric/kernels/plain_twin_test.ts"];
/** What takes longest begins first, so that no core waits for it in the end. */
const LONG = ["figures", "studies", "numeric", ...ALONE, "training", "decoding"];

/** Files below a folder, by their path in the project, in order. */
function* filesBelow(folder: string, skipped: readonly string[]): Generator<string> {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory, isFile } of entries) {
    const path = folder === "." ? name : `${folder}/${name}`;
    if (name.startsWith(".") || skipped.includes(path)) continue;
    if (isDirectory) yield* filesBelow(path, skipped);
    else if (isFile) yield path;
  }
}

/** The room of a file: the folder that it is in, of those in `tests` and `lib`. */
function roomOf(path: string): string {
  const folders = dirname(path).split("/");
  const [room] = ["tests", "lib", "."].includes(folders[0]) ? folders.slice(1) : folders;
  return room ?? "house";
}

interface Room {
  readonly tests: string[];
  readonly examples: Example[];
}

const rooms = new Map<string, Room>();
function room(path: string): Room {
  const name = roomOf(path);
  if (!rooms.has(name)) rooms.set(name, { tests: [], examples: [] });
  return rooms.get(name)!;
}

for (const path of filesBelow("tests", ["tests/system", "tests/fixtures", "tests/support"])) {
  if (!path.endsWith("_test.ts")) continue;
  if (ALONE.includes(path)) rooms.set(path, { tests: [path], examples: [] });
  else room(path).tests.push(path);
}
for (const path of filesBelow(".", ["node_modules", "notebooks", "results", "site", "tests"])) {
  if (!/\.(ts|js|md)$/.test(path)) continue;
  room(path).examples.push(...examplesOf(path, Deno.readTextFileSync(path)));
}

Deno.mkdirSync(ROOMS, { recursive: true });
for (const { name } of Deno.readDirSync(ROOMS)) {
  Deno.removeSync(`${ROOMS}/${name}`, { recursive: true });
}

const order = [...rooms].map(([name, content]) => ({ name, ...content }))
  .sort((a, b) => rank(a.name) - rank(b.name));
function rank(name: string): number {
  return LONG.includes(name) ? LONG.indexOf(name) : LONG.length;
}

let written = 0;
for (const { name, tests, examples } of order) {
  const modules = examples.map((example) => {
    const module = `${example.path}.${example.line}.ts`;
    Deno.mkdirSync(dirname(`${ROOMS}/examples/${module}`), { recursive: true });
    Deno.writeTextFileSync(`${ROOMS}/examples/${module}`, moduleOf(example));
    return `./examples/${module}`;
  });
  const imports = [...tests.map((path) => path.replace(/^tests/, "..")), ...modules];
  const parts = Math.ceil(Math.max(1, tests.length) / MOST);
  for (let part = 0; part < parts; part++) {
    const text = imports.filter((_, n) => n % parts === part)
      .map((path) => `import ${JSON.stringify(path)};\n`).join("");
    if (text === "") continue;
    const number = String(++written).padStart(2, "0");
    Deno.writeTextFileSync(`${ROOMS}/${number}-${name.replace(/^.*\/|_test\.ts$/g, "")}.ts`, text);
  }
}
