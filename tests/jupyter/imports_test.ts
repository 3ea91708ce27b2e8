import { assert, assertEquals } from "@std/assert";
import { lockedSpecifiers, unlockedImports } from "lib/jupyter/runner/imports.ts";

const lock = JSON.stringify({
  specifiers: { "npm:jsdom@31.0.1": "31.0.1", "jsr:@std/assert@1": "1.0.0" },
  remote: { "https://deno.land/x/a.ts": "hash" },
});

function found(source: string, text: string | undefined = lock) {
  const cells = [
    { cell_type: "markdown" as const, id: "a", metadata: {}, source: 'import "npm:in-prose";' },
    { cell_type: "code" as const, id: "b", metadata: {}, source },
  ];
  return unlockedImports({ metadata: {}, cells }, text);
}

Deno.test("unlockedImports() names cell and package of what the lockfile does not have", () => {
  assertEquals(
    found('import x from "npm:is-odd@3.0.1";').map(({ cell, problem }) => [cell, problem]),
    [
      [
        2,
        "it imports npm:is-odd@3.0.1, which deno.lock does not have: " +
        "name it in deno.json and run `deno install`",
      ],
    ],
  );
  for (
    const source of [
      'import "npm:is-odd";',
      "import 'npm:jsdom';",
      'import "npm:jsdom@31.0.10";',
      'export * from "jsr:@std/ulid@1";',
      "await import(`npm:is-odd`);",
      'await import( "https://esm.sh/is-odd" );',
      'import x from\n  "http://example.com/x.ts";',
      '// @ts-types="npm:@types/d3"\nimport d3 from "d3";',
      '/// <reference types="npm:@types/d3" />',
    ]
  ) assertEquals(found(source).length, 1, source);
});

Deno.test("unlockedImports() passes what the lockfile has, and what is no import by address", () => {
  for (
    const source of [
      'import { JSDOM } from "npm:jsdom@31.0.1";',
      'import x from "npm:jsdom@31.0.1/lib/api.js";',
      'import { assert } from "jsr:@std/assert@1";',
      'import a from "https://deno.land/x/a.ts";',
      'import { matrix } from "lib/numeric/mod.ts";\nimport "node:fs";\nimport "./near.ts";',
      'const link = "https://example.com";',
      '  // import x from "npm:is-odd";',
    ]
  ) assertEquals(found(source), [], source);
  assertEquals(unlockedImports({ metadata: {}, cells: [] }, undefined), []);
});

Deno.test("unlockedImports() takes time in proportion to the cell", () => {
  for (
    const piece of ["import ", "import", " ", "import(", "\n", "// ", 'from "npm:', "import 'npm:a"]
  ) {
    const start = performance.now();
    found(`import${piece.repeat((1 << 20) / piece.length)}`);
    assert(performance.now() - start < 3000, piece);
  }
});

Deno.test("lockedSpecifiers() reads a lockfile without packages", () => {
  assertEquals(lockedSpecifiers('{ "version": "5" }'), []);
});
