import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  choice,
  flag,
  integer,
  integers,
  number,
  parseOptions,
  positionals,
  readOptions,
  seedRange,
  type Terminal,
  text,
  usage,
  UsageError,
  value,
} from "../../tasks/args.ts";

const train = {
  seed: integer({ default: 0, ...seedRange, help: "seed of corpus, weights and streams" }),
  lstm: flag({ help: "one-directional LSTM instead of BLSTM" }),
  lr: number({ default: 3e-3, above: 0, help: "Adam learning rate" }),
  evalEvery: integer({ default: 100, min: 1, unit: "iterations", help: "evaluate this often" }),
  seeds: integers({ default: [0, 1], min: 0, help: "seeds to train" }),
  save: text({ placeholder: "FILE", help: "write the weights to this .safetensors file" }),
  model: choice(["blstm", "lstm"], { default: "blstm", help: "which model" }),
};
const notebooks = {
  check: flag({ help: "write nothing" }),
  names: positionals({ placeholder: "NAME", help: "notebooks to run" }),
};

/** The message of the one usage error that `args` end in. */
function complaint(...args: string[]): string {
  const { message } = assertThrows(() => readOptions(train, args), UsageError);
  assertEquals(message.includes("\n"), false, "one line");
  return message;
}

Deno.test("readOptions() gives each option its type, and its default when absent", () => {
  const options = readOptions(train, []);
  const seed: number = options.seed;
  const lstm: boolean = options.lstm;
  const seeds: readonly number[] = options.seeds;
  const save: string | undefined = options.save;
  const model: "blstm" | "lstm" = options.model;
  // @ts-expect-error -- text without a default may be absent
  const sure: string = options.save;
  assertEquals([seed, lstm, options.lr, options.evalEvery], [0, false, 3e-3, 100] as unknown[]);
  assertEquals([seeds, save, model, sure], [[0, 1], undefined, "blstm", undefined] as unknown[]);
});

Deno.test("readOptions() reads --flag value, --flag=value and switches, the last one counting", () => {
  const args =
    "--seed 3 --lstm --lr=1e-3 --eval-every 5 --seeds 4,2 --save a=b --model lstm --seed 4";
  assertEquals(readOptions(train, args.split(" ")), {
    seed: 4,
    lstm: true,
    lr: 1e-3,
    evalEvery: 5,
    seeds: [4, 2],
    save: "a=b",
    model: "lstm",
  });
  assertEquals(readOptions(train, ["--lr", ".5", "--save", "-"]).lr, 0.5);
});

Deno.test("readOptions() keeps positionals as typed, also behind --", () => {
  const { names, check } = readOptions(notebooks, ["01", "--check", "true", "--", "--02"]);
  assertEquals([names, check], [["01", "true", "--02"], true] as unknown[]);
  assertEquals(readOptions(notebooks, []), { check: false, names: [] });
  const few = { names: positionals({ placeholder: "NAME", help: "", words: ["a", "b"] }) };
  const given: readonly ("a" | "b")[] = readOptions(few, ["b"]).names;
  assertEquals(given, ["b"]);
  const { message } = assertThrows(() => readOptions(few, ["b", "c"]), UsageError);
  assertEquals(message, 'NAME cannot be "c": expected one of a, b');
});

Deno.test("a seed is a whole number whose streams are 32-bit seeds as well", () => {
  const expected = "expected an integer from 0 to 4292967292";
  for (
    const bad of ["-1", "1.5", "", "nan", "1e3", "0x10", " 1", "4294967296", "99999999999999999"]
  ) {
    assertEquals(complaint("--seed", bad), `--seed cannot be ${JSON.stringify(bad)}: ${expected}`);
    assertEquals(
      complaint(`--seed=${bad}`),
      `--seed cannot be ${JSON.stringify(bad)}: ${expected}`,
    );
  }
  assertEquals(readOptions(train, ["--seed=4292967292"]).seed, 4292967292);
  assertEquals(readOptions(train, ["--seed", "-0"]).seed, 0);
});

Deno.test("a number is finite and in range", () => {
  for (
    const bad of ["nan", "NaN", "Infinity", "1e999", "0", "-1", "-1e-3", "", "1,5", "0x1", "1e-999"]
  ) {
    assertEquals(
      complaint(`--lr=${bad}`),
      `--lr cannot be ${JSON.stringify(bad)}: expected a number > 0`,
    );
  }
  assertEquals(readOptions(train, ["--lr", "1e-3"]).lr, 1e-3);
  const both = { share: number({ min: 0, max: 1, help: "" }) };
  assertThrows(() => readOptions(both, ["--share=1.1"]), UsageError, "a number from 0 to 1");
});

Deno.test("a list of integers has no gaps and no repeats", () => {
  for (const bad of ["", "0,", "0,,1", "0,0", "0,-1", "0;1", "a"]) {
    assertStringIncludes(complaint(`--seeds=${bad}`), "expected different integers >= 0");
  }
  assertEquals(readOptions(train, ["--seeds", "3, 1"]).seeds, [3, 1]);
});

Deno.test("a missing value, a superfluous value and a superfluous word are told apart", () => {
  assertStringIncludes(
    complaint("--seed"),
    "--seed needs a value, but nothing follows it: expected",
  );
  assertStringIncludes(
    complaint("--seed", "--lstm"),
    '--seed needs a value, but "--lstm" follows it',
  );
  assertStringIncludes(complaint("--save", "--"), '--save needs a value, but "--" follows it');
  assertStringIncludes(complaint("--save="), '--save cannot be "": expected FILE, not empty');
  assertEquals(complaint("--lstm=no"), '--lstm takes no value: remove "=no"');
  assertStringIncludes(complaint("--lstm", "true"), 'unexpected argument "true": expected --seed,');
  assertStringIncludes(complaint("--", "--lstm"), 'unexpected argument "--lstm"');
  assertStringIncludes(complaint("a\nb"), 'unexpected argument "a\\nb"');
});

