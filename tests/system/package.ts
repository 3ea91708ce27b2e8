// lib as a package: what it publishes, what its front door documents, and that it works elsewhere.
import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { inFolder } from "../support/folders.ts";
import { deno, root } from "../support/tasks.ts";

const door = `${root}lib/mod.ts`;

/** The part of `deno doc --json` that is read here. */
interface Documentation {
  readonly nodes: Record<string, { readonly symbols: readonly DocumentedSymbol[] }>;
}

interface DocumentedSymbol {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly jsDoc?: {
      readonly tags?: readonly { readonly kind: string; readonly doc?: string }[];
    };
  }[];
}

/** The functions and classes without an example that imports them and asserts something. */
function withoutExample({ nodes }: Documentation): string[] {
  return Object.values(nodes).flatMap(({ symbols }) => symbols).filter(({ name, declarations }) =>
    declarations.some(({ kind, jsDoc }) =>
      ["function", "class"].includes(kind) &&
      !jsDoc?.tags?.some(({ kind, doc = "" }) =>
        kind === "example" && doc.includes("```ts\n") && /\bassert\w*\(/.test(doc) &&
        new RegExp(`\\b${name}\\b`).test(doc)
      )
    )
  ).map(({ name }) => name);
}

Deno.test("every function and class of the front door has an example that uses it and asserts", async () => {
  const { out } = await deno(["doc", "--json", door], root);
  const documentation: Documentation = JSON.parse(out);
  assertGreater(documentation.nodes[`file://${door}`].symbols.length, 80);
  assertEquals(withoutExample(documentation), []);
});

Deno.test("a function whose example asserts nothing, or which has none, is found", () => {
  const declared = (name: string, doc?: string): DocumentedSymbol => ({
    name,
    declarations: [{
      kind: "function",
      jsDoc: doc === undefined ? undefined : { tags: [{ kind: "example", doc }] },
    }],
  });
  const symbols = [
    declared("good", "```ts\nassertEquals(good(), 1);\n```"),
    declared("silent", "```ts\nsilent();\n```"),
    declared("bare"),
    declared("other", "```ts\nassertEquals(good(), 1);\n```"),
  ];
  assertEquals(withoutExample({ nodes: { x: { symbols } } }), ["silent", "bare", "other"]);
});

Deno.test("deno doc --lint finds nothing on the front door, and nothing of lib on any room behind it", () =>
  inFolder(async (folder) => {
    const { code, err } = await deno(["doc", "--lint", door], root);
    assertEquals(code, 0, err);
    const rooms = [...Deno.readDirSync(`${root}lib`)]
      .filter(({ isDirectory, name }) => isDirectory && name !== "studies")
      .map(({ name }) => `${root}lib/${name}/mod.ts`);
    assertGreater(rooms.length, 14);
    // One room that is not clean, so that a report in another form is not taken for none.
    const bare = `${folder}/mod.ts`;
    await Deno.writeTextFile(bare, "export const bare = 1;");
    const report = (await deno(["doc", "--lint", door, ...rooms, bare], root)).err;
    const places = report.matchAll(/^ *--> (\S+):\d+:\d+$/gm).map(([, file]) => file);
    // The types of Observable Plot, which `lib/figures` gives out, are another package's.
    assertEquals(
      [...places].filter((file) => !file.includes("/registry.npmjs.org/")),
      [bare],
      report,
    );
  }));

Deno.test("deno publish --dry-run passes, with lib and a few pages of text alone", async () => {
  const { code, out, err } = await deno(
    ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    root,
  );
  assertEquals(code, 0, err);
  const files = [...`${out}${err}`.matchAll(/^ +file:\/\/(\S+) \(/gm)].map(([, path]) =>
    path.slice(root.length)
  );
  assertGreater(files.length, 200);
  assertEquals(
    files.filter((path) => !path.startsWith("lib/")),
    ["CHANGELOG.md", "LICENSE", "README.md", "deno.json"],
  );
});

Deno.test("rooms are imported from a folder elsewhere, without this project's settings", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/deno.json`, "{}");
    const rooms = Object.values(config.exports).map((path) => new URL(path, `file://${root}`).href);
    const script = `
      ${rooms.map((room) => `import ${JSON.stringify(room)};`).join("\n")}
      import { train, writeUpExperiment } from "${rooms[0]}";
      import { Plot, plot, toPng } from "file://${root}lib/figures/mod.ts";
      const experiment = writeUpExperiment("blstm", 0, { iters: 10, evalEvery: 5 });
      const rows = await Array.fromAsync(train(experiment));
      const svg = plot({ marks: [Plot.lineY(rows, { x: "iter", y: "nll" })] });
      const png = (await toPng(svg)).toBase64();
      console.log(JSON.stringify({ rows, svg: svg.outerHTML, png }));
    `;
    await Deno.writeTextFile(`${folder}/main.ts`, script);
    const { code, out, err } = await deno(["run", "--no-prompt", "main.ts"], folder);
    assertEquals(code, 0, err);
    const { rows, svg, png } = JSON.parse(out);
    assertEquals(rows.map(({ iter }: { iter: number }) => iter), [1, 5, 10]);
    assertLess(rows[2].nll, rows[0].nll);
    assert(svg.startsWith("<svg") && svg.includes("<path"));
    assertEquals(
      [...Uint8Array.fromBase64(png).subarray(1, 4)],
      [..."PNG"].map((c) => c.charCodeAt(0)),
    );
  }));

Deno.test("the front door type-checks elsewhere as it stands, figures where the page's types are known", () =>
  inFolder(async (folder) => {
    const check = async (room: string, config: unknown) => {
      await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
      await Deno.writeTextFile(`${folder}/main.ts`, `import "file://${root}lib/${room}";`);
      return await deno(["check", "main.ts"], folder);
    };
    const page = { compilerOptions: { lib: ["deno.window", "dom", "dom.iterable"] } };
    for (const [room, config] of [["mod.ts", {}], ["figures/mod.ts", page]] as const) {
      const { code, err } = await check(room, config);
      assertEquals(code, 0, err);
    }
  }));
