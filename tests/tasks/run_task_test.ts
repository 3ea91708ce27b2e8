import { assertEquals, assertStringIncludes } from "@std/assert";
import { MissingRunError, writeUpExperiment } from "lib/experiments/mod.ts";
import { CheckpointError, DivergedError } from "lib/training/mod.ts";
import { WriteError } from "lib/write_whole.ts";
import { UsageError } from "../../tasks/args.ts";
import { endingOf, Failure, runTask, Stopped } from "../../tasks/run_task.ts";

/** What `work` throws. */
function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** As Deno throws it where the system refuses. */
function systemError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

const missing = new MissingRunError(writeUpExperiment("blstm", 0));
const denied = new Deno.errors.NotCapable(
  'Requires write access to "/x", run again with the --allow-write flag',
);

for (
  const [what, error, code, line] of [
    [
      "a mistake of the command line",
      new UsageError("--iters cannot be 0"),
      2,
      "train: --iters cannot be 0 (--help shows all flags)",
    ],
    [
      "a value that the library refuses",
      new RangeError("Cannot train as batch must be >= 1: current value is 0\nmore"),
      2,
      "train: Cannot train as batch must be >= 1: current value is 0",
    ],
    [
      "a type that the library refuses",
      new TypeError("Cannot train as seed must be a number: it is a text"),
      2,
      "train: Cannot train as seed must be a number: it is a text",
    ],
    ["a file that cannot be read as one", new SyntaxError("no ARPA"), 2, "train: no ARPA"],
    [
      "a place that the task may not touch",
      denied,
      2,
      'train: the task has no permission for write access to "/x": deno.json says what each task ' +
      "may read and write",
    ],
    [
      "a place that cannot be written",
      new WriteError("/x", denied),
      1,
      'train: the task has no permission for write access to "/x": deno.json says what each task ' +
      "may read and write",
    ],
    [
      "a disk that is full",
      systemError("No space left on device (os error 28)", "ENOSPC"),
      1,
      "train: No space left on device (os error 28)",
    ],
    ["a run that is missing", missing, 1, `train: ${missing.message}`],
    [
      "a checkpoint that cannot be gone on from",
      new CheckpointError("it is cut short: remove it to start anew", { file: "results/x" }),
      2,
      "train: Cannot go on from results/x: it is cut short: remove it to start anew",
    ],
    ["a person who stopped it", new Stopped("step 3 of 9"), 130, "\ntrain: stopped: step 3 of 9"],
    ["what the task could not do", new Failure("two\nlines"), 1, "train: two\nlines"],
    [
      "a training that diverges",
      new DivergedError(3, "the loss is NaN"),
      1,
      "train: The training diverged at step 3: the loss is NaN; lower lr or clip",
    ],
    [
      "memory that ends",
      thrown(() => new Float64Array(2 ** 52)),
      1,
      "train: there is not enough memory for this: ask for less (Invalid typed array length: " +
      `${2 ** 52})`,
    ],
  ] as const
) {
  Deno.test(`endingOf() of ${what} is ${code} and one line`, () => {
    assertEquals(endingOf("train", error), { code, text: line });
  });
}

Deno.test("endingOf() of a reader that has gone away says nothing", () => {
  assertEquals(endingOf("train", new Deno.errors.BrokenPipe("Broken pipe (os error 32)")), {
    code: 141,
  });
});

for (
  const [what, work] of [
    ["a property of nothing", () => (undefined as unknown as { x: number }).x],
    ["a built-in function out of its range", () => (1).toFixed(1000)],
    ["an assertion", () => {
      throw new Error("never here");
    }],
    ["a built-in parser", () => JSON.parse("{")],
    ["no error at all", () => {
      throw "text";
    }],
  ] as const
) {
  Deno.test(`endingOf() of a fault of the program, ${what}, shows it whole and asks to report it`, () => {
    const error = thrown(work);
    const { code, text } = endingOf("train", error);
    assertEquals(code, 1);
    assertStringIncludes(text!, error instanceof Error ? error.stack! : "text");
    assertStringIncludes(
      text!,
      "\ntrain: this is a fault of the program, not yours: please report",
    );
  });
}

Deno.test("runTask() ends with the code that the work returns, and not at all with 0", async () => {
  const codes: number[] = [];
  const said: string[] = [];
  const io = {
    out: () => {},
    err: (line: string) => void said.push(line),
    exit(code: number): never {
      codes.push(code);
      throw new Error("exit");
    },
  };
  await runTask("train", () => {}, io);
  await runTask("train", () => Promise.resolve(0), io);
  assertEquals(codes, []);
  await runTask("train", () => 1, io).catch(() => {});
  await runTask("train", () => Promise.reject(new UsageError("no")), io).catch(() => {});
  assertEquals([codes, said], [[1, 2], ["train: no (--help shows all flags)"]]);
});