Deno.test("an unknown flag is named, with the nearest one there is", () => {
  assertEquals(complaint("--sede=3"), 'unknown flag "--sede=3": did you mean --seed?');
  assertEquals(
    complaint("--evalEvery", "3"),
    'unknown flag "--evalEvery": did you mean --eval-every?',
  );
  assertEquals(complaint("--eval"), 'unknown flag "--eval": did you mean --eval-every?');
  assertEquals(complaint("-seed", "3"), 'unknown flag "-seed": did you mean --seed?');
  assertEquals(complaint("--hepl"), 'unknown flag "--hepl": did you mean --help?');
  assertStringIncludes(
    complaint("--bogus"),
    'unknown flag "--bogus": expected --seed, --lstm, --lr',
  );
  assertStringIncludes(complaint("-x"), 'unknown flag "-x": expected --seed');
  assertStringIncludes(complaint("-5"), 'unknown flag "-5"');
  assertStringIncludes(complaint("--no-lstm"), 'unknown flag "--no-lstm"');
  assertStringIncludes(complaint("--__proto__=1"), 'unknown flag "--__proto__=1"');
  assertThrows(() => readOptions({}, ["--a"]), UsageError, "expected no flags");
});

Deno.test("value() makes options of any kind", () => {
  const shard = value({
    default: [0, 1] as [number, number],
    placeholder: "I/N",
    expects: "a shard I/N with I < N",
    help: "run this part of the sweep",
    read(word): [number, number] | undefined {
      const [i, n] = word.split("/").map(Number);
      return i < n ? [i, n] : undefined;
    },
  });
  assertEquals(readOptions({ shard }, ["--shard=2/4"]).shard, [2, 4]);
  assertThrows(() => readOptions({ shard }, ["--shard=4/4"]), UsageError, "a shard I/N with I < N");
});

Deno.test("whatever is typed, readOptions() returns good options or throws a UsageError of one line", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "--seed",
      "--lr=2",
      "--lstm",
      "--seeds",
      "1,2",
      "-1",
      "--",
      "-h",
      "--save",
      "=",
      "-",
    ),
    fc.string(),
  );
  fc.assert(fc.property(fc.array(word, { maxLength: 5 }), (args) => {
    try {
      const { seed, lr, evalEvery } = readOptions(train, args);
      return Number.isInteger(seed) && seed >= 0 && lr > 0 && evalEvery === 100;
    } catch (error) {
      return error instanceof UsageError && !error.message.includes("\n");
    }
  }));
});

Deno.test("usage() shows every flag with default, unit and placeholder", () => {
  assertEquals(
    usage("train", "Trains one model.", train),
    `Trains one model.

Usage: deno task train [FLAGS]

  --seed N        seed of corpus, weights and streams (default 0)
  --lstm          one-directional LSTM instead of BLSTM
  --lr X          Adam learning rate (default 0.003)
  --eval-every N  evaluate this often (default 100 iterations)
  --seeds N,N,…   seeds to train (default 0,1)
  --save FILE     write the weights to this .safetensors file
  --model NAME    which model: blstm, lstm (default blstm)
  -h, --help      show this help`,
  );
  assertStringIncludes(usage("notebooks", "", notebooks), "deno task notebooks [FLAGS] [NAME…]");
  assertStringIncludes(usage("notebooks", "", notebooks), "  NAME…       notebooks to run");
});

Deno.test("parseOptions() ends with code 2 and one line, with 0 and the usage, or returns", () => {
  class Exit extends Error {}
  function run(...args: string[]) {
    const said: Record<string, unknown> = { out: [], err: [] };
    const terminal: Terminal = {
      out: (line) => (said.out as string[]).push(line),
      err: (line) => (said.err as string[]).push(line),
      exit(code) {
        said.code = code;
        throw new Exit();
      },
    };
    try {
      parseOptions("train", "Trains one model.", train, args, terminal);
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
    }
    return said;
  }
  const help = usage("train", "Trains one model.", train);
  assertEquals(run("--seed", "3"), { out: [], err: [] });
  assertEquals(run("--help"), { out: [help], err: [], code: 0 });
  assertEquals(run("--bogus", "-h"), { out: [help], err: [], code: 0 });
  assertEquals(run("--", "--help").code, 2); // a word, though nothing stands before it
  const line =
    'train: --eval-every cannot be "0": expected an integer >= 1 (--help shows all flags)';
  assertEquals(run("--eval-every", "0"), { out: [], err: [line], code: 2 });
});

Deno.test("help that nobody reads ends as every task does: 141, or one line on a full disk", () => {
  const ends: [Error, number, string[]][] = [
    [new Deno.errors.BrokenPipe("Broken pipe (os error 32)"), 141, []],
    [new Error("No space left on device (os error 28)"), 1, [
      "train: No space left on device (os error 28)",
    ]],
  ];
  for (const [error, code, lines] of ends) {
    const said: string[] = [];
    const io: Terminal = {
      out() {
        throw error;
      },
      err: (line) => said.push(line),
      exit(code) {
        throw code;
      },
    };
    let ended: unknown;
    try {
      parseOptions("train", "Trains.", train, ["--help"], io);
    } catch (code) {
      ended = code;
    }
    assertEquals([ended, said], [code, lines]);
  }
});
