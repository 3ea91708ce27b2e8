import { assertEquals, assertThrows } from "@std/assert";
import { cellModule } from "../../web/client/live/cell_module.ts";

const about = (names: string) => `Object.defineProperties(globalThis, { ${names} }); `;
const constant = (name: string) =>
  `${name}: { get: () => ${name}, configurable: true, enumerable: true }`;
const variable = (name: string) =>
  `${name}: { get: () => ${name}, set: (v) => { ${name} = v; }, configurable: true, enumerable: true }`;

Deno.test("cellModule() shares every name that a cell declares, and takes types out", () => {
  assertEquals(
    cellModule(
      "const a: number = 1;\nlet [b, { c = 2, ...d }] = x as any;\nfunction f<T>(y: T) {}\nclass G {}\ntype H = 1;",
    ),
    about([constant("a"), ...["b", "c", "d", "f", "G"].map(variable)].join(", ")) +
      "const a = 1;\nlet [b, { c = 2, ...d }] = x ;\nfunction f(y) {}\nclass G {}\n",
  );
});

Deno.test("cellModule() asks the kernel for what a cell imports, also where only a later cell uses it", () => {
  assertEquals(
    cellModule(
      'import { type A, b as c } from "lib/mod.ts";\nimport d from "../x.json" with { type: "json" };',
    ),
    about([constant("c"), constant("d")].join(", ")) +
      'const { "b": c } = await $kernel.import("lib/mod.ts", ["b"]);\n' +
      'const { "default": d } = await $kernel.import("../x.json", ["default"]);',
  );
});

Deno.test("cellModule() leaves lines where they are, also below an import of several", () => {
  const lines = cellModule('import {\n  a,\n  b,\n} from "x";\nboom();').split("\n");
  assertEquals(lines.length, 5);
  assertEquals(lines[4], "await $kernel.result(boom());");
});

Deno.test("cellModule() gives the value of a last expression to the kernel, and no other", () => {
  assertEquals(cellModule("1;\nawait f(2);"), "1;\nawait $kernel.result(await f(2));");
  assertEquals(cellModule("for (;;) g();"), "for (;;) g();");
});

Deno.test("cellModule() says what it cannot read", () => {
  assertThrows(() => cellModule("const a = ;"), SyntaxError);
  assertThrows(() => cellModule("export const a = 1;"), SyntaxError, "a cell has no exports");
});
