// These pass with links/cli and with jsr:@std/cli alike: delete `links` in deno.json to see it.
import { assertEquals } from "@std/assert";
import * as root from "@std/cli";
import { parseArgs } from "@std/cli/parse-args";

Deno.test("parseArgs() types and reads booleans, strings, defaults and aliases", () => {
  const unknown = (_arg: string, _key?: string, _value?: unknown) => false;
  const args = parseArgs(["--seed", "3", "-h", "--bogus"], {
    boolean: ["help", "json"],
    string: ["seed", "save"],
    default: { seed: "0" },
    alias: { help: "h" },
    unknown,
  });
  const help: boolean = args.help;
  const h: boolean = args.h;
  const seed: string = args.seed;
  const save: string | undefined = args.save;
  const words: (string | number)[] = args._;
  const other: unknown = args.other;
  // @ts-expect-error -- a string without a default may be absent
  const sure: string = args.save;
  // @ts-expect-error -- a flag without a type is unknown
  const number: number = args.other;
  assertEquals([help, h, seed, save, words], [true, true, "3", undefined, []]);
  assertEquals([other, sure, number], [undefined, undefined, undefined] as unknown[]);
  assertEquals<unknown>(args, { _: [], help: true, h: true, json: false, seed: "3" });
});

Deno.test("parseArgs() leaves untyped what nothing names", () => {
  const args = parseArgs(["--lr", "1e-3", "--fast", "01", "x"]);
  const rate: number = args.lr;
  assertEquals(rate, 1e-3);
  assertEquals<unknown>(args, { _: ["x"], lr: 1e-3, fast: 1 });
});

Deno.test("parseArgs() takes --flag=value to the letter", () => {
  const options = { boolean: ["json"], string: ["seed"] } as const;
  assertEquals<unknown>(parseArgs(["--seed=-1"], options), { _: [], json: false, seed: "-1" });
  assertEquals<unknown>(parseArgs(["--seed="], options), { _: [], json: false, seed: "" });
  assertEquals<unknown>(parseArgs(["--seed=a=b"], options), { _: [], json: false, seed: "a=b" });
  assertEquals<unknown>(parseArgs(["--json=false"], options), { _: [], json: false });
  assertEquals<unknown>(parseArgs(["--json", "true"], options), { _: [], json: true });
  assertEquals<unknown>(parseArgs(["--seed", "1", "--seed", "2"], options), {
    _: [],
    json: false,
    seed: "2",
  });
});

Deno.test("parseArgs() never takes a word with a dash for a value", () => {
  const seen: unknown[] = [];
  const args = parseArgs(["--seed", "-1", "--save", "--json"], {
    boolean: ["json"],
    string: ["seed", "save"],
    unknown: (...call: unknown[]) => void seen.push(call),
  });
  assertEquals<unknown>(args, { _: [], "1": true, json: true, seed: "", save: "" });
  assertEquals<unknown>(seen, [["-1", "1", true]]);
});

Deno.test("parseArgs() asks `unknown` about flags and positionals, and drops on false", () => {
  const seen: unknown[] = [];
  const args = parseArgs(["a", "--bogus=2", "--known=1", "-x"], {
    string: ["known"],
    unknown(arg: string, key?: string, value?: unknown) {
      seen.push([arg, key, value]);
      return key === "x";
    },
  });
  assertEquals<unknown>(args, { _: [], known: "1", x: true });
  assertEquals<unknown>(seen, [["a", undefined, undefined], ["--bogus=2", "bogus", "2"], [
    "-x",
    "x",
    true,
  ]]);
});

Deno.test("parseArgs() turns positionals into numbers unless `_` is a string", () => {
  assertEquals<unknown>(parseArgs(["01", "2.5", "", " ", "-"])._, [1, 2.5, "", " ", "-"]);
  assertEquals<unknown>(parseArgs(["01", "2.5"], { string: ["_"] })._, ["01", "2.5"]);
});

Deno.test("parseArgs() keeps what follows -- out of the flags", () => {
  assertEquals<unknown>(parseArgs(["a", "--", "--b"]), { _: ["a", "--b"] });
  const args = parseArgs(["a", "--", "--b"], { "--": true });
  const rest: string[] = args["--"];
  assertEquals(rest, ["--b"]);
  assertEquals<unknown>(args._, ["a"]);
});

Deno.test("parseArgs() collects, negates and stops early", () => {
  const args = parseArgs(["--only", "a", "--only=b", "--no-color", "run", "--only", "c"], {
    boolean: ["color"],
    string: ["only"],
    collect: ["only"],
    negatable: ["color"],
    default: { color: true },
    stopEarly: true,
  });
  const only: string[] = args.only;
  assertEquals(only, ["a", "b"]);
  assertEquals<unknown>(args, {
    _: ["run", "--only", "c"],
    only: ["a", "b"],
    color: false,
  });
});

Deno.test("parseArgs() reads one-letter flags in a row and with a number", () => {
  assertEquals<unknown>(parseArgs(["-ab", "-n5", "-12", "3", "-o", "x"]), {
    _: [],
    a: true,
    b: true,
    n: 5,
    1: true,
    2: 3,
    o: "x",
  });
});

Deno.test("@std/cli has parseArgs() at its root too", () => {
  assertEquals(root.parseArgs, parseArgs);
});
